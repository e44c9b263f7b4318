"""A bank card terminal at the far end of a serial line, with a customer in front of it.

Not modelled: the bank's own reversals, key exchange, contactless and chip dialogues, a clock (every
entry is of one day), voucher numbers running over, BALANCE, a second till on the same terminal, the
terminal's own repeats of an answer without receipt (it repeats only when asked), and parity errors.
"""

from collections.abc import Mapping

from hardware.settings import Options
from hardware.simulators.base import Knob
from hardware.simulators.cable import OnCable
from hardware.simulators.knob_board import KnobBoard
from hardware.simulators.mispos_machine import CUSTOMERS, Misbehaviour, MisPosMachine
from hardware.simulators.terminal_book import TerminalBook
from hardware.simulators.wire import PtyPeer

_COUNTS = (
    "silent_after_ack",
    "lost_replies",
    "lost_acks",
    "acks_as_naks",
    "naks",
    "double_charges",
    "garbage_replies",
    "cut_replies",
    "wrong_lrcs",
    "stale_replies",
    "wrong_amounts",
)
_SWITCHES = ("host_away", "noise", "fragmented", "silent")


class CardTerminalSimulator(OnCable[PtyPeer]):
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: the device's options; `baudrate` (bit/s) paces the line, 9600 when absent.
        paced: whether bytes take their time on the line.
        book: of an earlier life; a new one when absent.
    """

    def __init__(
        self,
        key: str,
        options: Options,
        *,
        paced: bool = True,
        book: TerminalBook | None = None,
    ) -> None:
        self.key = key
        self._machine = MisPosMachine(book or TerminalBook(), self._send)
        baud = int(options.get("baudrate", 9600)) if paced else None
        self._peer = PtyPeer(self._machine.answer, baud=baud, name="card-terminal")

    def start(self) -> Mapping[str, str | int | float]:
        """Power up; the port is where the driver finds it."""
        self._machine.start()
        return {"port": self._peer.start()}

    def stop(self) -> None:
        """Cut the power and let go of the port; the book stays."""
        self._machine.stop()
        self._peer.stop()

    def hurry_customer(self) -> None:
        """The customer does now what is set."""
        self._machine.hurry_customer()

    def sign_off(self) -> None:
        """The day's keys are gone: the next sale asks for a sign-on."""
        self.book.signed_on = False

    @property
    def book(self) -> TerminalBook:
        """The money: it outlives driver and simulator."""
        return self._machine.book

    @property
    def busy(self) -> bool:
        """Whether a transaction runs."""
        return self._machine.busy

    @property
    def misbehaviour(self) -> Misbehaviour:
        """What customer, bank, terminal and line do; tests set it directly."""
        return self._machine.misbehaviour

    def knobs(self) -> tuple[Knob, ...]:
        """The customer first, then everything that can be wrong."""
        board = KnobBoard("card_terminal", self.misbehaviour)
        return (
            board.choice("customer", CUSTOMERS),
            board.number("customer_delay_ms", "ms"),
            board.action("hurry_customer", self.hurry_customer),
            board.action("sign_off", self.sign_off),
            *(board.number(key) for key in _COUNTS),
            *(board.switch(key) for key in _SWITCHES),
            board.cable(self._peer),
        )

    def _send(self, data: bytes) -> None:
        self._peer.send(data)
