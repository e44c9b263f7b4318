"""Drivers of readers behind PC/SC."""
