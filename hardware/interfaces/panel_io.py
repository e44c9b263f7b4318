"""Lamps that show a citizen where to look, and what the cabinet says of itself.

Words are XFS4IoT's classes Lights and Auxiliaries (hardware facts 10.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Device


class Lamp(StrEnum):
    """Lamps by name; a panel has those that its settings name."""

    CARD_READER = "cardReader"
    ID_CARD_READER = "idCardReader"
    RECEIPT_PRINTER = "receiptPrinter"
    BILL_ACCEPTOR = "billAcceptor"
    PIN_PAD = "pinPad"
    SCANNER = "scanner"
    FINGERPRINT = "fingerprint"
    CAMERA = "camera"
    STATUS_IN_SERVICE = "statusInService"
    STATUS_BAD = "statusBad"


class Flash(StrEnum):
    """XFS4IoT `Lights.flashRate`."""

    OFF = "off"
    SLOW = "slow"
    MEDIUM = "medium"
    QUICK = "quick"
    CONTINUOUS = "continuous"


class Colour(StrEnum):
    """XFS4IoT `Lights.colour`."""

    DEFAULT = "default"
    RED = "red"
    GREEN = "green"
    YELLOW = "yellow"
    BLUE = "blue"
    WHITE = "white"


@dataclass(frozen=True, slots=True)
class LampState:
    """How a lamp shines.

    Args:
        flash: off, blinking or continuous.
        colour: of a lamp with several; DEFAULT for the only one.
    """

    flash: Flash
    colour: Colour = Colour.DEFAULT


class Door(StrEnum):
    """XFS4IoT `Auxiliaries.doors`, as far as a contact can tell."""

    CLOSED = "closed"
    OPEN = "open"
    UNKNOWN = "unknown"


class OperatorSwitch(StrEnum):
    """XFS4IoT `Auxiliaries.operatorSwitch`: the key switch inside the cabinet."""

    RUN = "run"
    MAINTENANCE = "maintenance"
    SUPERVISOR = "supervisor"
    UNKNOWN = "unknown"


class Mains(StrEnum):
    """XFS4IoT `Auxiliaries.uninterruptiblePowerSupply`, in one word."""

    GOOD = "good"
    LOST = "lost"
    """the machine runs on its battery: end what runs, begin nothing"""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PanelState:
    """What the cabinet says; silence is unknown, never "closed".

    Args:
        doors: by name from the settings, for example `cabinet`, `safe`.
        operator_switch: position of the key switch; UNKNOWN without one.
        mains: whether there is power from outside; UNKNOWN without a contact for it.
    """

    doors: Mapping[str, Door] = field(default_factory=dict)
    operator_switch: OperatorSwitch = OperatorSwitch.UNKNOWN
    mains: Mains = Mains.UNKNOWN


class PanelIo(Device, Protocol):
    """Sets lamps and reads contacts; both may be repeated freely."""

    def light(self, lamps: Mapping[Lamp, LampState]) -> bool:
        """Set some lamps and leave the others.

        Args:
            lamps: what to change; a lamp the panel does not have is passed over.

        Returns:
            Whether the panel confirmed; a dark lamp stops nobody, so silence is no error.
        """

    def read_panel(self) -> PanelState:
        """What the contacts say now, debounced; everything is UNKNOWN when the panel is silent."""
