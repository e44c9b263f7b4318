"""A cash acceptor's driver, the simulator at its far end, and a desk that books."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.drivers.uart.ccnet_cash_acceptor import CcnetCashAcceptor
from hardware.interfaces.cash_acceptor import CashAcceptor, CashIn, NoteRefusal
from hardware.settings import Options
from hardware.simulators.cash_acceptor import CashAcceptorSimulator
from hardware.simulators.ccnet_machine import CcnetMachine
from tests.kit.patience import PATIENCE_S, until

QUICK: Options = {
    "answer_timeout_s": 0.05,
    "poll_interval_s": 0.002,
    "settle_timeout_s": 2.0,
}


@dataclass
class Desk:
    """A journal of notes.

    Args:
        wants: whether an offered note is taken.
        on_stacked: called before a note is booked; may raise, as a dead machine would.
    """

    wants: Callable[[int], bool] = lambda _value: True
    on_stacked: Callable[[int], None] = lambda _value: None
    intended: list[int] = field(default_factory=list)
    booked: list[int] = field(default_factory=list)
    refusals: list[NoteRefusal] = field(default_factory=list)

    def offered(self, value_fen: int) -> bool:
        """Write the intent down."""
        taken = self.wants(value_fen)
        if taken:
            self.intended.append(value_fen)
        return taken

    def stacked(self, value_fen: int) -> None:
        """Book."""
        self.on_stacked(value_fen)
        self.booked.append(value_fen)

    def refused(self, reason: NoteRefusal) -> None:
        """Remember."""
        self.refusals.append(reason)


class CashBed:
    """An acceptor and its far end.

    Args:
        make: a new driver, closed, as after a restart of the machine.
        peer: the simulator, started.
    """

    def __init__(self, make: Callable[[], CashAcceptor], peer: CashAcceptorSimulator) -> None:
        self._make = make
        self.peer = peer
        self.desk = Desk()
        self.cancel = threading.Event()
        self.results: list[CashIn | BaseException] = []
        self._thread: threading.Thread | None = None
        self.acceptor = make()
        self.acceptor.open()

    def accept(self, rest_fen: int) -> None:
        """Begin to accept on a thread of its own, and wait until the acceptor is enabled."""
        self.cancel.clear()

        def run() -> None:
            try:
                self.results.append(self.acceptor.accept_cash(rest_fen, self.desk, self.cancel))
            except RuntimeError as error:
                self.results.append(error)

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        until(lambda: self.peer.accepting or self.results)

    def ended(self) -> CashIn:
        """What accepting came to; waits for it."""
        assert self._thread
        self._thread.join(PATIENCE_S)
        result = self.results.pop()
        assert isinstance(result, CashIn), result
        return result

    def withdrawn(self) -> CashIn:
        """Stop accepting and wait for the end."""
        self.cancel.set()
        return self.ended()

    def restart(self) -> None:
        """The machine was killed and starts again; the acceptor knows nothing of it."""
        self.acceptor.close()
        self.acceptor = self._make()
        self.acceptor.open()

    def close(self) -> None:
        """End everything."""
        self.cancel.set()
        if self._thread:
            self._thread.join(PATIENCE_S)
        self.acceptor.close()
        self.peer.stop()


def ccnet_bed() -> CashBed:
    """A bed on which nothing waits longer than it must."""
    peer = CashAcceptorSimulator("cash", {}, CcnetMachine, paced=False)
    peer.misbehaviour.feed_ms = peer.misbehaviour.stack_ms = 0
    options = {**QUICK, **peer.start()}
    return CashBed(lambda: CcnetCashAcceptor("cash", options), peer)
