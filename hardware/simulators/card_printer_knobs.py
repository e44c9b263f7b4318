"""What a tester can turn on a simulated card path."""

from collections.abc import Callable
from typing import Protocol

from hardware.simulators.base import Choice, Knob, KnobKind, KnobValue
from hardware.simulators.card_face import FaceCard
from hardware.simulators.card_mechanics import JAM_PLACES
from hardware.simulators.card_path_machine import CardPathMachine
from hardware.simulators.card_printer_wire import Misbehaviour
from hardware.simulators.people import people
from hardware.simulators.people.permits import permits
from hardware.simulators.tcp_peer import TcpPeer
from hardware.simulators.whole_card import WholeCard, make_whole_card
from hardware.simulators.wire import PtyPeer

NOBODY = "none"
NO_JAM = "none"
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
        return next((key for key, one in self._cards.items() if one is card), NOBODY)


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

    def plug(self) -> None:
        """Plug it in again."""


def card_printer_knobs(simulator: Bench) -> tuple[Knob, ...]:
    """The knobs of a card path, the card first.

    Args:
        simulator: with its machine and wire.
    """
    machine = simulator.machine
    return (
        _card(simulator),
        _action("insert_wrong_way", lambda: _insert_wrong(simulator)),
        _action("insert_foreign", lambda: machine.insert(None)),
        _action("take", machine.take),
        _jam(simulator),
        _action("open_and_clear", machine.open_and_clear),
        _action("empty_bin", machine.empty_bin),
        _number(machine.condition, "head_percent", "%"),
        _number(machine.condition, "bin_capacity", ""),
        _number(machine.condition, "move_ms", "ms"),
        _number(machine.condition, "print_ms", "ms"),
        *(_switch(machine.condition, key) for key in _CONDITIONS),
        _switch(simulator, "camera_blind"),
        *(_switch(simulator.misbehaviour, key) for key in _WIRE),
        *(_number(simulator.misbehaviour, key, unit) for key, unit in _NUMBERS.items()),
        _lost_after(simulator),
        _action("power_cycle", simulator.power_cycle),
        _cable(simulator),
    )


def _label(key: str) -> str:
    return f"bench.card_printer.{key}"


def _card(simulator: Bench) -> Knob:
    nobody = Choice(NOBODY, _label("card_none"))
    choices = (nobody, *(Choice(key, people()[key].label_key) for key in permits()))

    def inside() -> KnobValue:
        held = simulator.machine.held
        return simulator.wallet.owner_of(held.card) if held and held.card else NOBODY

    def insert(value: KnobValue) -> None:
        if value in permits():
            simulator.machine.insert(simulator.wallet.card_of(str(value)))

    return Knob("card", _label("card"), KnobKind.CHOICE, inside, insert, choices)


def _insert_wrong(simulator: Bench) -> None:
    simulator.machine.insert(simulator.wallet.card_of("adult"), wrong_way=True)


def _jam(simulator: Bench) -> Knob:
    condition = simulator.machine.condition
    choices = tuple(Choice(one, _label(f"jam_at.{one}")) for one in (NO_JAM, *JAM_PLACES))

    def turn(value: KnobValue) -> None:
        condition.jam_at = str(value) if value in JAM_PLACES else ""

    return Knob(
        *("jam_at", _label("jam_at"), KnobKind.CHOICE),
        get=lambda: condition.jam_at or NO_JAM,
        set=turn,
        choices=choices,
    )


def _lost_after(simulator: Bench) -> Knob:
    wrong = simulator.misbehaviour
    choices = tuple(Choice(one, _label(f"lose_link_after.{one}")) for one in (NOBODY, *_LOST_AFTER))

    def turn(value: KnobValue) -> None:
        wrong.lose_link_after = str(value) if value in _LOST_AFTER else ""

    return Knob(
        *("lose_link_after", _label("lose_link_after"), KnobKind.CHOICE),
        get=lambda: wrong.lose_link_after or NOBODY,
        set=turn,
        choices=choices,
    )


def _action(key: str, act: Callable[[], object]) -> Knob:
    def turn(_value: KnobValue) -> None:
        act()

    return Knob(key, _label(key), KnobKind.ACTION, lambda: None, turn)


def _switch(owner: object, key: str) -> Knob:
    def turn(value: KnobValue) -> None:
        setattr(owner, key, bool(value))

    return Knob(key, _label(key), KnobKind.SWITCH, lambda: bool(getattr(owner, key)), turn)


def _number(owner: object, key: str, unit: str) -> Knob:
    def turn(value: KnobValue) -> None:
        setattr(owner, key, max(0, int(value or 0)))

    return Knob(
        key, _label(key), KnobKind.NUMBER, lambda: int(getattr(owner, key)), turn, unit=unit
    )


def _cable(simulator: Bench) -> Knob:
    def turn(value: KnobValue) -> None:
        if value:
            simulator.unplug()
        else:
            simulator.plug()

    return Knob(
        *("unplugged", _label("unplugged"), KnobKind.SWITCH),
        get=lambda: not simulator.wire.plugged,
        set=turn,
    )
