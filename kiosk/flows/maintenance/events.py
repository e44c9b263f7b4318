"""Events of the errand "maintenance": facts that have happened."""

from dataclasses import dataclass
from typing import Any

from kiosk.flows.maintenance.reports import CaseLine, MachineReport
from kiosk.flows.maintenance.states import Door, Refusal

# What staff did.


@dataclass(frozen=True, slots=True)
class MaintenanceAsked:
    """The key switch was turned, or a finger held on the hidden place."""

    door: Door


@dataclass(frozen=True, slots=True)
class SwitchTurnedBack:
    """The key switch stands at "run" again."""


@dataclass(frozen=True, slots=True)
class DigitTyped:
    """A digit of number, PIN or sum."""

    digit: str


@dataclass(frozen=True, slots=True)
class DigitDeleted:
    """The last digit was taken back."""


@dataclass(frozen=True, slots=True)
class EntryCleared:
    """Every digit was taken back."""


@dataclass(frozen=True, slots=True)
class NextAsked:
    """The main action of the screen."""


@dataclass(frozen=True, slots=True)
class BackAsked:
    """One step back."""


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """Done: log out."""


@dataclass(frozen=True, slots=True)
class CasesAsked:
    """Show the open cases."""


@dataclass(frozen=True, slots=True)
class CaseChosen:
    """Show one case."""

    number: str


@dataclass(frozen=True, slots=True)
class ReasonChosen:
    """How a case ended."""

    reason: str


@dataclass(frozen=True, slots=True)
class CountAsked:
    """The cash box was emptied."""


@dataclass(frozen=True, slots=True)
class PrinterTrialAsked:
    """Try the printer."""


# What the machine found out.


@dataclass(frozen=True, slots=True)
class OperatorCardRead:
    """A card lay on the reader.

    Args:
        operator: number of whom it belongs to; empty when of nobody here.
    """

    operator: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Number and PIN are right, and the entry is recorded."""

    operator: str


@dataclass(frozen=True, slots=True)
class SignInRefused:
    """Nobody was let in.

    Args:
        refusal: why.
        wait_s: how long nobody is let in from now, in seconds.
    """

    refusal: Refusal
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class MachineLooked:
    """The machine as it is now."""

    report: MachineReport


@dataclass(frozen=True, slots=True)
class CasesListed:
    """The open cases as they are now."""

    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """A case was closed, by this operator or another.

    Args:
        cases: those still open.
    """

    cases: tuple[CaseLine, ...]


@dataclass(frozen=True, slots=True)
class CaseNotClosed:
    """Nothing could be recorded."""


@dataclass(frozen=True, slots=True)
class CountRecorded:
    """A count stands in the journal.

    Args:
        expected_fen: what the journal says the box held.
    """

    counted_fen: int
    expected_fen: int


@dataclass(frozen=True, slots=True)
class CountNotRecorded:
    """Nothing could be recorded."""


@dataclass(frozen=True, slots=True)
class PrinterTried:
    """The test print ended."""

    printed: bool


STAFF_EVENTS: frozenset[type[Any]] = frozenset(
    {
        DigitTyped,
        DigitDeleted,
        EntryCleared,
        NextAsked,
        BackAsked,
        LeaveAsked,
        CasesAsked,
        CaseChosen,
        ReasonChosen,
        CountAsked,
        PrinterTrialAsked,
        MaintenanceAsked,
    }
)
"""What only a person does; an overlay holds them off."""
