"""Errands as pure tables: (state, event) → next state and effects. No I/O, threads or time."""
