"""What became of the last note in a CCNET validator, asked before anything is changed."""

import threading
from collections.abc import Callable, Mapping

from hardware.codecs.ccnet import Command, Reply, State, request
from hardware.drivers.uart.ccnet_exchange import CcnetExchange
from hardware.drivers.uart.ccnet_intake import Pace
from hardware.interfaces.cash_acceptor import NoteFate, UnfinishedNote
from hardware.interfaces.device import Cancel
from hardware.timing import Deadline

_FATES: Mapping[int, NoteFate] = {
    State.IDLING: NoteFate.NONE,
    State.DISABLED: NoteFate.NONE,
    State.ESCROW: NoteFate.IN_ESCROW,
    State.HOLDING: NoteFate.IN_ESCROW,
    State.POWER_UP_IN_VALIDATOR: NoteFate.IN_ESCROW,
    State.STACKING: NoteFate.GOING_IN,
    State.POWER_UP_IN_STACKER: NoteFate.GOING_IN,
    State.RETURNING: NoteFate.GOING_OUT,
    State.REJECTING: NoteFate.GOING_OUT,
    State.STACKED: NoteFate.STACKED,
    State.RETURNED: NoteFate.RETURNED,
}
"""Everything else is unknown; a plain power-up too, because a note that was stacked and not yet
told of when the power went is forgotten by then."""
_PASSING = (State.ACCEPTING, State.INITIALIZE, State.BUSY, State.PAUSE)
_MOVING = (NoteFate.GOING_IN, NoteFate.GOING_OUT, NoteFate.IN_ESCROW)


class CcnetRecovery:
    """Asks for the last note and brings it to its end.

    Args:
        exchange: with the validator.
        values: fen by bill type.
        pace: how often to look.
    """

    def __init__(self, exchange: CcnetExchange, values: Mapping[int, int], pace: Pace) -> None:
        self._exchange = exchange
        self._values = values
        self._pace = pace
        self._ticks = threading.Event()

    def ask(self, cancel: Cancel) -> UnfinishedNote:
        """Where the note is; waits while the validator is between two states."""
        limit = Deadline(self._pace.settle_s)
        while True:
            reply = self._exchange.poll()
            done = reply.state not in _PASSING or limit.passed or cancel.is_set()
            if done:
                return self._note(reply)
            self._ticks.wait(self._pace.poll_s)

    def finish(self, book: Callable[[UnfinishedNote], None], cancel: Cancel) -> UnfinishedNote:
        """Bring it to its end; see `CashAcceptor.finish_note`."""
        limit = Deadline(self._pace.settle_s)
        woken: NoteFate | None = None
        while True:
            reply = self._exchange.poll()
            note = self._note(reply)
            passing = reply.state in _PASSING
            if not passing and note.fate not in _MOVING:
                if note.fate is NoteFate.NONE and woken:
                    # It says nothing of the note that it had at power-up; it has no other end.
                    note = UnfinishedNote(woken)
                book(note)
                self._exchange.ack()
                if reply.state == State.POWER_UP:
                    # Until it is reset it tells nothing of its cash box, and nothing else is lost.
                    self._exchange.tell(request(Command.RESET))
                return note
            woken = self._push(reply) or woken
            if limit.passed or cancel.is_set():
                return note
            self._ticks.wait(self._pace.poll_s)

    def _push(self, reply: Reply) -> NoteFate | None:
        """Say what moves the note; where it will end when the power-up state told so."""
        self._exchange.ack()
        if reply.state in (State.ESCROW, State.HOLDING):
            self._exchange.tell(request(Command.RETURN))
        elif reply.state in (State.POWER_UP_IN_VALIDATOR, State.POWER_UP_IN_STACKER):
            self._exchange.tell(request(Command.RESET))
            into = reply.state == State.POWER_UP_IN_STACKER
            return NoteFate.STACKED if into else NoteFate.RETURNED
        return None

    def _note(self, reply: Reply) -> UnfinishedNote:
        telling = reply.state in (State.ESCROW, State.STACKED, State.RETURNED)
        value_fen = self._values.get(reply.bill_type) if telling else None
        return UnfinishedNote(_FATES.get(reply.state, NoteFate.UNKNOWN), value_fen)
