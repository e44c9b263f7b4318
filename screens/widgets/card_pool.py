"""Cards, made ahead and used again: making one takes longer than a touch may wait."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from kivy.uix.widget import Widget

from kiosk.forms.views import FieldView
from screens.widgets.field_card import SHAPES, FieldCard, shape_of

AHEAD = {"box": 5, "one": 4, "several": 1}
"""Cards of each shape that a page may need."""

Made = TypeVar("Made", bound=Widget)


def free_one(made: list[Made], make: Callable[[], Made]) -> Made:
    """A widget that is not shown now, or a new one.

    Args:
        made: all there are; a new one joins them.
        make: a new one.
    """
    found = next((one for one in made if one.parent is None), None)
    if found is None:
        found = make()
        made.append(found)
    return found


class CardPool:
    """Lends cards.

    Args:
        make: a new card.
    """

    def __init__(self, make: Callable[[], FieldCard]) -> None:
        self._make = make
        self._free: dict[str, list[FieldCard]] = {shape: [] for shape in SHAPES}
        self._lent: dict[tuple[str, str], FieldCard] = {}
        self._made = dict.fromkeys(SHAPES, 0)

    def warm(self) -> bool:
        """Make one card ahead; whether more are wanted."""
        shape = next((one for one in SHAPES if self._made[one] < AHEAD[one]), None)
        if shape is not None:
            self._free[shape].append(self._new(shape))
        return shape is not None

    def cards(self, fields: Iterable[FieldView]) -> dict[str, FieldCard]:
        """A card for each field: its own where it has one, and no others are lent then."""
        wanted = {(field.key, shape_of(field)) for field in fields}
        for place in [place for place in self._lent if place not in wanted]:
            card = self._lent.pop(place)
            card.forget()
            self._free[place[1]].append(card)
        return {field.key: self._card(field.key, shape_of(field)) for field in fields}

    def _card(self, key: str, shape: str) -> FieldCard:
        if (key, shape) not in self._lent:
            free = self._free[shape]
            self._lent[key, shape] = free.pop() if free else self._new(shape)
        return self._lent[key, shape]

    def _new(self, shape: str) -> FieldCard:
        card = self._make()
        card.prepare(shape)
        self._made[shape] += 1
        return card
