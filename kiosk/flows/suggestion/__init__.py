"""The errand "suggestion": the hall's suggestions box (意见箱)."""
