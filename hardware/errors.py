"""Broken promises of devices. Expected trouble (no card, paper out) is a value, never one of these.

    DeviceError                      code, retryable
    ├── NotConnectedError            the port is not there or went away
    ├── NoAnswerError                bytes went out, nothing (whole) came back in time
    ├── ProtocolError                what came back is not the protocol
    ├── RefusedError                 the device says it cannot do this (self test, not authorised)
    ├── OverdueError                 a call did not end within its deadline
    ├── CancelledError               the caller no longer wants the answer
    └── FaultyDriverError            the driver itself failed in a way nobody designed for
SettingsError                        the configuration of devices is wrong; lists every mistake
"""

from collections.abc import Sequence
from typing import ClassVar


class DeviceError(Exception):
    """A device did not keep its promise.

    Args:
        device: name of the device in the configuration, for example `id_card_reader`.
        fact: what happened, for the log; no personal data, no card bytes.
    """

    code: ClassVar[str] = "device"
    retryable: ClassVar[bool] = True

    def __init__(self, device: str, fact: str) -> None:
        super().__init__(f"{device}: {fact}")
        self.device = device
        self.fact = fact


class NotConnectedError(DeviceError):
    """The port is not there, or it went away."""

    code = "device.not_connected"


class NoAnswerError(DeviceError):
    """Nothing whole came back in time."""

    code = "device.no_answer"


class ProtocolError(DeviceError):
    """What came back does not follow the protocol."""

    code = "device.protocol"


class RefusedError(DeviceError):
    """The device refuses for a reason that trying again does not mend."""

    code = "device.refused"
    retryable = False


class OverdueError(DeviceError):
    """A call did not end within its deadline; the worker's thread may still hang in it."""

    code = "device.overdue"


class CancelledError(DeviceError):
    """The caller withdrew the call."""

    code = "device.cancelled"
    retryable = False


class FaultyDriverError(DeviceError):
    """The driver raised something that is not a device error; the log says where."""

    code = "device.faulty_driver"


class SettingsError(Exception):
    """The device configuration is wrong.

    Args:
        mistakes: every mistake found, each with its key path.
    """

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("; ".join(mistakes))
        self.mistakes = tuple(mistakes)
