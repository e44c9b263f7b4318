"""The halls' suggestions boxes."""
