"""Broken promises of the kiosk itself. What a citizen can meet is a state, never one of these.

KioskError
├── ConfigError        the configuration is wrong; lists every mistake
└── StorageError       the machine's own database cannot be used
"""

from collections.abc import Sequence


class KioskError(Exception):
    """The kiosk cannot keep a promise."""


class ConfigError(KioskError):
    """The configuration is wrong.

    Args:
        mistakes: each with its key path.
    """

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("configuration: " + "; ".join(mistakes))
        self.mistakes = tuple(mistakes)


class StorageError(KioskError):
    """The machine's database cannot be opened or written; no citizen is served without it."""
