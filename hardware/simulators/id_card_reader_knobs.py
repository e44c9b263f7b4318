"""What a tester can turn on a simulated identity card reader."""

from collections.abc import Callable

from hardware.simulators.base import Choice, Knob, KnobKind, KnobValue
from hardware.simulators.people import people
from hardware.simulators.samv_module import SamVModule
from hardware.simulators.wire import PtyPeer

NOBODY = "none"
_NUMBERS = {"card_delay_ms": "ms", "pull_after_bytes": "B", "wrong_checksums": ""}
_SWITCHES = (
    "authentication_fails",
    "wrong_card_type",
    "fragmented",
    "noise",
    "stale_answers",
    "self_test_fails",
    "silent",
)


def reader_knobs(module: SamVModule, peer: PtyPeer) -> tuple[Knob, ...]:
    """The knobs of a reader, the card first.

    Args:
        module: with the card on it.
        peer: the cable.
    """
    return (
        _card(module),
        Knob("pull", _label("pull"), KnobKind.ACTION, lambda: None, lambda _: module.put(None)),
        *(_number(module, key, unit) for key, unit in _NUMBERS.items()),
        *(_switch(module, key) for key in _SWITCHES),
        _cable(peer),
    )


def _label(key: str) -> str:
    return f"bench.id_card_reader.{key}"


def _card(module: SamVModule) -> Knob:
    nobody = Choice(NOBODY, _label("person_none"))
    choices = (nobody, *(Choice(one.key, one.label_key) for one in people().values()))

    def laid() -> KnobValue:
        card = module.card
        return next((one.key for one in people().values() if one.card is card), NOBODY)

    def lay(value: KnobValue) -> None:
        person = people().get(str(value))
        module.put(person.card if person else None)

    return Knob("card", _label("card"), KnobKind.CHOICE, laid, lay, choices)


def _number(module: SamVModule, key: str, unit: str) -> Knob:
    def turn(value: KnobValue) -> None:
        setattr(module.misbehaviour, key, max(0, int(value or 0)))

    return Knob(key, _label(key), KnobKind.NUMBER, _getter(module, key), turn, unit=unit)


def _switch(module: SamVModule, key: str) -> Knob:
    def turn(value: KnobValue) -> None:
        setattr(module.misbehaviour, key, bool(value))

    return Knob(key, _label(key), KnobKind.SWITCH, _getter(module, key), turn)


def _getter(module: SamVModule, key: str) -> Callable[[], KnobValue]:
    def get() -> KnobValue:
        value: int | bool = getattr(module.misbehaviour, key)
        return value

    return get


def _cable(peer: PtyPeer) -> Knob:
    def turn(value: KnobValue) -> None:
        if value:
            peer.unplug()
        else:
            peer.plug()

    return Knob("unplugged", _label("unplugged"), KnobKind.SWITCH, lambda: not peer.plugged, turn)
