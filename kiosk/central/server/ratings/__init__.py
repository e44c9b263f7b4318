"""Ratings: asked once per served case, answered by the citizen only, never forgotten.

Windows and machines tell what they serve through `Office.serving`; `requests` and `served_cases`
listen.
"""
