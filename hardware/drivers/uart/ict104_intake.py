"""One run of accepting notes on an ICT-104 acceptor.

The acceptor tells of a note once and never again. A byte that says "stacked" is believed only
while a note that was decided on is on its way, because nothing but parity protects it.
"""

import logging
from collections.abc import Mapping, Sequence

from hardware.codecs.ict104 import Escrow, Notice, Order
from hardware.drivers.uart.ict104_line import Ict104Line
from hardware.errors import DeviceError
from hardware.interfaces.cash_acceptor import CashDesk, CashEnd, CashIn, NoteRefusal
from hardware.interfaces.device import Cancel
from hardware.timing import Deadline

ENDS: Mapping[Notice, CashEnd] = {
    Notice.JAMMED: CashEnd.JAMMED,
    Notice.NOTE_REMOVED: CashEnd.FRAUD_ATTEMPT,
    Notice.FISHING: CashEnd.FRAUD_ATTEMPT,
    Notice.STACKER_OPEN: CashEnd.CASH_BOX_REMOVED,
    # One code for a stacker that takes no more, be it full or blocked.
    Notice.STACKER_PROBLEM: CashEnd.CASH_BOX_FULL,
    Notice.MOTOR_FAILURE: CashEnd.FAILURE,
    Notice.SENSOR_FAILURE: CashEnd.FAILURE,
    Notice.CHECKSUM_ERROR: CashEnd.FAILURE,
    Notice.RESTARTED: CashEnd.FAILURE,
    Notice.POWER_UP: CashEnd.FAILURE,
}

log = logging.getLogger(__name__)


class Ict104Intake:
    """Takes notes until a sum is reached.

    Args:
        line: to the acceptor.
        channels: fen by channel.
        settle_s: longest time for a note to come to rest; also how long silence is believed.
        rest_fen: most that may be taken.
        desk: decides and books.
    """

    def __init__(
        self,
        line: Ict104Line,
        channels: Sequence[int],
        settle_s: float,
        rest_fen: int,
        desk: CashDesk,
    ) -> None:
        self._line = line
        self._channels = channels
        self._settle_s = settle_s
        self._rest_fen = rest_fen
        self._desk = desk
        self._stacked_fen = 0
        self._sent_fen = 0
        self._refusal: NoteRefusal | None = None
        self._end: CashEnd | None = None

    def run(self, cancel: Cancel, alive_s: float) -> CashIn:
        """Accept until an end; the acceptor is inhibited then, if it can still be told.

        Args:
            cancel: stops it.
            alive_s: of silence after which it is asked whether it is still there.
        """
        try:
            # What is told of before it is enabled is no news of this run.
            self._line.forget()
            self._ask(Order.ENABLE)
            self._watch(cancel, alive_s)
            self._ask(Order.INHIBIT)
        except DeviceError as error:
            log.warning("accepting ends: %s", error)
            return self._result(self._end or CashEnd.LINK_LOST)
        except BaseException:
            self._inhibit()
            raise
        assert self._end, "watching ended without an end"
        return self._result(self._end)

    def _watch(self, cancel: Cancel, alive_s: float) -> None:
        quiet, settle = Deadline(alive_s), Deadline(self._settle_s)
        while self._end is None or self._sent_fen:
            if self._end is None and cancel.is_set():
                self._end = CashEnd.WITHDRAWN
                self._ask(Order.INHIBIT)
                continue
            heard = self._line.hear()
            if heard is not None:
                self._look(heard)
                quiet = Deadline(alive_s)
            elif quiet.passed:
                self._ask(Order.STATUS)
                quiet = Deadline(alive_s)
            if not self._sent_fen:
                settle = Deadline(self._settle_s)
            elif settle.passed or self._end in (*ENDS.values(),):
                self._end = self._end or CashEnd.FAILURE
                return

    def _ask(self, order: Order) -> None:
        answer, aside = self._line.ask(order)
        for heard in (*aside, answer):
            self._look(heard)

    def _look(self, heard: Notice | Escrow) -> None:
        if isinstance(heard, Escrow):
            self._decide(heard)
        elif heard is Notice.STACKED:
            self._stacked()
        elif heard in (Notice.RETURNED, Notice.REJECTED):
            self._refused(heard)
        elif heard in ENDS:
            self._end = ENDS[heard]

    def _decide(self, note: Escrow) -> None:
        self._refusal = self._objection(note)
        if self._refusal is None:
            self._sent_fen = self._channels[note.channel]
        self._line.say(Order.ACCEPT if self._refusal is None else Order.REJECT)

    def _objection(self, note: Escrow) -> NoteRefusal | None:
        if note.channel >= len(self._channels):
            return NoteRefusal.NOT_RECOGNISED
        if self._end:
            return NoteRefusal.NOT_WANTED
        value_fen = self._channels[note.channel]
        if value_fen > self._rest_fen:
            return NoteRefusal.ABOVE_REST
        return None if self._desk.offered(value_fen) else NoteRefusal.NOT_WANTED

    def _stacked(self) -> None:
        value_fen = self._sent_fen
        if not value_fen:
            log.warning("told of a stacked note that was never decided on")
            self._end = CashEnd.FAILURE
            return
        self._desk.stacked(value_fen)
        self._sent_fen = 0
        self._stacked_fen += value_fen
        self._rest_fen -= value_fen
        if self._rest_fen <= 0:
            self._end = self._end or CashEnd.COMPLETE

    def _refused(self, heard: Notice) -> None:
        reason = self._refusal or NoteRefusal.TOO_LATE
        if heard is Notice.REJECTED:
            reason = NoteRefusal.NOT_RECOGNISED
        self._refusal, self._sent_fen = None, 0
        self._desk.refused(reason)

    def _inhibit(self) -> None:
        try:
            self._line.say(Order.INHIBIT)
        except DeviceError:
            log.warning("the acceptor cannot be told to stop")

    def _result(self, end: CashEnd) -> CashIn:
        return CashIn(end, self._stacked_fen, self._sent_fen)
