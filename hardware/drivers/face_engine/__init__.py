"""Face engines in a program of their own on this machine."""
