"""A banknote acceptor at the far end of a serial line, with a citizen who holds notes to it.

Not modelled: two notes at once, notes that are tugged, false notes (they are rejected like any
other), motors and sensors one by one, security levels, bar-coded tickets, the time a start takes,
and a validator that stacks without asking or forgets its states without a power cut.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Protocol

from hardware.settings import Options
from hardware.simulators.base import Knob
from hardware.simulators.cable import OnCable
from hardware.simulators.cash_box import NOTES_YUAN, CashBox, Misbehaviour
from hardware.simulators.knob_board import KnobBoard
from hardware.simulators.wire import PtyPeer

_COUNTS = (
    *("rejects", "jams", "stack_jams", "cheats"),
    *("lost_answers", "lost_receipts", "bad_checksums", "naks"),
)
_SWITCHES = (
    *("box_full", "box_removed", "forgets_notes"),
    *("noise", "fragmented", "silent"),
)


class AcceptorMachine(Protocol):
    """An acceptor without its wire."""

    misbehaviour: Misbehaviour
    box: CashBox
    line_options: Mapping[str, str]
    """what the driver must know of this line"""

    @property
    def accepting(self) -> bool:
        """Whether a note held to the mouth would be drawn in."""

    def answer(self, data: bytes) -> Iterator[bytes]:
        """Bytes to send back for bytes that arrived."""

    def insert(self, yuan: int) -> None:
        """Hold a note to the mouth."""

    def cut_power(self) -> None:
        """The power goes and comes back."""

    def clear_jam(self) -> None:
        """Staff take a stuck note out."""

    def start(self) -> None:
        """Power up."""

    def stop(self) -> None:
        """Power down."""


MakeMachine = Callable[[CashBox, Callable[[float], bool], Callable[[bytes], None]], AcceptorMachine]
"""Gets the box, a pause that ends when the line goes, and a way to speak unasked."""


class CashAcceptorSimulator(OnCable[PtyPeer]):
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: the device's options; `baudrate` (bit/s) paces the line, 9600 when absent.
        make: the acceptor behind the wire.
        paced: whether bytes take their time on the line.
        box: of an earlier life; an empty one when absent.
    """

    def __init__(
        self,
        key: str,
        options: Options,
        make: MakeMachine,
        *,
        paced: bool = True,
        box: CashBox | None = None,
    ) -> None:
        self.key = key
        self._machine = make(box or CashBox(), self._pause, self._send)
        baud = int(options.get("baudrate", 9600)) if paced else None
        self._peer = PtyPeer(self._machine.answer, baud=baud, name="cash-acceptor")

    def start(self) -> Mapping[str, str | int | float]:
        """Power up; the port is where the driver finds it."""
        port = self._peer.start()
        self._machine.start()
        return {"port": port, **self._machine.line_options}

    def stop(self) -> None:
        """Let go of the port; box and path stay as they are."""
        self._machine.stop()
        self._peer.stop()

    def insert(self, yuan: int) -> None:
        """Hold a note to the mouth; it stays in the hand when none is wanted."""
        self._machine.insert(yuan)

    def cut_power(self) -> None:
        """The acceptor's power goes and comes back, wherever a note may be."""
        self._machine.cut_power()

    def clear_jam(self) -> None:
        """Staff take a stuck note out."""
        self._machine.clear_jam()

    @property
    def box(self) -> CashBox:
        """The money: it outlives driver and simulator."""
        return self._machine.box

    @property
    def accepting(self) -> bool:
        """Whether a note held to the mouth would be drawn in."""
        return self._machine.accepting

    @property
    def misbehaviour(self) -> Misbehaviour:
        """What is wrong with notes, acceptor and line; tests set it directly."""
        return self._machine.misbehaviour

    def knobs(self) -> tuple[Knob, ...]:
        """The notes first, then everything that can be wrong."""
        board = KnobBoard("cash_acceptor", self.misbehaviour)
        return (
            *(board.action(f"insert_{yuan}", partial(self.insert, yuan)) for yuan in NOTES_YUAN),
            *(board.number(key, "ms") for key in ("feed_ms", "stack_ms")),
            *(board.number(key) for key in _COUNTS),
            *(board.switch(key) for key in _SWITCHES),
            board.action("cut_power", self.cut_power),
            board.action("clear_jam", self.clear_jam),
            board.cable(self._peer),
        )

    def _pause(self, seconds: float) -> bool:
        return self._peer.pause(seconds)

    def _send(self, data: bytes) -> None:
        self._peer.send(data)
