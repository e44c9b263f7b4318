"""Screens of the errand "take a number"."""
