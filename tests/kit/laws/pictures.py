"""Law 10: every state has a screen, every screen a state."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from tests.kit.laws.sources import parsed

TABLE = "SCREENS"


def states_and_screens(root: Path, errand: str, states: Iterable[type]) -> list[str]:
    """What stands on one side only. The table is read, not imported: Kivy opens a window.

    Args:
        root: of the tree.
        errand: folder of its screens, for example `application`.
        states: every state a screen must exist for.
    """
    path = _path(root, errand)
    pairs = _table(path) if path.is_file() else None
    if pairs is None:
        return [f"screens/{errand}/pictures.py holds no table {TABLE}"]
    names = {state.__name__ for state in states}
    drawn = set(pairs)
    return [
        *(f"no screen for {name}" for name in sorted(names - drawn)),
        *(f"a screen for {name}, which is no state" for name in sorted(drawn - names)),
        *_unused(root, errand, set(pairs.values())),
    ]


def _path(root: Path, errand: str) -> Path:
    return root / "screens" / errand / "pictures.py"


def _table(path: Path) -> dict[str, str] | None:
    for node in parsed(path).body:
        target = _assigned(node)
        value = getattr(node, "value", None)
        if target == TABLE and isinstance(value, ast.Dict):
            return {
                _last(key): _last(screen)
                for key, screen in zip(value.keys, value.values, strict=True)
                if key is not None
            }
    return None


def _assigned(node: ast.stmt) -> str:
    if isinstance(node, ast.AnnAssign):
        return ast.unparse(node.target)
    return ast.unparse(node.targets[0]) if isinstance(node, ast.Assign) else ""


def _last(node: ast.expr) -> str:
    """Last name in an expression: `states.Welcome` and `"...:WelcomeScreen"` alike."""
    return str(re.findall(r"\w+", ast.unparse(node))[-1])


def _unused(root: Path, errand: str, shown: set[str]) -> list[str]:
    found = []
    for path in sorted((root / "screens" / errand).glob("*.py")):
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("Screen"):
                found += [] if node.name in shown else [f"no state is drawn by {node.name}"]
    return found


def deaf_buttons(root: Path, errand: str, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Events that a screen's file makes although its state has no row for them.

    Args:
        root: of the tree.
        errand: folder of its screens.
        rows: names of state and event of every row of the errand's table.
    """
    answered = set(rows)
    screens = _table(_path(root, errand)) or {}
    return [
        f"{state} does not expect {event}, which {screen} reports"
        for state, screen in screens.items()
        for event in sorted(_made_events(root, errand, screen))
        if (state, event) not in answered
    ]


def _made_events(root: Path, errand: str, screen: str) -> set[str]:
    for path in sorted((root / "screens" / errand).glob("*.py")):
        tree = parsed(path)
        if any(isinstance(node, ast.ClassDef) and node.name == screen for node in tree.body):
            return {
                alias.name
                for node in tree.body
                if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".events")
                for alias in node.names
            }
    return set()
