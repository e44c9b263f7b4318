"""The other end of every wire, for demo and tests."""
