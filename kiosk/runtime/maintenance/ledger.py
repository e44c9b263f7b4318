"""Cases and cash of a machine that has a journal, as staff see and settle them."""

from collections.abc import Callable
from typing import Protocol

from kiosk.flows.maintenance.reports import CaseLine
from kiosk.saga import cash_box
from kiosk.saga.cases import Case, close_case, open_cases
from kiosk.saga.journal import Journal


class Ledger(Protocol):
    """What staff settle; trouble with the records is a `StorageError`."""

    def cases(self) -> tuple[CaseLine, ...] | None:
        """Every open case, the oldest first; None where a machine has none."""

    def close(self, number: str, reason: str, operator: str) -> bool:
        """Close a case; whether it was open."""

    def cash_fen(self) -> int | None:
        """What the cash box should hold; None without one."""

    def counted(self, counted_fen: int, operator: str) -> int:
        """Record a count; what the box should have held."""


class NoLedger:
    """A machine without cards and money of its own."""

    def cases(self) -> tuple[CaseLine, ...] | None:
        """None."""
        return None

    def close(self, number: str, reason: str, operator: str) -> bool:
        """Nothing is open."""
        del number, reason, operator
        return False

    def cash_fen(self) -> int | None:
        """No box."""
        return None

    def counted(self, counted_fen: int, operator: str) -> int:
        """No box."""
        raise NotImplementedError


class JournalLedger:
    """Cases and cash by the journal.

    Args:
        journal: of the machine.
        has_cash: whether the machine takes cash.
        changed: called when a case was closed: what was locked may be free.
    """

    def __init__(self, journal: Journal, *, has_cash: bool, changed: Callable[[], None]) -> None:
        self._journal = journal
        self._has_cash = has_cash
        self._changed = changed

    def cases(self) -> tuple[CaseLine, ...] | None:
        """Every open case."""
        return tuple(_line(one) for one in open_cases(self._journal))

    def close(self, number: str, reason: str, operator: str) -> bool:
        """Close a case, durably, and have the machine look whether it may serve again."""
        was_open = close_case(self._journal, number, reason, operator)
        self._changed()
        return was_open

    def cash_fen(self) -> int | None:
        """Sum of the notes since the last count."""
        return cash_box.held_fen(self._journal) if self._has_cash else None

    def counted(self, counted_fen: int, operator: str) -> int:
        """Record a count."""
        return cash_box.counted(self._journal, counted_fen, operator)


def _line(case: Case) -> CaseLine:
    return CaseLine(
        case.case_id,
        case.kind.value,
        case.amount_fen,
        case.card_inside,
        case.opened_at,
        case.details,
    )
