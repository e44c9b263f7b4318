"""Screens for staff: plain, dense, and in the same language of form as the others."""
