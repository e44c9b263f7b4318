"""What only maintenance asks of the machine."""

from dataclasses import dataclass, field

from kiosk.flows.effects import Effect
from kiosk.flows.maintenance.states import Door


@dataclass(frozen=True, slots=True)
class ReadOperatorCard(Effect):
    """Wait for a card of staff; answers `OperatorCardRead`."""


@dataclass(frozen=True, slots=True)
class StopReadingOperatorCard(Effect):
    """No longer wait for it."""


@dataclass(frozen=True, slots=True)
class CheckOperator(Effect):
    """Compare number and PIN; answers `SignedIn` or `SignInRefused`.

    Args:
        operator: number.
        pin: as typed.
        door: how they came in, for the audit log.
    """

    operator: str
    pin: str = field(repr=False)
    door: Door


@dataclass(frozen=True, slots=True)
class SignOut(Effect):
    """Nobody is in any more; recorded if anybody was."""


@dataclass(frozen=True, slots=True)
class LookAtMachine(Effect):
    """Put a report together; answers `MachineLooked`."""


@dataclass(frozen=True, slots=True)
class ListCases(Effect):
    """Read the open cases; answers `CasesListed`."""


@dataclass(frozen=True, slots=True)
class CloseCase(Effect):
    """Close a case; answers `CaseClosed` or `CaseNotClosed`.

    Args:
        number: of the case.
        reason: code of how it ended.
        operator: who closes it.
    """

    number: str
    reason: str
    operator: str


@dataclass(frozen=True, slots=True)
class RecordCount(Effect):
    """Record what was counted; answers `CountRecorded` or `CountNotRecorded`.

    Args:
        counted_fen: what was counted.
        operator: who counted.
    """

    counted_fen: int
    operator: str


@dataclass(frozen=True, slots=True)
class TryPrinter(Effect):
    """Print a test page; answers `PrinterTried`.

    Args:
        operator: who asked.
    """

    operator: str
