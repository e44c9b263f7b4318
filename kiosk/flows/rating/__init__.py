"""The errand "rate": one served case, one answer, by the citizen only; silence is silence."""
