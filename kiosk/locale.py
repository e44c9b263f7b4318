"""What the machine says, in every language, from gettext catalogues read at start."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from kiosk.forms.views import Text


class Speech(Protocol):
    """One language's voice: message keys in, text out."""

    language: str

    def text(self, key: str, **values: str | int) -> str:
        """The message of a key, placeholders `{name}` filled; the plural by the value `n`."""

    def say(self, text: Text) -> str:
        """A message value, nested ones included."""

    def has(self, key: str) -> bool:
        """Whether this language itself has the message."""

    def date(self, day: date) -> str:
        """A day in long form: 2026年11月24日, 24 November 2026."""

    def time(self, moment: datetime) -> str:
        """Hours and minutes."""

    def money(self, fen: int) -> str:
        """An amount of fen: ¥120, ¥15.50."""


class Languages(Protocol):
    """All languages the machine has."""

    def speech(self, language: str) -> Speech:
        """The voice of a language; an unknown one speaks the source language, zh_CN."""

    def known(self) -> tuple[str, ...]:
        """Names of the locales found, source first."""


def load(folder: Path, sources: Mapping[str, str] | None = None) -> Languages:
    """Read every `<lang>/LC_MESSAGES/*.po` below a folder; skeleton, to be written."""
    raise NotImplementedError
