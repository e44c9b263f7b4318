"""Loads the kv file that stands beside a module, once."""

from pathlib import Path

from kivy.lang import Builder


def load(module_file: str) -> None:
    """Load `<module>.kv`; called once, at the end of the module.

    Args:
        module_file: the module's `__file__`.
    """
    path = str(Path(module_file).with_suffix(".kv"))
    if path not in Builder.files:
        Builder.load_file(path, encoding="utf-8")
