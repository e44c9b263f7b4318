"""Drivers of devices on a serial line."""
