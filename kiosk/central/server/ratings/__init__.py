"""Ratings: asked once per served case, answered by the citizen only, never forgotten.

The queue tells of each served case through `Office.after_serving`, which is `requests.ask`.
"""
