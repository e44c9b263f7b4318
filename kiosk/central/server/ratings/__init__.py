"""Ratings: asked once per served case, answered by the citizen only, never forgotten.

The queue tells what windows do through `Office.at_windows`; `requests` listens.
"""
