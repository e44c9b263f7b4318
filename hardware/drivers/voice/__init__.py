"""Saying aloud what a screen shows."""
