"""Events: kept in one table, told to whoever listens."""
