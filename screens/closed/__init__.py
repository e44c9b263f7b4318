"""Screens of the errand "closed"."""
