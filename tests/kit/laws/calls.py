"""Law 6: time comes from the clock, Kivy's clock from the bridge, and nothing reaches up."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.kit.laws.sources import PRODUCT, parsed, place, python_files

BANNED = {
    "time.sleep": ("kiosk/clock.py",),
    "time.time": ("kiosk/clock.py",),
    "time.monotonic": ("kiosk/clock.py", "hardware/timing.py"),
    "time.perf_counter": (),
    "datetime.now": ("kiosk/clock.py",),
    "datetime.utcnow": (),
    "datetime.today": (),
    "date.today": (),
    "threading.Timer": ("kiosk/clock.py",),
    "App.get_running_app": (),
    "kivy.clock": ("screens/bridge.py",),
}
"""What may be named only in these files."""


def banned_calls(root: Path) -> list[str]:
    """Uses of what is banned outside its files."""
    return [
        f"{place(root, path, line)} {name}"
        for path in python_files(root, PRODUCT)
        for line, name in _uses(parsed(path))
        if str(path.relative_to(root)) not in BANNED[name]
    ]


def _uses(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield from _known(node.lineno, ".".join(ast.unparse(node).split(".")[-2:]))
        elif isinstance(node, ast.ImportFrom):
            yield from _known(node.lineno, node.module or "")
            for alias in node.names:
                yield from _known(node.lineno, f"{node.module}.{alias.name}")
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield from _known(node.lineno, alias.name)


def _known(line: int, name: str) -> Iterator[tuple[int, str]]:
    if name in BANNED:
        yield line, name
