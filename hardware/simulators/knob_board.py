"""Knobs of a simulator, mostly over the fields of its misbehaviour, each declared in one line."""

from collections.abc import Callable, Iterable

from hardware.simulators.base import Choice, Knob, KnobKind, KnobValue
from hardware.simulators.cable import Cable
from hardware.simulators.people import people

NONE = "none"
"""The choice that stands for nobody and nothing."""


class KnobBoard:
    """Makes knobs.

    Args:
        device: middle part of every message key, `bench.<device>.<knob>`.
        fields: whose attributes of the same names the knobs turn.
    """

    def __init__(self, device: str, fields: object) -> None:
        self._device = device
        self._fields = fields

    def switch(self, key: str) -> Knob:
        """True or false."""
        return self.lever(key, self._get(key), lambda on: setattr(self._fields, key, on))

    def lever(self, key: str, get: Callable[[], KnobValue], turn: Callable[[bool], None]) -> Knob:
        """True or false, of something that is no field."""
        return Knob(key, self._label(key), KnobKind.SWITCH, get, lambda value: turn(bool(value)))

    def number(self, key: str, unit: str = "") -> Knob:
        """Not below zero."""

        def turn(value: KnobValue) -> None:
            setattr(self._fields, key, max(0, int(value or 0)))

        return Knob(key, self._label(key), KnobKind.NUMBER, self._get(key), turn, unit=unit)

    def choice(self, key: str, values: Iterable[str]) -> Knob:
        """One of several; anything else is not taken."""
        return self.pick(
            key, values, self._get(key), lambda value: setattr(self._fields, key, value)
        )

    def choice_or_none(self, key: str, values: Iterable[str | Choice], field: str = "") -> Knob:
        """One of several or none.

        Args:
            key: of the knob.
            values: without that for none.
            field: empty for none; named like the knob when left out.
        """
        field = field or key
        get = self._get(field)

        def turn(value: str) -> None:
            setattr(self._fields, field, "" if value == NONE else value)

        return self.pick(key, (NONE, *values), lambda: get() or NONE, turn)

    def pick(
        self,
        key: str,
        values: Iterable[str | Choice],
        get: Callable[[], KnobValue],
        turn: Callable[[str], None],
    ) -> Knob:
        """One of several, of something that is no field; anything else is not taken."""
        choices = tuple(
            one if isinstance(one, Choice) else Choice(one, self._label(f"{key}_{one}"))
            for one in values
        )
        known = {one.value for one in choices}

        def take(value: KnobValue) -> None:
            if value in known:
                turn(str(value))

        return Knob(key, self._label(key), KnobKind.CHOICE, get, take, choices)

    def action(self, key: str, act: Callable[[], object]) -> Knob:
        """Something that happens once."""
        return Knob(key, self._label(key), KnobKind.ACTION, lambda: None, lambda _: _drop(act()))

    def cable(self, cable: Cable, unplug: Callable[[], None] | None = None) -> Knob:
        """The plug; `unplug` pulls it where more happens than that."""
        pull = unplug or cable.unplug
        return self.lever(
            "unplugged", lambda: not cable.plugged, lambda out: pull() if out else cable.plug()
        )

    def _label(self, key: str) -> str:
        return f"bench.{self._device}.{key}"

    def _get(self, key: str) -> Callable[[], KnobValue]:
        def get() -> KnobValue:
            value: KnobValue = getattr(self._fields, key)
            return value

        return get


def persons(keys: Iterable[str] | None = None) -> tuple[Choice, ...]:
    """Synthetic people to choose from, named alike on every bench; all of them when not said."""
    return tuple(Choice(key, people()[key].label_key) for key in keys or people())


def _drop(_result: object) -> None:
    """An action answers nothing."""
