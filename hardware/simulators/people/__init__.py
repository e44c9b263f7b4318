"""Synthetic citizens and their cards."""
