"""What only the endorsement machine is asked to do."""

from dataclasses import dataclass, field

from kiosk.domain.transaction.commands import Command
from kiosk.flows.effects import Effect
from kiosk.flows.endorsement.states import Purpose


@dataclass(frozen=True, slots=True)
class BeginTransaction(Effect):
    """Open the mouth for a citizen; everything comes back as `TransactionReported`."""


@dataclass(frozen=True, slots=True)
class TellTransaction(Effect):
    """Pass on what the citizen did.

    Args:
        command: one that fits what was reported last.
    """

    command: Command


@dataclass(frozen=True, slots=True)
class CheckFace(Effect):
    """Find the one face before the camera and have it compared; answers `FaceChecked`.

    Args:
        portrait: of the chip.
    """

    portrait: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class StopFaceCheck(Effect):
    """No longer look."""


@dataclass(frozen=True, slots=True)
class CheckFinger(Effect):
    """Take a print and compare it; answers `FingerChecked`.

    Args:
        template: of the holder, base64.
    """

    template: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StopFingerCheck(Effect):
    """No longer wait for a finger."""


@dataclass(frozen=True, slots=True)
class AskCentral(Effect):
    """Ask what a person has; answers `EntriesFound`, `SlipsFound` or `NothingFound`.

    Args:
        purpose: which of both.
        id_number: of the identity card.
    """

    purpose: Purpose
    id_number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReprintSlip(Effect):
    """Print a slip again; answers `SlipReprinted`.

    Args:
        order_id: one of those found last.
    """

    order_id: str
