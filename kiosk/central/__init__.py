"""The central API: its contract, a client that survives its absence, and a server."""
