"""Law 10: every state has a screen, every screen a state."""

import ast
import re
from collections.abc import Iterable
from pathlib import Path

from tests.kit.laws.sources import parsed

NAVIGATOR = "screens/navigator.py"
TABLE = "SCREENS"


def states_and_screens(root: Path, states: Iterable[type]) -> list[str]:
    """What stands on one side only. The navigator is read, not imported: Kivy opens a window.

    Args:
        root: of the tree.
        states: every state a screen must exist for.
    """
    path = root / NAVIGATOR
    pairs = _table(path) if path.is_file() else None
    if pairs is None:
        return [f"{NAVIGATOR} holds no table {TABLE}"]
    names = {state.__name__ for state in states}
    drawn = set(pairs)
    return [
        *(f"no screen for {name}" for name in sorted(names - drawn)),
        *(f"a screen for {name}, which is no state" for name in sorted(drawn - names)),
        *_unused(root, set(pairs.values())),
    ]


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


def _unused(root: Path, shown: set[str]) -> list[str]:
    found = []
    for path in sorted((root / "screens" / "application").glob("*.py")):
        for node in parsed(path).body:
            if isinstance(node, ast.ClassDef) and node.name.endswith("Screen"):
                found += [] if node.name in shown else [f"no state is drawn by {node.name}"]
    return found


def deaf_buttons(root: Path, rows: Iterable[tuple[str, str]]) -> list[str]:
    """Events that a screen's file makes although its state has no row for them.

    Args:
        root: of the tree.
        rows: names of state and event of every row of the errand's table.
    """
    answered = set(rows)
    screens = _table(root / NAVIGATOR) or {}
    return [
        f"{state} does not expect {event}, which {screen} reports"
        for state, screen in screens.items()
        for event in sorted(_made_events(root, screen))
        if (state, event) not in answered
    ]


def _made_events(root: Path, screen: str) -> set[str]:
    for path in sorted((root / "screens" / "application").glob("*.py")):
        tree = parsed(path)
        if any(isinstance(node, ast.ClassDef) and node.name == screen for node in tree.body):
            return {
                alias.name
                for node in tree.body
                if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".events")
                for alias in node.names
            }
    return set()
