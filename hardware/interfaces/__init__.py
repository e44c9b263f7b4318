"""One small Protocol per device class, with the values it returns."""
