"""What the machine says, in every language, from gettext catalogues that need no build step."""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kiosk.domain.text import Text
from kiosk.locale.reading import CatalogueError, Forms, Messages, read_messages

if TYPE_CHECKING:
    from babel import Locale

__all__ = [
    "SOURCE_LANGUAGE",
    "CatalogueError",
    "CatalogueLanguages",
    "CatalogueSpeech",
    "Languages",
    "Messages",
    "Missing",
    "Speech",
    "load",
    "read_messages",
    "refuse",
]

SOURCE_LANGUAGE = "zh_CN"
"""The language that is always complete."""


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

    def read_all(self) -> None:
        """Read every language that nobody has spoken yet."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A message that could not be said as asked.

    Args:
        language: that was asked.
        key: of the message.
        why: what is missing; holds names of keys and placeholders, never a value.
    """

    language: str
    key: str
    why: str


def refuse(missing: Missing) -> None:
    """A `missing` callback for tests: every gap is an error.

    Raises:
        LookupError: always, with the language, the key and what is missing.
    """
    raise LookupError(f"{missing.language}: {missing.key}: {missing.why}")


def _ignore(_missing: Missing) -> None:
    return


class CatalogueSpeech:
    """A voice over one language's messages.

    Args:
        messages: of this language, then those of the languages asked when it lacks one.
        missing: told of every gap; the citizen still gets the best text there is.
    """

    def __init__(self, messages: tuple[Messages, ...], missing: Callable[[Missing], None]) -> None:
        self.language = messages[0].language
        self._chain = messages
        self._missing = missing

    def text(self, key: str, **values: str | int) -> str:
        """The message of a key, placeholders `{name}` filled; the plural by the value `n`."""
        for messages in self._chain:
            forms = messages.forms.get(key)
            if forms is None:
                self._report(key, f"no message in {messages.language}")
                continue
            try:
                return _filled(messages, forms, values)
            except KeyError as absent:
                self._report(key, f"no value for {absent} in {messages.language}")
            except (ValueError, IndexError, AttributeError, TypeError) as wrong:
                self._report(key, f"placeholder in {messages.language}: {type(wrong).__name__}")
        return key

    def say(self, text: Text) -> str:
        """A message value, nested ones included."""
        if not text.values:
            return self.text(text.key)
        return self.text(
            text.key,
            **{
                name: self.say(value) if isinstance(value, Text) else value
                for name, value in text.values
            },
        )

    def has(self, key: str) -> bool:
        """Whether this language itself has the message."""
        return key in self._chain[0].forms

    def date(self, day: date) -> str:
        """A day in long form: 2026年11月24日, 24 November 2026."""
        month = self.text(f"session.month.{day.month}")
        return self.text("session.day", year=day.year, month=month, day=day.day)

    def time(self, moment: datetime) -> str:
        """Hours and minutes, 24 hours a day: 14:05."""
        return f"{moment:%H:%M}"

    def money(self, fen: int) -> str:
        """An amount of fen: ¥120, ¥15.50."""
        from babel.numbers import format_decimal, get_currency_symbol  # noqa: PLC0415 - slow to import

        pattern = "#,##0.00" if fen % 100 else "#,##0"
        amount = format_decimal(Decimal(abs(fen)) / 100, pattern, locale=_parsed(self.language))
        sign = "-" if fen < 0 else ""
        return f"{sign}{get_currency_symbol('CNY', SOURCE_LANGUAGE)}{amount}"

    def _report(self, key: str, why: str) -> None:
        self._missing(Missing(self.language, key, why))


class CatalogueLanguages:
    """All languages of a folder; each is read when it is first spoken, the source at once.

    Args:
        names: of the locales, source language first.
        read: makes the voice of one.

    Raises:
        CatalogueError: the source language cannot be read.
    """

    def __init__(self, names: Sequence[str], read: Callable[[str], CatalogueSpeech]) -> None:
        self._names = tuple(names)
        self._read = read
        self._lock = threading.Lock()
        self._voices: dict[str, CatalogueSpeech] = {}
        self.speech(SOURCE_LANGUAGE)

    def speech(self, language: str) -> CatalogueSpeech:
        """The voice of a language; an unknown one speaks the source language, zh_CN."""
        known = language if language in self._names else SOURCE_LANGUAGE
        found = self._voices.get(known)
        if found is not None:
            return found
        with self._lock:
            if known not in self._voices:
                self._voices[known] = self._read(known)
            return self._voices[known]

    def known(self) -> tuple[str, ...]:
        """Names of the locales found, source first."""
        return self._names

    def read_all(self) -> None:
        """Read every language that nobody has spoken yet, so that no citizen waits for one.

        Raises:
            CatalogueError: one cannot be read.
        """
        for name in self._names:
            self.speech(name)


def load(
    folder: Path,
    sources: Mapping[str, str] | None = None,
    *,
    missing: Callable[[Missing], None] = _ignore,
) -> CatalogueLanguages:
    """Read every `<lang>/LC_MESSAGES/*.po` below a folder.

    Args:
        folder: of the locales.
        sources: by language, the language that fills its gaps; where not given, zh_CN.
        missing: told of every message that could not be said as asked.

    Returns:
        Voices of all languages found.

    Raises:
        CatalogueError: no zh_CN, a key in two files, or a file that cannot be read; of other
            languages when they are first spoken, or all at once by `read_all`.
    """
    names = sorted(path.parent.name for path in folder.glob("*/LC_MESSAGES"))
    if SOURCE_LANGUAGE not in names:
        raise CatalogueError([f"no {SOURCE_LANGUAGE}/LC_MESSAGES in {folder}"])
    names.sort(key=lambda name: name != SOURCE_LANGUAGE)
    messages = cache(lambda name: read_messages(folder, name))

    def voice(name: str) -> CatalogueSpeech:
        filled_by = (sources or {}).get(name, SOURCE_LANGUAGE)
        chain = dict.fromkeys((name, filled_by, SOURCE_LANGUAGE))
        return CatalogueSpeech(tuple(messages(part) for part in chain if part in names), missing)

    return CatalogueLanguages(names, voice)


def _filled(messages: Messages, forms: Forms, values: Mapping[str, str | int]) -> str:
    form = forms[0] if len(forms) == 1 else forms[messages.plural(int(values["n"]))]
    return form.format(**values) if "{" in form or "}" in form else form


@cache
def _parsed(name: str) -> "Locale":
    """Babel's locale: by name it looks through all the languages it has each time."""
    from babel import Locale  # noqa: PLC0415 - slow to import

    return Locale.parse(name)
