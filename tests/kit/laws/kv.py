"""Law 7: a kv file sets properties and reports; it decides nothing."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.kit.laws.sources import kv_files, place

_SETTING = re.compile(r"^\s+([a-z_][\w.]*):\s*(\S.*)$")
_HANDLER_PARTS = (
    ast.Call,
    ast.Attribute,
    ast.Name,
    ast.Constant,
    ast.UnaryOp,
    ast.USub,
    ast.Load,
)
_CALLS = frozenset({"min", "max", "int", "str", "round", "abs", "len", "tuple", "bool"})
_MEASURES = frozenset({"look.side", "look.size", "root.look.side", "root.look.size"})
"""A property may be computed from properties by these, and by nothing that acts."""


def logic(root: Path) -> list[str]:
    """Lines of kv files that do more than set a property or report an event."""
    return [
        f"{place(root, path, number)} {says}"
        for path in kv_files(root)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for says in _in_line(line)
    ]


def _in_line(line: str) -> Iterator[str]:
    bare = line.split("#", 1)[0] if not line.lstrip().startswith("#:") else line
    if bare.lstrip().startswith("#:"):
        yield "a directive: import nothing into kv"
    setting = _SETTING.match(bare)
    if setting is None:
        return
    name, value = setting[1], setting[2].strip()
    try:
        tree = ast.parse(value, mode="eval").body
    except SyntaxError:
        yield f"not one plain value: {value}"
        return
    if name.startswith("on_"):
        yield from _in_handler(name, tree)
    else:
        yield from _in_value(value, tree)


def _in_handler(name: str, tree: ast.expr) -> Iterator[str]:
    """One call of a method of the rule's own widget, with constants, decides nothing."""
    is_call = isinstance(tree, ast.Call) and ast.unparse(tree.func).startswith("root.")
    plain = is_call and all(
        isinstance(node, _HANDLER_PARTS) and (node is tree or not isinstance(node, ast.Call))
        for node in ast.walk(tree)
    )
    if not plain:
        yield f"{name} may only call one method of root: {ast.unparse(tree)}"


def _in_value(value: str, tree: ast.expr) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Lambda | ast.comprehension | ast.NamedExpr):
            yield f"{type(node).__name__} in a property: {value}"
        elif isinstance(node, ast.Name) and node.id == "app":
            yield f"reaches up to the app: {value}"
        elif isinstance(node, ast.Call) and not _plain_call(node):
            yield f"calls something: {value}"


def _plain_call(node: ast.Call) -> bool:
    return ast.unparse(node.func) in _CALLS | _MEASURES
