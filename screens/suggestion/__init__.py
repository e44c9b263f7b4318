"""Screens of the errand "suggestion"."""
