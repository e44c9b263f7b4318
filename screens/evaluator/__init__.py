"""Screens of a window's terminal while nobody is asked anything."""
