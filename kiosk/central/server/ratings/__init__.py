"""Ratings: asked once per served case, answered by the citizen only, never forgotten.

The queue calls `requests.ask` when a window finishes a case, and `requests.reopen` when it takes
a finished case up again; everything else happens here.
"""
