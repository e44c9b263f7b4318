"""A banknote acceptor with an escrow: a note counts as money only when it lies in the cash box.

Words after XFS4IoT CashAcceptor. The device may die with a note inside; what became of that note is
asked for before anything else (`unfinished_note`) and brought to its end (`finish_note`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


class NoteRefusal(StrEnum):
    """Why a note came back out."""

    NOT_RECOGNISED = "not_recognised"
    """crumpled, crooked, foreign or false: smooth it, or another note"""
    ABOVE_REST = "above_rest"
    """worth more than is left to pay; no change is given"""
    NOT_WANTED = "not_wanted"
    """the caller said no, or the call was withdrawn"""
    TOO_LATE = "too_late"
    """the device gave it back by itself"""


class CashDesk(Protocol):
    """The caller's side of `accept_cash`; called on the device's thread, in this order."""

    def offered(self, value_fen: int) -> bool:
        """A note that may be taken waits in the escrow.

        The caller has made its intent to take this note durable when it returns True.
        """

    def stacked(self, value_fen: int) -> None:
        """The note lies in the cash box.

        The device forgets the note only after this has returned: book it durably here.
        """

    def refused(self, reason: NoteRefusal) -> None:
        """A note went back to the citizen; nothing was taken."""


class CashEnd(StrEnum):
    """Why accepting ended."""

    COMPLETE = "complete"
    """the whole amount lies in the cash box"""
    WITHDRAWN = "withdrawn"
    CASH_BOX_FULL = "cash_box_full"
    CASH_BOX_REMOVED = "cash_box_removed"
    JAMMED = "jammed"
    FRAUD_ATTEMPT = "fraud_attempt"
    FAILURE = "failure"
    """motor, sensor, or an answer that fits nothing"""
    LINK_LOST = "link_lost"
    UNFINISHED_NOTE = "unfinished_note"
    """a note of an earlier call has not been brought to its end"""


@dataclass(frozen=True, slots=True)
class CashIn:
    """What became of accepting.

    Args:
        end: why it ended.
        stacked_fen: sum of the notes reported as stacked.
        in_doubt_fen: value of a note that was sent to the cash box and not reported since; 0 when
            there is none. `unfinished_note` tells more once the device answers.
    """

    end: CashEnd
    stacked_fen: int
    in_doubt_fen: int = 0


class NoteFate(StrEnum):
    """Where the last note is, as far as the device tells."""

    NONE = "none"
    """surely no note is inside and none was stacked without being reported"""
    IN_ESCROW = "in_escrow"
    """inside and not taken; `finish_note` gives it back"""
    GOING_OUT = "going_out"
    """on its way back to the citizen"""
    RETURNED = "returned"
    GOING_IN = "going_in"
    """too far in to be returned; `finish_note` lets the device stack it"""
    STACKED = "stacked"
    """in the cash box, and the device waits for the machine to take note of it"""
    UNKNOWN = "unknown"
    """the device cannot say: a case for staff, who count the cash box"""


@dataclass(frozen=True, slots=True)
class UnfinishedNote:
    """The note that a call or a power cut left behind.

    Args:
        fate: where it is.
        value_fen: its worth; None where the device does not say.
    """

    fate: NoteFate
    value_fen: int | None = None


class CashAcceptor(Device, Protocol):
    """Takes notes into its cash box. Opening it neither moves nor forgets a note."""

    def denominations(self) -> tuple[int, ...]:
        """Values in fen that the device tells apart, ascending; valid after `open`."""

    def accept_cash(self, rest_fen: int, desk: CashDesk, cancel: Cancel) -> CashIn:
        """Take notes until their sum is reached.

        Only denominations that fit the rest are enabled; one that does not is returned from the
        escrow. The device is disabled whenever this does not run.

        Args:
            rest_fen: most that may be taken, above zero.
            desk: decides and books.
            cancel: stops it; a note in the escrow goes back, one on its way in is waited for.

        Returns:
            The end; a lost link is an end, not an error.
        """

    def unfinished_note(self, cancel: Cancel) -> UnfinishedNote:
        """What became of the last note; changes nothing and may be asked again.

        `STACKED` can be the last note that the journal has booked already, when the machine died
        between booking it and saying so: with no intent open, finish it and book nothing.

        Raises:
            DeviceError: the device does not answer.
        """

    def finish_note(self, book: Callable[[UnfinishedNote], None], cancel: Cancel) -> UnfinishedNote:
        """Bring the last note to its end: returned, stacked, or unknown.

        Args:
            book: hears of the end before the device is told that it may forget the note.
            cancel: stops waiting.

        Returns:
            The end; not yet an end when withdrawn.

        Raises:
            DeviceError: the device does not answer; ask again later.
        """
