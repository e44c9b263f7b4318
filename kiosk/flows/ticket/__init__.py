"""The errand "take a number": a ticket without a form, and what becomes of it."""
