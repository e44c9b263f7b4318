"""What a tester can turn on a simulated identity card reader."""

from hardware.simulators.base import Knob
from hardware.simulators.knob_board import NONE, KnobBoard, persons
from hardware.simulators.people import people
from hardware.simulators.samv_module import SamVModule
from hardware.simulators.wire import PtyPeer

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
    board = KnobBoard("id_card_reader", module.misbehaviour)
    return (
        _card(board, module),
        board.action("pull", lambda: module.put(None)),
        *(board.number(key, unit) for key, unit in _NUMBERS.items()),
        *(board.switch(key) for key in _SWITCHES),
        board.cable(peer),
    )


def _card(board: KnobBoard, module: SamVModule) -> Knob:
    def laid() -> str:
        card = module.card
        return next((one.key for one in people().values() if one.card is card), NONE)

    def lay(value: str) -> None:
        module.put(None if value == NONE else people()[value].card)

    return board.pick("card", (NONE, *persons()), laid, lay)
