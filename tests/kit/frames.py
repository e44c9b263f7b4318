"""What a parser finds in what came over a line."""

from collections.abc import Callable
from typing import TypeVar

One = TypeVar("One")


def whole(next_one: Callable[[], One | None], damaged: type[Exception]) -> list[One]:
    """Everything that arrived whole.

    Args:
        next_one: of the parser; None when nothing whole is left.
        damaged: raised for what is skipped.
    """
    found: list[One] = []
    while True:
        try:
            one = next_one()
        except damaged:
            continue
        if one is None:
            return found
        found.append(one)
