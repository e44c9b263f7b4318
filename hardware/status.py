"""Words for the state of a device, taken from XFS4IoT (KAL SP-Dev, MIT)."""

from dataclasses import dataclass, field
from enum import StrEnum


class DeviceState(StrEnum):
    """XFS4IoT `Common.Status.device`."""

    ONLINE = "online"
    OFFLINE = "offline"
    POWER_OFF = "powerOff"
    NO_DEVICE = "noDevice"
    HARDWARE_ERROR = "hardwareError"
    USER_ERROR = "userError"
    DEVICE_BUSY = "deviceBusy"
    FRAUD_ATTEMPT = "fraudAttempt"
    POTENTIAL_FRAUD = "potentialFraud"
    STARTING = "starting"


class Media(StrEnum):
    """XFS4IoT `CardReader.Status.media` and `Printer.Status.media`."""

    UNKNOWN = "unknown"
    PRESENT = "present"
    NOT_PRESENT = "notPresent"
    JAMMED = "jammed"
    ENTERING = "entering"
    LATCHED = "latched"


class Supply(StrEnum):
    """XFS4IoT paper, toner and ribbon states."""

    UNKNOWN = "unknown"
    FULL = "full"
    LOW = "low"
    OUT = "out"
    JAMMED = "jammed"


class Bin(StrEnum):
    """XFS4IoT retract bin states."""

    UNKNOWN = "unknown"
    OK = "ok"
    HIGH = "high"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class DeviceStatus:
    """What a device says of itself when asked.

    Args:
        state: the device as a whole.
        media: the card or paper in its path.
        supplies: by name (`paper`, `ribbon`), in XFS words.
        bins: by name (`retract`).
        detail: machine-readable cause such as `coverOpen`; empty when there is none.
    """

    state: DeviceState
    media: Media = Media.UNKNOWN
    supplies: dict[str, Supply] = field(default_factory=dict)
    bins: dict[str, Bin] = field(default_factory=dict)
    detail: str = ""

    @property
    def usable(self) -> bool:
        """Whether a service that needs this device can be offered."""
        broken_supply = {Supply.OUT, Supply.JAMMED} & set(self.supplies.values())
        full_bin = Bin.FULL in self.bins.values()
        return self.state is DeviceState.ONLINE and not broken_supply and not full_bin
