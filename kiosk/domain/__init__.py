"""Values of the exit-entry hall and their rules: pure, no input/output, no clock."""
