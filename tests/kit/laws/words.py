"""Law 10: every language has every message and placeholder; the code asks for no other."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests.kit.laws.sources import (
    PRODUCT,
    kv_files,
    parsed,
    place,
    python_files,
    template_files,
)

SOURCE = "zh_CN"
COMPLETE = ("en",)
"""Languages that have exactly the source's messages; others may lack some, never have more."""

Catalogue = Mapping[str, Message]

_KEY = re.compile(r"[a-z][a-z0-9]*(\.[A-Za-z0-9_]+){2,}")
_HOLE = "\0"


def catalogue(root: Path, language: str) -> Catalogue:
    """All messages of a language by key."""
    messages: dict[str, Message] = {}
    for path in sorted((root / "locales" / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    messages[_key(message)] = message
    return messages


def gaps(root: Path) -> list[str]:
    """Messages that a language lacks, has too many of, leaves empty or fills otherwise."""
    source = catalogue(root, SOURCE)
    found = list(_unsaid(SOURCE, source))
    for folder in sorted((root / "locales").iterdir()):
        language = folder.name
        if language == SOURCE or not folder.is_dir():
            continue
        other = catalogue(root, language)
        found += [
            f"{language} has {key}, {SOURCE} does not" for key in sorted(set(other) - set(source))
        ]
        if language in COMPLETE:
            found += [f"{language} lacks {key}" for key in sorted(set(source) - set(other))]
            found += _unsaid(language, other)
        found += [
            f"{language} {key}: placeholders {_holes(other[key])}, not {_holes(source[key])}"
            for key in sorted(set(other) & set(source))
            if _holes(other[key]) != _holes(source[key])
        ]
    return found


def unknown_keys(root: Path) -> list[str]:
    """Message keys in code or kv that the source language does not have."""
    known = frozenset(catalogue(root, SOURCE))
    areas = {key.split(".")[0] for key in known}
    return [
        f"{where} {key.replace(_HOLE, '{}')}"
        for where, key in _asked(root)
        if key.split(".")[0] in areas and not _is_known(key, known)
    ]


def _unsaid(language: str, messages: Catalogue) -> Iterator[str]:
    for key, message in messages.items():
        if message.fuzzy or not all(_forms(message)):
            yield f"{language} {key} is empty or fuzzy"


def _holes(message: Message) -> list[str]:
    holes = {name for form in _forms(message) for _, name, _, _ in Formatter().parse(form) if name}
    return sorted(holes)


def _forms(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said)


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_known(key: str, known: frozenset[str]) -> bool:
    if _HOLE not in key:
        return key in known
    pattern = re.compile(re.escape(key).replace(re.escape(_HOLE), r"[\w.]+"))
    return any(pattern.fullmatch(one) for one in known)


def _asked(root: Path) -> Iterator[tuple[str, str]]:
    yield from _asked_in_code(root)
    for path in kv_files(root):
        for number, line in _lines(path):
            for text in re.findall(r"['\"]([^'\"]+)['\"]", line):
                if _KEY.fullmatch(text):
                    yield place(root, path, number), text
    for path in template_files(root):
        for number, line in _lines(path):
            for said in re.findall(r"say\(([^,)]+)", line):
                yield place(root, path, number), _joined(said)


def _asked_in_code(root: Path) -> Iterator[tuple[str, str]]:
    for path in python_files(root, PRODUCT):
        tree = parsed(path)
        inner = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.JoinedStr)
            for part in node.values
        }
        for node in ast.walk(tree):
            text = "" if id(node) in inner else _literal(node)
            if _KEY.fullmatch(text.replace(_HOLE, "x")):
                yield place(root, path, getattr(node, "lineno", 0)), text


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    return enumerate(path.read_text(encoding="utf-8").splitlines(), 1)


def _joined(said: str) -> str:
    """A template's `'a.b.' ~ name ~ '.c'` as a key with holes."""
    parts = [part.strip() for part in said.split("~")]
    return "".join(part[1:-1] if part[:1] in "'\"" else _HOLE for part in parts)


def _literal(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else _HOLE for part in node.values
        )
    return ""
