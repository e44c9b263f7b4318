"""Broken promises of the kiosk itself. What a citizen can meet is a state, never one of these.

KioskError
├── ConfigError        the configuration is wrong; lists every mistake
├── StorageError       the machine's own database cannot be used
├── DevicesError       the device tables of the configuration are wrong; lists every mistake
├── OperatorsError     the list of operators cannot be used, or not so
├── NotLetInError      central does not take this machine's code
└── CentralNotStartedError   a demo's own central did not come up
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


class DevicesError(KioskError):
    """The device tables are wrong.

    Args:
        mistakes: each with its key path.
    """

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("devices: " + "; ".join(mistakes))
        self.mistakes = tuple(mistakes)


class OperatorsError(KioskError):
    """The list of operators cannot be read or written, or takes no such entry."""


class NotLetInError(KioskError):
    """Central was not reached with a one-time code, or does not take it."""


class CentralNotStartedError(KioskError):
    """A demo's own central did not come up.

    Args:
        url: where it should answer.
        said: the last lines it printed.
    """

    def __init__(self, url: str, said: str) -> None:
        super().__init__(f"central did not start at {url}: {said}")
