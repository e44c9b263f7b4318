"""The files a law looks at."""

import ast
from collections.abc import Iterator
from pathlib import Path

PRODUCT = ("kiosk", "hardware", "screens")
EVERYTHING = (*PRODUCT, "tests", "scripts")


def python_files(root: Path, rooms: tuple[str, ...]) -> Iterator[Path]:
    """All Python files of some rooms of a tree, in order."""
    for room in rooms:
        yield from sorted((root / room).rglob("*.py"))


def kv_files(root: Path) -> Iterator[Path]:
    """All kv files of a tree, in order."""
    yield from sorted((root / "screens").rglob("*.kv"))


def template_files(root: Path) -> Iterator[Path]:
    """All templates of central's pages, in order."""
    yield from sorted((root / "kiosk").rglob("*.html"))


def parsed(path: Path) -> ast.Module:
    """A file's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def place(root: Path, path: Path, line: int) -> str:
    """Where something stands, for a person."""
    return f"{path.relative_to(root)}:{line}"
