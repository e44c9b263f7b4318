"""Pure translations between bytes and values; no input/output."""
