"""Screens of the errand "rate"; the same on every machine."""
