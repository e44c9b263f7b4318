"""A scanner for codes on phones and paper; it is deaf unless somebody waits for a code."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device

LONGEST_CODE = 256
"""Characters; no code of ours and no payment code is longer (hardware facts 7)."""


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """The text of a code; what it means is decided by who waited for it.

    A payment code is money for about a minute (hardware facts 7): it is shown nowhere and never
    logged.

    Args:
        text: 1 to `LONGEST_CODE` printable ASCII characters, without the line end.
    """

    text: str

    def __repr__(self) -> str:
        return f"ScannedCode({len(self.text)} characters)"


class ScanTrouble(StrEnum):
    """Why what was scanned is of no use; the citizen tries again."""

    TOO_LONG = "too_long"
    NOT_TEXT = "not_text"
    """characters that no code of ours has: damaged on the line, or another kind of code"""


class CodeScanner(Device, Protocol):
    """Reads one code at a time; what was scanned before anybody waited is dropped."""

    def read_code(self, cancel: Cancel) -> ScannedCode | ScanTrouble | None:
        """Arm, wait for one code, disarm.

        A code that was scanned, or whose scan began, before this call is never returned, nor the
        same code read again while it is still held there.

        Args:
            cancel: ends the wait.

        Returns:
            The code; or what is wrong with it; or None when cancelled.

        Raises:
            DeviceError: the scanner itself failed: port gone.
        """
