"""What staff must see to, worked out from the rows, opened once, closed with a reason.

Like debts, cases follow from what is known: a kind of case is due when its condition holds, and
whoever ends a transaction opens all that are due. Staff close them by name; the flow of the
maintenance screens shows `maintenance.case.<kind>` and what to do about it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.central.contract.payments import Means
from kiosk.saga.book import Book
from kiosk.saga.journal import Journal
from kiosk.saga.owing import DebtKind, owing
from kiosk.saga.rows import Phase, Step
from kiosk.saga.state import State
from kiosk.saga.values import Back, Card, Money, Payment, case_id


class CaseKind(StrEnum):
    """Closed list; each asks something else of staff."""

    CARD_KEPT = "card_kept"
    """a card lies in the bin: give it back against the slip"""
    CARD_STUCK = "card_stuck"
    """a card is inside and does not move, or no sensor can say: open the door"""
    CARD_MISSING = "card_missing"
    """a card was taken in, and no sensor sees it: look for it"""
    CHIP_UNKNOWN = "chip_unknown"
    """whether the chip was written is not known: read it at the window, then issue or refund"""
    FACE_NOT_PRINTED = "face_not_printed"
    """the chip is written, the face is not or may not be: print it at the window, then issue"""
    NOT_VERIFIED = "not_verified"
    """the chip was written and does not read back: the window"""
    CONFIRM_REFUSED = "confirm_refused"
    """the card was made, and central does not issue: the window"""
    FACE_COMPLAINT = "face_complaint"
    """the citizen says that the card's face is wrong"""
    CASH_OWED = "cash_owed"
    """notes lie in the cash box for an endorsement that was not made: pay them back"""
    REFUND_REFUSED = "refund_refused"
    """terminal or gateway will not give money back: pay it back another way"""
    PAYMENT_UNKNOWN = "payment_unknown"
    """whether a bank card was charged only the bank's statement tells"""
    NOTE_UNKNOWN = "note_unknown"
    """the acceptor cannot say what became of a note: count the cash box"""
    VOID_REFUSED = "void_refused"
    """central holds an order that this machine gave up: compare both"""
    DEBT_LATE = "debt_late"
    """something owed has not been settled for long: see which, and why"""


def _payments(state: State, fits: Callable[[Payment], bool]) -> int:
    return sum(one.amount_fen for one in state.payments.values() if fits(one))


def _cash_owed(state: State) -> int:
    def fits(one: Payment) -> bool:
        return one.means is Means.CASH and one.money is Money.TAKEN

    return _payments(state, fits) if state.turned is not None else 0


def _refund_refused(state: State) -> int:
    return _payments(state, lambda one: one.means is not Means.CASH and one.back is Back.OWED)


def _statement(state: State) -> int:
    return _payments(state, lambda one: one.by_terminal is Back.UNKNOWN)


def _note_unknown(state: State) -> int:
    def fits(one: Payment) -> bool:
        return one.means is Means.CASH and one.money is Money.UNKNOWN

    return _payments(state, fits)


def _when(holds: bool, state: State) -> int | None:
    """The money in question: everything that was paid."""
    return state.paid_fen if holds else None


def _money(amount_fen: int) -> int | None:
    return amount_fen or None


DUE: Mapping[CaseKind, Callable[[State], int | None]] = {
    CaseKind.CARD_KEPT: lambda state: _when(state.card is Card.KEPT, state),
    CaseKind.CARD_STUCK: lambda state: _when(state.card is Card.STUCK, state),
    CaseKind.CARD_MISSING: lambda state: _when(state.card is Card.MISSING, state),
    CaseKind.CHIP_UNKNOWN: lambda state: _when(_is(state, Step.CHIP, Phase.UNKNOWN), state),
    CaseKind.FACE_NOT_PRINTED: lambda state: _when(bool(state.face_given_up), state),
    CaseKind.NOT_VERIFIED: lambda state: _when(
        _is(state, Step.VERIFY, Phase.NOT_DONE, Phase.UNKNOWN), state
    ),
    CaseKind.CONFIRM_REFUSED: lambda state: _when(_is(state, Step.CONFIRM, Phase.NOT_DONE), state),
    CaseKind.CASH_OWED: lambda state: _money(_cash_owed(state)),
    CaseKind.REFUND_REFUSED: lambda state: _money(_refund_refused(state)),
    CaseKind.PAYMENT_UNKNOWN: lambda state: _money(_statement(state)),
    CaseKind.NOTE_UNKNOWN: lambda state: _money(_note_unknown(state)),
    CaseKind.VOID_REFUSED: lambda state: _when(_is(state, Step.VOID, Phase.NOT_DONE), state),
}
"""Kinds that follow from the rows: the amount in question, or None while the case is not due."""

LOCKING = frozenset({CaseKind.CARD_STUCK, CaseKind.CARD_MISSING})
"""While one of these is open the machine serves nobody: a stranger's card may be inside."""


@dataclass(frozen=True, slots=True)
class Case:
    """An open case as staff see it.

    Args:
        case_id: its number, also on the slip.
        saga: of the transaction.
        kind: what staff must do.
        opened_at: when.
        amount_fen: money in question.
        card_inside: whether the machine holds the card.
        details: codes for staff: why, the debts that are late.
    """

    case_id: str
    saga: str
    kind: CaseKind
    opened_at: datetime
    amount_fen: int
    card_inside: bool
    details: tuple[str, ...]


def open_due(book: Book, now: datetime, alarm: timedelta) -> None:
    """Open every case that is due and was not opened; harmless to repeat.

    Args:
        book: of the transaction.
        now: hall time.
        alarm: a debt older than this, counted from the end, is a case.
    """
    state = book.state
    for kind, due in DUE.items():
        amount_fen = due(state)
        if amount_fen is not None and kind.value not in state.cases:
            _open(book, kind, amount_fen, _details(state, kind))
    late = late_debts(state, now, alarm)
    if late and CaseKind.DEBT_LATE.value not in state.cases:
        _open(book, CaseKind.DEBT_LATE, state.paid_fen, late)


def late_debts(state: State, now: datetime, alarm: timedelta) -> tuple[str, ...]:
    """Which debts are old enough to trouble staff; calls for staff are no debts of that kind."""
    if state.ended_at is None or now - state.ended_at < alarm:
        return ()
    silent = (DebtKind.TELL_CASE, DebtKind.TELL_CLOSED)
    return tuple(one.kind.value for one in owing(state) if one.kind not in silent)


def complain(book: Book) -> None:
    """The citizen says that the face is wrong."""
    _open(book, CaseKind.FACE_COMPLAINT, book.state.paid_fen, ())


def open_cases(journal: Journal) -> tuple[Case, ...]:
    """Every case that nobody has closed, oldest first."""
    found = []
    for saga in journal.live():
        state = Book(journal, saga).state
        found += [
            Case(
                case_id(saga, one.kind),
                saga,
                CaseKind(one.kind),
                one.at,
                int(one.facts["amount_fen"]),
                bool(one.facts["card_inside"]),
                tuple(one.facts["details"]),
            )
            for one in state.cases.values()
            if one.closed is None
        ]
    return tuple(sorted(found, key=lambda one: one.opened_at))


def close_case(journal: Journal, number: str, reason: str, operator: str) -> bool:
    """Staff have seen to a case.

    Args:
        journal: of the machine.
        number: of the case.
        reason: what they did, in their words or a code; at most 200 characters.
        operator: id of who did it.

    Returns:
        Whether there was such an open case.

    Raises:
        StorageError: it could not be written.
    """
    for case in open_cases(journal):
        if case.case_id == number:
            book = Book(journal, case.saga)
            book.write(
                Step.CASE, Phase.DONE, case.kind.value, reason=reason[:200], operator=operator
            )
            return True
    return False


def _open(book: Book, kind: CaseKind, amount_fen: int, details: tuple[str, ...]) -> None:
    book.write(
        Step.CASE,
        Phase.FACT,
        kind.value,
        amount_fen=amount_fen,
        card_inside=book.state.card in (Card.KEPT, Card.STUCK, Card.KEEPING),
        details=list(details),
    )


def _details(state: State, kind: CaseKind) -> tuple[str, ...]:
    why = {
        CaseKind.CARD_KEPT: state.kept_why,
        CaseKind.CARD_STUCK: state.kept_why or state.turned or "",
        CaseKind.FACE_NOT_PRINTED: state.face_given_up,
    }.get(kind, "")
    return (why,) if why else ()


def _is(state: State, step: Step, *phases: Phase) -> bool:
    return state.steps.get(step) in phases
