"""Programs of a developer: set up, run, test, measure."""
