"""A voice that says aloud what a screen also shows."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing to say.

    Args:
        key: message key; names the recording where one is installed.
        text: what is said, in full, without placeholders; no personal data, the hall hears it.
        language: `zh_CN`, `zh_Hant` or `en`.
    """

    key: str
    text: str
    language: str = "zh_CN"


class Spoken(StrEnum):
    """What became of it."""

    SAID = "said"
    INTERRUPTED = "interrupted"
    """the caller withdrew it, for example because something newer is to be said"""
    SILENT = "silent"
    """no engine, no sound device or no time; the words stand on the screen anyway"""


class Voice(Device, Protocol):
    """Says one thing at a time."""

    def say(self, utterance: Utterance, cancel: Cancel) -> Spoken:
        """Say something and wait until it has been said.

        Args:
            utterance: what to say.
            cancel: falls silent at once.
        """
