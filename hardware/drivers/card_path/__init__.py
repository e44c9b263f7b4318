"""The transport of a card and the printer of its face."""
