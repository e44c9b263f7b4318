"""How a simulated card path moves what is in it: citizen, staff, mouth, stations, bin.

Time passes only when somebody looks: a move that is due has then happened. A card stays where it
is when the power goes, and so do the bin and the wear of the head.

Not modelled: two cards at once, speed and heat, cards that slip.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from hardware.codecs.easyprinter_answers import Fault
from hardware.interfaces.card_printer import CardPosition
from hardware.simulators.card_face import FaceCard
from hardware.timing import Monotonic, monotonic_s

JAM_PLACES = ("mouth", "transport", "chip", "print", "exit", "bin")
_GOALS = {
    "mouth": CardPosition.ENTRY,
    "chip": CardPosition.CHIP,
    "print": CardPosition.PRINT,
}


@dataclass
class Condition:
    """What a tester, or wear and tear, has done to the machine.

    Args:
        jam_at: one of `JAM_PLACES`, where the next card to pass sticks; empty for nowhere.
        broken: an error the machine does not explain.
        head_percent: life left of the head.
        job_stops_half: the next job ends halfway with an error.
        garbled: one row of the next job arrives with a wrong byte.
        move_ms: time of a move.
        print_ms: time of a job.
        bin_capacity: cards that fit into the retain bin.
    """

    jam_at: str = ""
    broken: bool = False
    head_percent: int = 100
    job_stops_half: bool = False
    garbled: bool = False
    move_ms: int = 0
    print_ms: int = 0
    bin_capacity: int = 30


@dataclass(frozen=True, slots=True)
class Held:
    """What is in the path.

    Args:
        card: with its face; None for a foreign body.
        wrong_way: put in the wrong way round.
    """

    card: FaceCard | None
    wrong_way: bool = False


class CardMechanics:
    """The moving parts.

    Args:
        monotonic: the clock of its moves.
    """

    def __init__(self, monotonic: Monotonic = monotonic_s) -> None:
        self._monotonic = monotonic
        self._lock = threading.RLock()
        self._due: tuple[float, Callable[[], None]] | None = None
        self._held: Held | None = None
        self._position = CardPosition.NONE
        self._feeding = False
        self._jammed = False
        self._refused = Fault.NONE
        self._printing = False
        self._printed = False
        self.condition = Condition()
        self.bin: list[Held] = []

    def insert(self, card: FaceCard | None, *, wrong_way: bool = False) -> bool:
        """Put a card, or a foreign body, into the mouth; whether there was room."""
        with self._lock:
            self.settle()
            if self._held is not None:
                return False
            self._held, self._position = Held(card, wrong_way), CardPosition.ENTRY
            self.settle()
            return True

    def take(self) -> FaceCard | None:
        """Draw out what is in the mouth."""
        with self._lock:
            self.settle()
            if self._position is not CardPosition.ENTRY or self._jammed:
                return None
            return self._remove()

    def open_and_clear(self) -> FaceCard | None:
        """Staff opens the door, takes out whatever is inside and mends a jam."""
        with self._lock:
            self._due, self._jammed, self.condition.jam_at = None, False, ""
            self._printing = False
            return self._remove()

    def empty_bin(self) -> None:
        """Staff empties the retain bin."""
        with self._lock:
            self.bin.clear()
            if self._refused is Fault.BIN_FULL:
                self._refused = Fault.NONE

    @property
    def position(self) -> CardPosition:
        """Where the card is."""
        with self._lock:
            self.settle()
            return self._position

    @property
    def held(self) -> Held | None:
        """What is in the path."""
        with self._lock:
            self.settle()
            return self._held

    def feed(self, *, open_mouth: bool) -> None:
        """Open or shut the mouth."""
        with self._lock:
            self.settle()
            self._feeding = open_mouth and not self._printing
            self.settle()

    def go_to(self, place: str) -> None:
        """Move the card to `mouth`, `chip`, `print` or `bin`."""
        with self._lock:
            self.settle()
            if self._held is None or self._jammed or self._printing:
                return
            if self._refused is Fault.BIN_FULL:
                self._refused = Fault.NONE
            if place == "bin" and len(self.bin) >= self.condition.bin_capacity:
                self._refused = Fault.BIN_FULL
                return
            if self._position is not _GOALS.get(place):
                self._position = CardPosition.TRANSPORT
                self._later(self.condition.move_ms / 1000, lambda: self._arrive(place))

    def settle(self) -> None:
        """Let happen what is due."""
        with self._lock:
            while self._due and self._monotonic() >= self._due[0]:
                act, self._due = self._due[1], None
                act()
            if self._feeding and self._position is CardPosition.ENTRY and not self._jammed:
                self._swallow()

    def _later(self, seconds: float, act: Callable[[], None]) -> None:
        self._due = (self._monotonic() + seconds, act)
        self.settle()

    def _swallow(self) -> None:
        self._feeding = False
        assert self._held is not None, "something is in the mouth"
        if self._held.card is None:
            self._refused = Fault.NOT_A_CARD
        elif self.condition.jam_at == "mouth":
            self._jammed = True
        else:
            self._printed = False
            self.go_to("print")

    def _arrive(self, place: str) -> None:
        jam = self.condition.jam_at
        if jam in (place, "transport") or (jam, place) == ("exit", "mouth"):
            # It sticks short of the goal, or at the station itself.
            self._jammed = True
            if jam in ("chip", "print"):
                self._position = _GOALS[jam]
        elif place == "bin":
            assert self._held is not None, "a card is on its way"
            self.bin.append(self._held)
            self._remove()
        else:
            self._position = _GOALS[place]

    def _remove(self) -> FaceCard | None:
        held, self._held = self._held, None
        self._position, self._printed = CardPosition.NONE, False
        if self._refused is Fault.NOT_A_CARD:
            self._refused = Fault.NONE
        return held.card if held else None
