"""One run of accepting notes on a CCNET validator.

The validator is polled; each state is looked at, and orders are judged by the states that follow,
not by the receipts they get. A note is booked before the validator is told that it may forget it.
"""

import logging
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from hardware.codecs.ccnet import Command, Reply, State, enable, request
from hardware.drivers.uart.ccnet_exchange import CcnetExchange
from hardware.errors import DeviceError
from hardware.interfaces.cash_acceptor import CashDesk, CashEnd, CashIn, NoteRefusal
from hardware.interfaces.device import Cancel
from hardware.timing import Deadline

_ENDS: Mapping[int, CashEnd] = {
    State.CASSETTE_FULL: CashEnd.CASH_BOX_FULL,
    State.CASSETTE_OUT: CashEnd.CASH_BOX_REMOVED,
    State.VALIDATOR_JAMMED: CashEnd.JAMMED,
    State.CASSETTE_JAMMED: CashEnd.JAMMED,
    State.CHEATED: CashEnd.FRAUD_ATTEMPT,
    State.FAILURE: CashEnd.FAILURE,
    # It lost its power and came back; what became of a note inside is asked for later.
    State.POWER_UP: CashEnd.FAILURE,
    State.POWER_UP_IN_VALIDATOR: CashEnd.FAILURE,
    State.POWER_UP_IN_STACKER: CashEnd.FAILURE,
}
INHIBITED = b"\x68"
"""The reason of a rejected note that is known and not enabled."""
_RESTING = (State.IDLING, State.DISABLED)
UNFINISHED = (
    *(State.POWER_UP_IN_VALIDATOR, State.POWER_UP_IN_STACKER, State.ESCROW, State.HOLDING),
    *(State.STACKING, State.STACKED, State.RETURNING),
)
"""States in which a note of an earlier run is inside or not yet taken note of."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to look.

    Args:
        poll_s: between two polls.
        settle_s: longest time for a note to come to rest.
    """

    poll_s: float
    settle_s: float


class CcnetIntake:
    """Takes notes until a sum is reached.

    Args:
        exchange: with the validator.
        values: fen by bill type.
        pace: how often to look.
        rest_fen: most that may be taken.
        desk: decides and books.
    """

    def __init__(
        self,
        exchange: CcnetExchange,
        values: Mapping[int, int],
        pace: Pace,
        rest_fen: int,
        desk: CashDesk,
    ) -> None:
        self._exchange = exchange
        self._values = values
        self._pace = pace
        self._rest_fen = rest_fen
        self._desk = desk
        self._stacked_fen = 0
        self._sent: int | None = None
        self._refusal: NoteRefusal | None = None
        self._last = -1
        self._end: CashEnd | None = None
        self._ticks = threading.Event()

    def run(self, cancel: Cancel) -> CashIn:
        """Accept until an end; the validator is disabled then, if it can still be told."""
        try:
            self._enable()
            self._watch(cancel)
        except DeviceError as error:
            log.warning("accepting ends: %s", error)
            return self._result(CashEnd.LINK_LOST)
        finally:
            self._disable()
        assert self._end, "watching ended without an end"
        return self._result(self._end)

    def _watch(self, cancel: Cancel) -> None:
        limit: Deadline | None = None
        while True:
            if self._end is None and cancel.is_set():
                self._end = CashEnd.WITHDRAWN
            if self._end and limit is None:
                limit = Deadline(self._pace.settle_s)
                self._exchange.tell(enable(()))
            reply = self._exchange.poll()
            self._look(reply)
            at_rest = self._end and reply.state in (*_RESTING, *_ENDS)
            if at_rest or self._end is CashEnd.FAILURE:
                return
            if limit and limit.passed:
                self._end = CashEnd.FAILURE
                return
            self._ticks.wait(self._pace.poll_s)

    def _look(self, reply: Reply) -> None:
        seen, self._last = self._last, reply.state
        if reply.state == State.ESCROW:
            self._escrow(reply)
        elif reply.state == State.STACKED:
            self._stacked(reply, again=seen == State.STACKED)
        elif reply.state in (State.RETURNED, State.REJECTING):
            if seen != reply.state:
                self._refused(reply)
            self._exchange.ack()
        else:
            if reply.state in _ENDS:
                self._end = _ENDS[reply.state]
            elif reply.state == State.DISABLED and self._end is None:
                # It did not hear that it was enabled, or disabled itself.
                self._enable()
            self._exchange.ack()

    def _escrow(self, reply: Reply) -> None:
        """Decide once for each note; a note that is still there was not heard to be decided."""
        self._exchange.ack()
        if self._sent is None and self._refusal is None:
            self._refusal = self._objection(reply)
            if self._refusal is None:
                self._sent = reply.bill_type
        order = Command.STACK if self._refusal is None else Command.RETURN
        self._exchange.tell(request(order))

    def _objection(self, reply: Reply) -> NoteRefusal | None:
        value_fen = self._values.get(reply.bill_type)
        if value_fen is None:
            return NoteRefusal.NOT_RECOGNISED
        if self._end:
            return NoteRefusal.NOT_WANTED
        if value_fen > self._rest_fen:
            return NoteRefusal.ABOVE_REST
        return None if self._desk.offered(value_fen) else NoteRefusal.NOT_WANTED

    def _stacked(self, reply: Reply, *, again: bool) -> None:
        # Told of again because the validator did not hear that it was taken note of.
        if not again:
            if self._sent is None or reply.bill_type != self._sent:
                # Not the note that was decided on: it stays told of, for `finish_note` and a case.
                self._end = CashEnd.FAILURE
                return
            value_fen = self._values[self._sent]
            self._desk.stacked(value_fen)
            self._sent = None
            self._stacked_fen += value_fen
            self._rest_fen -= value_fen
            if self._rest_fen <= 0:
                self._end = CashEnd.COMPLETE
        self._exchange.ack()
        if self._end is None:
            self._enable()

    def _refused(self, reply: Reply) -> None:
        reason = NoteRefusal.NOT_RECOGNISED
        if reply.state == State.RETURNED:
            reason = self._refusal or NoteRefusal.TOO_LATE
        elif reply.data == INHIBITED:
            # Only what fits the rest is enabled.
            reason = NoteRefusal.ABOVE_REST
        self._refusal = self._sent = None
        self._desk.refused(reason)

    def _enable(self) -> None:
        fitting = [kind for kind, fen in self._values.items() if fen <= self._rest_fen]
        self._exchange.tell(enable(fitting))

    def _disable(self) -> None:
        try:
            self._exchange.tell(enable(()))
        except DeviceError:
            log.warning("the validator cannot be told to stop")

    def _result(self, end: CashEnd) -> CashIn:
        in_doubt_fen = 0 if self._sent is None else self._values[self._sent]
        return CashIn(end, self._stacked_fen, in_doubt_fen)
