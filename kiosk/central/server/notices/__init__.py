"""Notices: what a hall tells everybody."""
