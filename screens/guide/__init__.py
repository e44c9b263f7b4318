"""Screens of the errand "guide"."""
