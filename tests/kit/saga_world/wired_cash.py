"""The note acceptor over its real driver and line, with a hand that holds notes to it."""

import threading
from collections.abc import Callable, Iterator
from typing import ClassVar

from hardware.codecs.ccnet import FrameParser
from hardware.drivers.uart.ccnet_cash_acceptor import CcnetCashAcceptor
from hardware.interfaces.cash_acceptor import CashDesk, CashIn, UnfinishedNote
from hardware.interfaces.device import Cancel, Device
from hardware.settings import Options
from hardware.simulators.cash_acceptor import CashAcceptorSimulator
from hardware.simulators.cash_box import FEN_PER_YUAN, CashBox
from hardware.simulators.ccnet_machine import CcnetMachine
from tests.kit.saga_world.cash import WorldCashAcceptor
from tests.kit.saga_world.wired import Fuse, WiredHall
from tests.kit.saga_world.world import World

QUICK: Options = {
    "answer_timeout_s": 0.05,
    "poll_interval_s": 0.001,
    "settle_timeout_s": 0.5,
}
_LOOK_S = 0.001


class _WatchedBox(CashBox):
    """Says at once when a note falls."""

    def __init__(self, fell: Callable[[int], None]) -> None:
        super().__init__()
        self._fell = fell

    def take(self, value_fen: int) -> None:
        """A note falls into the box."""
        super().take(value_fen)
        self._fell(value_fen)


class _FusedMachine(CcnetMachine):
    """Its line can be cut at a message."""

    fuse: Fuse

    def _obey(self, command: int, data: bytes) -> Iterator[bytes]:
        if not self.fuse.blown():
            yield from super()._obey(command, data)
            return
        if self.fuse.late:
            # What was asked is done, and nobody hears so.
            for _unheard in super()._obey(command, data):
                pass
        # Whatever had left behind it does not arrive.
        self._parser = FrameParser()


class WiredCashAcceptor(WorldCashAcceptor):
    """The product's driver; box and notes are those at its far end.

    Args:
        world: it is part of.
        next_note: what the citizen puts in next.
    """

    def __init__(self, world: World, next_note: Callable[[], int | None]) -> None:
        super().__init__(world, next_note)
        self.driver: CcnetCashAcceptor
        self.peer: CashAcceptorSimulator

    def denominations(self) -> tuple[int, ...]:
        """What it tells apart."""
        return self.driver.denominations()

    def accept_cash(self, rest_fen: int, desk: CashDesk, cancel: Cancel) -> CashIn:
        """Take notes from a hand that holds one after the other to the mouth, then gives up."""
        gives_up, over = threading.Event(), threading.Event()
        hand = threading.Thread(target=self._hold_out, args=(gives_up, over), daemon=True)
        hand.start()
        try:
            return self.driver.accept_cash(rest_fen, desk, gives_up)
        finally:
            over.set()
            hand.join()

    def unfinished_note(self, cancel: Cancel) -> UnfinishedNote:
        """What became of the last note."""
        return self.driver.unfinished_note(cancel)

    def finish_note(self, book: Callable[[UnfinishedNote], None], cancel: Cancel) -> UnfinishedNote:
        """Bring it to its end."""
        return self.driver.finish_note(book, cancel)

    def fell(self, value_fen: int) -> None:
        """A note has fallen into the box: it must have been announced before."""
        key = self._key()
        self.world.needs_central()
        self.world.happened("cash.stack", key=key, fen=value_fen)
        self.box.append((key, value_fen))

    def _hold_out(self, gives_up: threading.Event, over: threading.Event) -> None:
        held = self._landed()
        while not over.wait(_LOOK_S):
            if not self.peer.accepting or self._landed() < held:
                continue
            value_fen = self.next_note()
            if value_fen is None:
                gives_up.set()
                return
            self.peer.insert(value_fen // FEN_PER_YUAN)
            held += 1

    def _landed(self) -> int:
        box = self.peer.box
        return len(box.returned) + len(box.stuck) + sum(box.counts().values())


class WiredCashHall(WiredHall):
    """A hall whose note acceptor is a driver, a serial line and a validator at its far end."""

    name: ClassVar = "cash_acceptor"

    def plug_in(self) -> CashAcceptorSimulator:
        """A validator that loses no time."""
        self.wire = WiredCashAcceptor(self.world, self._next_note)
        self.cash = self.wire
        peer = CashAcceptorSimulator(
            self.name, {}, _FusedMachine, paced=False, box=_WatchedBox(self.wire.fell)
        )
        self.machine = peer._machine
        assert isinstance(self.machine, _FusedMachine), "made above"
        self.fuse = self.machine.fuse = Fuse(self.sever)
        peer.misbehaviour.feed_ms = peer.misbehaviour.stack_ms = 0
        self._options = {**QUICK, **peer.start()}
        self.wire.peer = peer
        return peer

    def driver(self) -> Device:
        """A new driver, not open."""
        self.wire.driver = CcnetCashAcceptor(self.name, self._options)
        return self.wire.driver

    def used(self, driver: Device) -> WiredCashAcceptor:
        """The driver and a hand."""
        return self.wire

    def mend(self) -> None:
        """Staff take out what is stuck and empty or put back the box."""
        self.peer.misbehaviour.box_full = self.peer.misbehaviour.box_removed = False
        self.peer.clear_jam()
