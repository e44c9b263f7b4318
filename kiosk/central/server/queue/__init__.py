"""The queue engine: lines, calls, windows, pictures of the queue."""
