"""Knobs over the fields of a simulator's misbehaviour, so that each is declared in one line."""

from collections.abc import Callable, Iterable

from hardware.simulators.base import Choice, Knob, KnobKind, KnobValue
from hardware.simulators.wire import PtyPeer


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
        return Knob(key, self._label(key), KnobKind.SWITCH, self._get(key), self._set(key, bool))

    def number(self, key: str, unit: str = "") -> Knob:
        """Not below zero."""

        def whole(value: KnobValue) -> int:
            return max(0, int(value or 0))

        get, turn = self._get(key), self._set(key, whole)
        return Knob(key, self._label(key), KnobKind.NUMBER, get, turn, unit=unit)

    def choice(self, key: str, values: Iterable[str]) -> Knob:
        """One of several; anything else is not taken."""
        choices = tuple(Choice(one, self._label(f"{key}_{one}")) for one in values)
        known = {one.value for one in choices}

        def turn(value: KnobValue) -> None:
            if value in known:
                setattr(self._fields, key, value)

        return Knob(key, self._label(key), KnobKind.CHOICE, self._get(key), turn, choices)

    def action(self, key: str, act: Callable[[], object]) -> Knob:
        """Something that happens once."""
        return Knob(key, self._label(key), KnobKind.ACTION, lambda: None, lambda _: _drop(act()))

    def cable(self, peer: PtyPeer) -> Knob:
        """The plug."""

        def turn(value: KnobValue) -> None:
            (peer.unplug if value else peer.plug)()

        key = "unplugged"
        return Knob(key, self._label(key), KnobKind.SWITCH, lambda: not peer.plugged, turn)

    def _label(self, key: str) -> str:
        return f"bench.{self._device}.{key}"

    def _get(self, key: str) -> Callable[[], KnobValue]:
        def get() -> KnobValue:
            value: KnobValue = getattr(self._fields, key)
            return value

        return get

    def _set(
        self, key: str, shape: Callable[[KnobValue], bool | int]
    ) -> Callable[[KnobValue], None]:
        return lambda value: setattr(self._fields, key, shape(value))


def _drop(_result: object) -> None:
    """An action answers nothing."""
