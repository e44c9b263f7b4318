"""What a tester can turn on a simulated fingerprint module."""

from collections.abc import Callable

from hardware.simulators.base import Choice, Knob, KnobKind, KnobValue
from hardware.simulators.people import people
from hardware.simulators.r30x_module import R30xModule
from hardware.simulators.wire import PtyPeer

NOBODY = "none"
CONDITIONS = ("good", "worn", "wet", "partial")
_NUMBERS = {"image_delay_ms": "ms", "wrong_checksums": "", "lost_answers": ""}
_SWITCHES = (
    "noise",
    "fragmented",
    "wrong_password",
    "sensor_fails",
    "alters_templates",
    "keeps_buffers",
    "silent",
)


def finger_knobs(module: R30xModule, peer: PtyPeer, unplug: Callable[[], None]) -> tuple[Knob, ...]:
    """The knobs of a module, the finger first.

    Args:
        module: with the finger on it.
        peer: the cable.
        unplug: pulls it.
    """
    return (
        _owner(module),
        _condition(module),
        _attribute(module.touch, "lifts_by_itself", KnobKind.SWITCH),
        *(
            _attribute(module.misbehaviour, key, KnobKind.NUMBER, unit)
            for key, unit in _NUMBERS.items()
        ),
        *(_attribute(module.misbehaviour, key, KnobKind.SWITCH) for key in _SWITCHES),
        Knob(
            "unplugged",
            _label("unplugged"),
            KnobKind.SWITCH,
            lambda: not peer.plugged,
            lambda value: unplug() if value else peer.plug(),
        ),
    )


def _label(key: str) -> str:
    return f"bench.fingerprint_reader.{key}"


def _owner(module: R30xModule) -> Knob:
    nobody = Choice(NOBODY, _label("finger_none"))

    def turn(value: KnobValue) -> None:
        module.touch.owner = str(value) if str(value) in people() else ""

    return Knob(
        "finger",
        _label("finger"),
        KnobKind.CHOICE,
        lambda: module.touch.owner or NOBODY,
        turn,
        (nobody, *(Choice(one.key, one.label_key) for one in people().values())),
    )


def _condition(module: R30xModule) -> Knob:
    def turn(value: KnobValue) -> None:
        module.touch.condition = str(value)

    return Knob(
        "condition",
        _label("condition"),
        KnobKind.CHOICE,
        lambda: module.touch.condition,
        turn,
        tuple(Choice(one, _label(f"condition_{one}")) for one in CONDITIONS),
    )


def _attribute(owner: object, key: str, kind: KnobKind, unit: str = "") -> Knob:
    def get() -> KnobValue:
        value: int | bool = getattr(owner, key)
        return value

    def turn(value: KnobValue) -> None:
        setattr(owner, key, bool(value) if kind is KnobKind.SWITCH else max(0, int(value or 0)))

    return Knob(key, _label(key), kind, get, turn, unit=unit)
