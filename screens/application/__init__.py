"""Screens of the errand "apply", one per state."""
