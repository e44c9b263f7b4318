"""States of the errand "maintenance": what a member of staff is doing at the machine."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import get_args

from kiosk.flows.maintenance.reports import CaseLine, MachineReport


class Door(StrEnum):
    """How staff came in."""

    SWITCH = "switch"
    """the key switch in the cabinet"""
    TOUCH = "touch"
    """a finger held on the hidden place of the screen"""


class Refusal(StrEnum):
    """Why somebody was not let in; never says which of number and PIN was wrong."""

    WRONG = "wrong"
    LOCKED = "locked"
    """too many failures: nobody is let in for a while"""
    NOBODY_ENROLLED = "nobody_enrolled"
    CARD_UNKNOWN = "card_unknown"
    UNRECORDED = "unrecorded"
    """the list of operators or the audit log cannot be used, and nobody works here unseen"""


class Entry(StrEnum):
    """What is typed."""

    OPERATOR = "operator"
    PIN = "pin"


@dataclass(frozen=True, slots=True)
class LoggingIn:
    """Somebody says who they are: card or number, then the PIN.

    Args:
        door: how they came in.
        entry: what is typed now.
        operator: number typed so far, or of the card.
        pin: typed so far; only its length is shown.
        refusal: why the last try failed.
        wait_s: how long nobody is let in, in seconds.
        checking: whether a try is being checked.
    """

    door: Door = Door.TOUCH
    entry: Entry = Entry.OPERATOR
    operator: str = ""
    pin: str = field(default="", repr=False)
    refusal: Refusal | None = None
    wait_s: int = 0
    checking: bool = False


class PrinterTrial(StrEnum):
    """How far a test print is."""

    UNDER_WAY = "under_way"
    PRINTED = "printed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ServiceMenu:
    """The machine as it is, and what can be done.

    Args:
        operator: number of who is in.
        report: of the machine; None while it is being put together.
        trial: how far a test print is; None without one.
    """

    operator: str
    report: MachineReport | None = None
    trial: PrinterTrial | None = None


@dataclass(frozen=True, slots=True)
class CaseList:
    """Every open case.

    Args:
        operator: number of who is in.
        cases: the oldest first; None while they are being read.
    """

    operator: str
    cases: tuple[CaseLine, ...] | None = None


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """One case, what to do, and how it ended.

    Args:
        operator: number of who is in.
        cases: to go back to.
        case: the one.
        reason: code of how it ended; empty while none is chosen.
        closing: whether it is being closed.
        trouble: whether it could not be closed; nothing was recorded then.
    """

    operator: str
    cases: tuple[CaseLine, ...]
    case: CaseLine
    reason: str = ""
    closing: bool = False
    trouble: bool = False


@dataclass(frozen=True, slots=True)
class CountingCash:
    """The cash box was emptied and is counted.

    Args:
        operator: number of who is in.
        expected_fen: what the journal says.
        typed: whole yuan counted, as typed so far.
        recording: whether the count is being recorded.
        trouble: whether it could not be recorded.
    """

    operator: str
    expected_fen: int
    typed: str = ""
    recording: bool = False
    trouble: bool = False


@dataclass(frozen=True, slots=True)
class CashCounted:
    """The count is recorded.

    Args:
        operator: number of who is in.
        counted_fen: what was counted.
        expected_fen: what the journal says.
    """

    operator: str
    counted_fen: int
    expected_fen: int


State = LoggingIn | ServiceMenu | CaseList | CaseDetail | CountingCash | CashCounted

STAFF_STATES: tuple[type[State], ...] = get_args(State)
"""While one of these is shown no citizen is served."""
