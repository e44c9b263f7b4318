"""The errand "endorsement": a citizen, a permit card, and the transaction that owns both."""
