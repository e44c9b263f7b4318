"""Reads gettext catalogues: one file per area and language, merged."""

import gettext
import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from kiosk.locale import plain_po
from kiosk.locale.plain_po import NotPlainError, PlainFile

_NO_NUMBER = "0"
"""gettext's expression of a language in which numbers change nothing"""
Forms = tuple[str, ...]
"""a message, or its plural forms"""


class CatalogueError(Exception):
    """Catalogues that contradict each other or cannot be read.

    Args:
        mistakes: each naming its files and keys.
    """

    def __init__(self, mistakes: Iterable[str]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(self.mistakes))


@dataclass(frozen=True, slots=True)
class Messages:
    """All messages of one language.

    Args:
        language: name of the locale.
        forms: the plural forms by key; a single form where the message knows no number.
        plural: which form speaks of a number.
    """

    language: str
    forms: Mapping[str, Forms]
    plural: Callable[[int], int] = field(compare=False)


def read_messages(folder: Path, language: str) -> Messages:
    """Read and merge the area files of one language. Empty and fuzzy messages count as missing.

    Raises:
        CatalogueError: with every mistake found.
    """
    forms: dict[str, Forms] = {}
    origin: dict[str, str] = {}
    plural: Callable[[int], int] = _one_form
    mistakes: list[str] = []
    for path in sorted((folder / language / "LC_MESSAGES").glob("*.po")):
        name = f"{language}/{path.name}"
        try:
            found = _read(path)
            plural = gettext.c2py(found.plural)
        except (ValueError, OSError) as wrong:
            mistakes.append(f"{name} cannot be read: {wrong}")
            continue
        mistakes += [f"{key} stands twice in {name}" for key in _twice(found)]
        for key, said in found.entries:
            if key in origin and origin[key] != name:
                mistakes.append(f"{key} stands in {origin[key]} and in {name}")
            origin[key] = name
            if all(said):
                forms[key] = said
    if mistakes:
        raise CatalogueError(mistakes)
    return Messages(language, forms, plural)


def _read(path: Path) -> PlainFile:
    text = path.read_text(encoding="utf-8")
    try:
        found = plain_po.read(text)
    except NotPlainError:
        return _read_any(text)
    return found if found.plural else replace(found, plural=_NO_NUMBER)


def _read_any(text: str) -> PlainFile:
    """Read a file with everything that gettext knows; doubtful messages count as missing."""
    # Babel is slow to import, and no file that ships needs it.
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - slow to import

    try:
        # Without a locale: the header itself says the plural, and reading is half as long.
        catalogue = read_po(io.StringIO(text), ignore_obsolete=True, abort_invalid=True)
    except PoFileError as wrong:
        raise ValueError(wrong) from wrong
    entries: list[tuple[str, Forms]] = [(key, ("",)) for key in _keys_again(text)]
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            said = message.string
            forms = (said,) if isinstance(said, str) else tuple(said)
            entries.append((key, ("",) if message.fuzzy else forms))
    return PlainFile(catalogue.plural_expr, tuple(entries))


def _keys_again(text: str) -> list[str]:
    """Keys beyond their first time: Babel makes one message of several."""
    seen = Counter(line[7:-1] for line in text.splitlines() if line.startswith('msgid "'))
    return [key for key, count in seen.items() if key and count > 1]


def _twice(found: PlainFile) -> list[str]:
    seen = Counter(key for key, _forms in found.entries)
    return [key for key, count in seen.items() if count > 1]


def _one_form(_number: int) -> int:
    return 0
