"""What a tester can turn on a simulated fingerprint module."""

from collections.abc import Callable

from hardware.simulators.base import Knob
from hardware.simulators.knob_board import KnobBoard, persons
from hardware.simulators.r30x_module import R30xModule
from hardware.simulators.wire import PtyPeer

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
    wrong = KnobBoard("fingerprint_reader", module.misbehaviour)
    touch = KnobBoard("fingerprint_reader", module.touch)
    return (
        touch.choice_or_none("finger", persons(), "owner"),
        touch.choice("condition", CONDITIONS),
        touch.switch("lifts_by_itself"),
        *(wrong.number(key, unit) for key, unit in _NUMBERS.items()),
        *(wrong.switch(key) for key in _SWITCHES),
        wrong.cable(peer, unplug),
    )
