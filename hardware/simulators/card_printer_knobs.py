"""What a tester can turn on a simulated card path."""

from typing import Protocol

from hardware.simulators.base import Knob
from hardware.simulators.card_face import FaceCard
from hardware.simulators.card_mechanics import JAM_PLACES
from hardware.simulators.card_path_machine import CardPathMachine
from hardware.simulators.card_printer_wire import Misbehaviour
from hardware.simulators.knob_board import NONE, KnobBoard, persons
from hardware.simulators.people.permits import permits
from hardware.simulators.tcp_peer import TcpPeer
from hardware.simulators.whole_card import WholeCard, make_whole_card
from hardware.simulators.wire import PtyPeer

_DEVICE = "card_printer"
_CONDITIONS = ("job_stops_half", "garbled", "broken")
_WIRE = ("silent", "noisy", "garbage", "stale_answers")
_NUMBERS = {"cut_answers": "", "lost_commands": "", "cut_after_bytes": "B"}
_LOST_AFTER = ("FEED_FROM_FRONT", "GO", "EJECT", "RETAIN")


class Wallet:
    """The permits of the synthetic citizens; a permit stays as it is while it is in a pocket."""

    def __init__(self) -> None:
        self._cards: dict[str, WholeCard] = {}

    def card_of(self, citizen: str) -> WholeCard:
        """The permit of a citizen.

        Args:
            citizen: key of a holder among `permits`.
        """
        if citizen not in self._cards:
            self._cards[citizen] = make_whole_card(citizen)
        return self._cards[citizen]

    def owner_of(self, card: FaceCard) -> str:
        """Whose card it is; `none` for a card that came from nowhere."""
        return next((key for key, one in self._cards.items() if one is card), NONE)


class Bench(Protocol):
    """The parts of a simulator that have knobs."""

    machine: CardPathMachine
    wallet: Wallet
    camera_blind: bool

    @property
    def wire(self) -> PtyPeer | TcpPeer:
        """The wire in use."""

    @property
    def misbehaviour(self) -> Misbehaviour:
        """What is wrong with it."""

    def power_cycle(self) -> None:
        """Off and on again."""

    def unplug(self) -> None:
        """Pull the cable."""


def card_printer_knobs(simulator: Bench) -> tuple[Knob, ...]:
    """The knobs of a card path, the card first.

    Args:
        simulator: with its machine and wire.
    """
    machine, wrong = simulator.machine, simulator.misbehaviour
    board, wire = KnobBoard(_DEVICE, machine.condition), KnobBoard(_DEVICE, wrong)
    return (
        _card(board, simulator),
        board.action("insert_wrong_way", lambda: _insert_wrong(simulator)),
        board.action("insert_foreign", lambda: machine.insert(None)),
        board.action("take", machine.take),
        board.choice_or_none("jam_at", JAM_PLACES),
        board.action("open_and_clear", machine.open_and_clear),
        board.action("empty_bin", machine.empty_bin),
        board.number("head_percent", "%"),
        board.number("bin_capacity"),
        board.number("move_ms", "ms"),
        board.number("print_ms", "ms"),
        *(board.switch(key) for key in _CONDITIONS),
        KnobBoard(_DEVICE, simulator).switch("camera_blind"),
        *(wire.switch(key) for key in _WIRE),
        *(wire.number(key, unit) for key, unit in _NUMBERS.items()),
        wire.choice_or_none("lose_link_after", _LOST_AFTER),
        wire.action("power_cycle", simulator.power_cycle),
        wire.cable(simulator.wire, simulator.unplug),
    )


def _card(board: KnobBoard, simulator: Bench) -> Knob:
    def inside() -> str:
        held = simulator.machine.held
        return simulator.wallet.owner_of(held.card) if held and held.card else NONE

    def insert(value: str) -> None:
        if value != NONE:
            simulator.machine.insert(simulator.wallet.card_of(value))

    return board.pick("card", (NONE, *persons(permits())), inside, insert)


def _insert_wrong(simulator: Bench) -> None:
    simulator.machine.insert(simulator.wallet.card_of("adult"), wrong_way=True)
