"""The browser page over all simulators of a demo."""
