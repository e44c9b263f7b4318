"""Law 8: files, functions and classes stay small; the tail is bounded, not the median."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.kit.laws.sources import EVERYTHING, kv_files, parsed, place, python_files

FILE_LINES = 300
FUNCTION_LINES = 40
CLASS_METHODS = 15


def too_large(root: Path, excused: Mapping[str, str]) -> list[str]:
    """What is too large.

    Args:
        root: of the tree.
        excused: `path` or `path::name` to the reason why it may be.

    Returns:
        Findings; an excuse that nothing needs any more is one as well.
    """
    found = dict(_all(root))
    unused = [f"{name} needs no excuse any more" for name in excused if name not in found]
    return [says for name, says in found.items() if name not in excused] + unused


def _all(root: Path) -> Iterator[tuple[str, str]]:
    for path in (*python_files(root, EVERYTHING), *kv_files(root)):
        name = str(path.relative_to(root))
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE_LINES:
            yield name, f"{name}: {lines} lines, {FILE_LINES} allowed"
        # A story is as long as it is; only its file is bounded.
        told = name.startswith("tests/") and not name.startswith("tests/kit/")
        if path.suffix == ".py" and not told:
            yield from _parts(root, path)


def _parts(root: Path, path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield _named(root, path, node, f"{lines} lines, {FUNCTION_LINES} allowed")
        elif isinstance(node, ast.ClassDef):
            methods = sum(
                isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) for one in node.body
            )
            if methods > CLASS_METHODS:
                yield _named(root, path, node, f"{methods} methods, {CLASS_METHODS} allowed")


def _named(
    root: Path, path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, says: str
) -> tuple[str, str]:
    return (
        f"{path.relative_to(root)}::{node.name}",
        f"{place(root, path, node.lineno)} {node.name}: {says}",
    )
