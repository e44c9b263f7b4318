"""The screens of the endorsement machine, one for each state."""
