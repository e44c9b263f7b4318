"""What a tester can turn on a simulated cabinet."""

from collections.abc import Callable

from hardware.interfaces.panel_io import OperatorSwitch
from hardware.simulators.base import Choice, Knob, KnobKind, KnobValue
from hardware.simulators.cabinet import Cabinet
from hardware.simulators.wire import PtyPeer

_SWITCHES = ("silent", "noise", "other_unit", "fragmented", "refuses")
_NUMBERS = ("wrong_checks", "cut_answers", "bouncing")
_POSITIONS = (OperatorSwitch.RUN, OperatorSwitch.MAINTENANCE, OperatorSwitch.SUPERVISOR)


def panel_knobs(cabinet: Cabinet, peer: PtyPeer) -> tuple[Knob, ...]:
    """The knobs of a cabinet.

    Args:
        cabinet: with its board.
        peer: the cable.
    """
    wrong = cabinet.board.misbehaviour
    return (
        *(_door(cabinet, name) for name in cabinet.wiring.doors),
        _key(cabinet),
        _switch(
            "mains_lost",
            lambda: cabinet.mains_lost,
            lambda on: cabinet.turn_mains(good=not on),
        ),
        *(_switch(key, _getter(wrong, key), _setter(wrong, key)) for key in _SWITCHES),
        *(_number(wrong, key) for key in _NUMBERS),
        _switch(
            "unplugged",
            lambda: not peer.plugged,
            lambda on: peer.unplug() if on else peer.plug(),
        ),
    )


def _label(key: str) -> str:
    return f"bench.panel_io.{key}"


def _door(cabinet: Cabinet, name: str) -> Knob:
    return _switch(
        f"door_{name}",
        lambda: cabinet.door_open(name),
        lambda on: cabinet.turn_door(name, is_open=on),
    )


def _key(cabinet: Cabinet) -> Knob:
    choices = tuple(Choice(one.value, _label(f"key.{one.value}")) for one in _POSITIONS)
    return Knob(
        *("operator_switch", _label("operator_switch"), KnobKind.CHOICE),
        get=lambda: cabinet.switch.value,
        set=lambda value: cabinet.turn_switch(OperatorSwitch(str(value))),
        choices=choices,
    )


def _switch(key: str, get: Callable[[], bool], turn: Callable[[bool], None]) -> Knob:
    def set_(value: KnobValue) -> None:
        turn(bool(value))

    return Knob(key, _label(key), KnobKind.SWITCH, get, set_)


def _number(owner: object, key: str) -> Knob:
    def turn(value: KnobValue) -> None:
        setattr(owner, key, max(0, int(value or 0)))

    return Knob(key, _label(key), KnobKind.NUMBER, lambda: int(getattr(owner, key)), turn)


def _getter(owner: object, key: str) -> Callable[[], bool]:
    return lambda: bool(getattr(owner, key))


def _setter(owner: object, key: str) -> Callable[[bool], None]:
    return lambda on: setattr(owner, key, on)
