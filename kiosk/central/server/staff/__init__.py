"""The hall's staff: accounts, signing in, who may do what, and a record of what they did.

For an area's routes: `guard.signed_in(role)` gives a page its `Actor`, `guard.posted(role)` gives a
form its `Submission`; `records.note_read` records every read of personal data.
"""
