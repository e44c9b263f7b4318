"""Reads gettext catalogues: one file per area and language, merged."""

import gettext
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

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
            catalogue = _read(path)
            plural = gettext.c2py(catalogue.plural_expr)
        except (PoFileError, ValueError, OSError) as wrong:
            mistakes.append(f"{name} cannot be read: {wrong}")
            continue
        mistakes += [f"{key} stands twice in {name}" for key in _twice(path)]
        for key, said in _entries(catalogue):
            if key in origin:
                mistakes.append(f"{key} stands in {origin[key]} and in {name}")
            origin[key] = name
            if said:
                forms[key] = said
    if mistakes:
        raise CatalogueError(mistakes)
    return Messages(language, forms, plural)


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        # Without a locale: the header itself says the plural, and reading is half as long.
        return read_po(file, ignore_obsolete=True, abort_invalid=True)


def _entries(catalogue: Catalog) -> Iterator[tuple[str, Forms]]:
    for message in catalogue:
        if not message.id:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string
        forms = (said,) if isinstance(said, str) else tuple(said)
        complete = all(forms) and not message.fuzzy
        yield key, forms if complete else ()


def _twice(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    seen = Counter(line[7:-1] for line in lines if line.startswith('msgid "'))
    return [key for key, count in seen.items() if key and count > 1]


def _one_form(_number: int) -> int:
    return 0
