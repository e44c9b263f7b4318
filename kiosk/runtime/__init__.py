"""Runs a flow: one queue of events in, one view out, effects on workers in between."""
