"""The hall's display: its picture, its page, its voice."""
