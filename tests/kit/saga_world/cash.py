"""The note acceptor of the world: escrow, cash box, and the one note it still remembers."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.errors import NoAnswerError
from hardware.interfaces.cash_acceptor import (
    CashDesk,
    CashEnd,
    CashIn,
    NoteFate,
    NoteRefusal,
    UnfinishedNote,
)
from hardware.interfaces.device import Cancel
from tests.kit.saga_world.device import WorldDevice
from tests.kit.saga_world.world import World

NOTES_FEN = (500, 1000, 2000, 5000, 10000)


@dataclass
class WorldCashAcceptor(WorldDevice):
    """Obeys `CashAcceptor`.

    Args:
        world: it is part of.
        next_note: what the citizen puts in next, None when they wait or have no more.
        box: values of stacked notes, in order, with the key each was announced under.
        returned: notes that went back out.
    """

    world: World
    next_note: Callable[[], int | None]
    box: list[tuple[str, int]] = field(default_factory=list)
    returned: list[int] = field(default_factory=list)
    note: UnfinishedNote | None = None

    def denominations(self) -> tuple[int, ...]:
        """What it tells apart."""
        return NOTES_FEN

    def accept_cash(self, rest_fen: int, desk: CashDesk, cancel: Cancel) -> CashIn:
        """Take notes until the rest is there."""
        if self.note:
            return CashIn(CashEnd.UNFINISHED_NOTE, 0)
        taken_fen = 0
        while taken_fen < rest_fen:
            if self.world.strikes("cash.box_full"):
                return CashIn(CashEnd.CASH_BOX_FULL, taken_fen)
            value_fen = self.next_note()
            if value_fen is None or cancel.is_set():
                return CashIn(CashEnd.WITHDRAWN, taken_fen)
            if value_fen > rest_fen - taken_fen:
                self.returned.append(value_fen)
                desk.refused(NoteRefusal.ABOVE_REST)
                continue
            broken = self._take(value_fen, desk, taken_fen)
            if broken:
                return broken
            if self.note is None and self.box and self._was_stacked:
                taken_fen += value_fen
        return CashIn(CashEnd.COMPLETE, taken_fen)

    def unfinished_note(self, cancel: Cancel) -> UnfinishedNote:
        """What became of the last note."""
        if self.world.strikes("cash.no_answer"):
            raise NoAnswerError("cash_acceptor", "silent")
        return self.note or UnfinishedNote(NoteFate.NONE)

    def finish_note(self, book: Callable[[UnfinishedNote], None], cancel: Cancel) -> UnfinishedNote:
        """Give back what is in the escrow, report what is stacked."""
        note = self.unfinished_note(cancel)
        if note.fate is NoteFate.NONE:
            return note
        if self.world.strikes("cash.fate_unknown"):
            end = UnfinishedNote(NoteFate.UNKNOWN)
        elif note.fate is NoteFate.IN_ESCROW:
            self.returned.append(note.value_fen or 0)
            end = self.note = UnfinishedNote(NoteFate.RETURNED, note.value_fen)
        else:
            end = note
        self.world.point("cash.ending")
        book(end)
        self.note = None
        self.world.point("cash.forgotten")
        return end

    def _take(self, value_fen: int, desk: CashDesk, taken_fen: int) -> CashIn | None:
        """One note that fits; an end when the device broke off with it."""
        self._was_stacked = False
        self.note = UnfinishedNote(NoteFate.IN_ESCROW, value_fen)
        self.world.point("cash.escrow")
        if not desk.offered(value_fen):
            self._give_out(value_fen)
            desk.refused(NoteRefusal.NOT_WANTED)
            return None
        self.world.point("cash.accepted")
        if self.world.strikes("cash.given_out_by_itself"):
            self._give_out(value_fen)
            desk.refused(NoteRefusal.TOO_LATE)
            return None
        if self.world.strikes("cash.dies_with_note_in_escrow"):
            return CashIn(CashEnd.LINK_LOST, taken_fen, value_fen)
        self.world.needs_central()
        key = self._key()
        self.world.happened("cash.stack", key=key, fen=value_fen)
        self.box.append((key, value_fen))
        self.note = UnfinishedNote(NoteFate.STACKED, value_fen)
        self.world.point("cash.stacked")
        if self.world.strikes("cash.stacked_unreported"):
            return CashIn(CashEnd.LINK_LOST, taken_fen, value_fen)
        desk.stacked(value_fen)
        self.world.point("cash.booked")
        self.note = None
        self._was_stacked = True
        return None

    def _give_out(self, value_fen: int) -> None:
        self.returned.append(value_fen)
        self.note = None

    def _key(self) -> str:
        """The payment whose intent was written last: the one this note was announced under."""
        rows = self.world.durable.get(self.world.saga, set())
        keys = [key for step, phase, key in rows if step.value == "payment" and phase == "intent"]
        return max(keys, key=lambda one: int(one.rsplit("-p", 1)[1]), default="")

    def power_lost(self) -> None:
        """The note stays where it is."""

    _was_stacked: bool = False
