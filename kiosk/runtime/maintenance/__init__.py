"""Staff's side of a machine: who is in, what they are shown, what they close, lamps and doors."""
