"""A price stands in a dated table: not in code beside a name for money, not in a sentence."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.kit.laws.sources import PRODUCT, parsed, place, python_files, template_files

FEN_PER_YUAN = 100
_MONEY = re.compile(r"(^|_)(fen|yuan|fees?|prices?|costs?|charges?|amounts?|money|due|paid)(_|$)")
_TOLD = re.compile(r"(?:[¥￥]|CNY) ?(\d+(?:\.\d+)?)|(\d+(?:\.\d+)?) ?(?:元|圓|yuan|CNY)")
_FUNCTION = ast.FunctionDef | ast.AsyncFunctionDef


def fees_fen(root: Path) -> frozenset[int]:
    """Every fee of the tables, whatever its day."""
    tables = (root / "kiosk" / "policy").glob("*.toml")
    return frozenset(_fen(tomllib.loads(one.read_text(encoding="utf-8")) for one in tables))


def _fen(found: Any) -> Iterator[int]:
    if isinstance(found, dict):
        for name, value in found.items():
            if isinstance(value, int) and _MONEY.search(name):
                yield value
            else:
                yield from _fen(value)
    elif not isinstance(found, str) and hasattr(found, "__iter__"):
        for one in found:
            yield from _fen(one)


def prices_in_code(root: Path, fees: frozenset[int]) -> list[str]:
    """Places in which a fee, in fen or yuan, is written beside a name for money.

    Args:
        root: of the sources.
        fees: in fen.
    """
    known = {float(fee) for fee in fees} | {fee / FEN_PER_YUAN for fee in fees}
    return [
        f"{place(root, path, number.lineno)} {number.value}"
        for path in python_files(root, PRODUCT)
        for number in _beside_money(parsed(path))
        if number.value in known
    ]


def prices_in_words(root: Path, fees: frozenset[int]) -> list[str]:
    """Sentences that tell a fee by themselves.

    Args:
        root: of the sources.
        fees: in fen.
    """
    return [
        f"{place(root, path, line)} {found.group()}"
        for path in (*sorted((root / "locales").rglob("*.po")), *template_files(root))
        for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for found in _TOLD.finditer(text)
        if float(found[1] or found[2]) * FEN_PER_YUAN in fees
    ]


def _beside_money(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        for names, values in _together(node):
            if any(_is_money(name) for name in names):
                for value in values:
                    yield from _numbers(value)
        if isinstance(node, _FUNCTION):
            yield from _of_function(node)


_Together = tuple[Iterable[ast.expr | None], Iterable[ast.expr]]


def _together(node: ast.AST) -> Iterator[_Together]:
    """What is named, and what is said of it: bound, handed over, compared, added up."""
    match node:
        case ast.Assign():
            yield node.targets, (node.value,)
        case ast.AnnAssign(value=ast.expr() as value):
            yield (node.target,), (value,)
        case ast.AugAssign() | ast.NamedExpr():
            yield (node.target,), (node.value,)
        case ast.keyword(arg=str(name)):
            yield (ast.Constant(name),), (node.value,)
        case ast.Dict():
            for key, value in zip(node.keys, node.values, strict=True):
                yield (key,), (value,)
        case ast.Compare() | ast.BinOp():
            sides = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
            yield sides, sides


def _of_function(node: _FUNCTION) -> Iterator[ast.Constant]:
    """Defaults of its arguments, and what it gives back."""
    given = node.args.posonlyargs + node.args.args
    defaults = zip(given[::-1], node.args.defaults[::-1], strict=False)
    for arg, value in (*defaults, *zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)):
        if value and _MONEY.search(arg.arg.lower()):
            yield from _numbers(value)
    if _MONEY.search(node.name.lower()):
        for one in ast.walk(node):
            if isinstance(one, ast.Return) and one.value:
                yield from _numbers(one.value)


def _is_money(node: ast.expr | None) -> bool:
    name = {ast.Name: "id", ast.Attribute: "attr", ast.Constant: "value"}.get(type(node), "")
    return bool(name) and bool(_MONEY.search(str(getattr(node, name)).lower()))


def _numbers(node: ast.expr) -> Iterator[ast.Constant]:
    """Numbers of an expression, but for those that something else is given."""
    if isinstance(node, ast.Constant):
        if type(node.value) in (int, float):
            yield node
    elif not isinstance(node, ast.Call | ast.Subscript | ast.Lambda):
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.expr):
                yield from _numbers(child)
