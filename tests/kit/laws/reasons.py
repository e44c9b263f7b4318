"""Law 9: whoever silences a checker says why; and nothing names the place it was written at."""

import re
import tokenize
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.kit.laws.sources import EVERYTHING, place, python_files

_SILENCES = re.compile(r"#\s*(noqa|type:\s*ignore|pragma: no cover)")
_WITH_REASON = re.compile(
    r"#\s*(noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[a-z-]+(, ?[a-z-]+)*\]|pragma: no cover)"
    r"\s*(-|#)\s*\S.{4,}"
)
_HOMES = re.compile(r"(?<![\w.])/(home|root|Users)/\w")
_INDEX = re.compile(r"-{2}(extra-)?index-url|-{2}find-links|-{2}trusted-host")


def silenced_without_reason(root: Path) -> list[str]:
    """Comments that silence a checker without a code and a reason."""
    return [
        f"{place(root, path, line)} {text}"
        for path in python_files(root, EVERYTHING)
        for line, text in _comments(path)
        if _SILENCES.search(text) and not _WITH_REASON.search(text)
    ]


def names_this_place(root: Path, files: Iterable[Path]) -> list[str]:
    """Texts that name a folder of the machine they were written on, or a package index.

    Args:
        root: of the tree; its own absolute path is what no file may hold.
        files: to look at; those that are no text are passed over.
    """
    return [
        f"{place(root, path, number)} {line.strip()[:80]}"
        for path in files
        for number, line in _lines(path)
        if str(root) in line or _HOMES.search(line) or _INDEX.search(line)
    ]


def _comments(path: Path) -> Iterator[tuple[int, str]]:
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        return list(enumerate(path.read_text(encoding="utf-8").splitlines(), 1))
    except UnicodeDecodeError:
        return []
