"""The errand of a window's terminal: show the clerk, greet, ask when central asks."""
