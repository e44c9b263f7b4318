"""Is this the holder's finger: take a print and compare it with the template on file."""

import base64
import binascii
from collections.abc import Callable
from functools import partial
from typing import Any

from hardware.interfaces.device import Cancel
from hardware.interfaces.fingerprint_reader import (
    FingerCompared,
    FingerGuidance,
    FingerprintReader,
    FingerTemplate,
    FingerTrouble,
)
from hardware.outcome import Done, Outcome
from kiosk.flows.endorsement.events import FingerChecked, FingerGuided
from kiosk.runtime.device_calls import Devices, LatestCall, Tell

WITHIN_S = 15.0
LIMIT_S = 30.0
FORMAT = "zfm"
"""Of the templates on file; a reader of another kind says that it cannot read them."""


class FingerTask:
    """One check at a time, and never a stale answer.

    Args:
        devices: the manager.
        report: takes `FingerGuided` and `FingerChecked`.
        name: of the reader.
    """

    def __init__(
        self,
        devices: Devices,
        report: Callable[[object], None],
        name: str = "fingerprint_reader",
    ) -> None:
        self._devices = devices
        self._report = report
        self._name = name
        self._checks = LatestCall(devices, name, LIMIT_S, report)

    def start(self, template: str) -> None:
        """Wait for a finger.

        Args:
            template: of the holder, base64.
        """
        self.stop()
        try:
            wanted = FingerTemplate(FORMAT, base64.b64decode(template, validate=True))
            self._checks.start(partial(_compare, wanted), _compared)
        except (KeyError, binascii.Error):
            self._report(FingerChecked(None, "reader_away"))

    def stop(self) -> None:
        """No longer wait; nothing more is heard of it."""
        self._checks.stop()

    def forget(self) -> None:
        """The visit is over: nothing of a finger stays in the reader."""
        self.stop()
        try:
            self._devices.call(
                self._name, lambda reader, _cancel: reader.forget(), LIMIT_S, lambda _outcome: None
            )
        except KeyError:
            return


def _compare(
    wanted: FingerTemplate, reader: FingerprintReader, cancel: Cancel, tell: Tell
) -> FingerCompared | FingerTrouble | None:
    def guided(guidance: FingerGuidance) -> None:
        tell(FingerGuided(guidance.value))

    return reader.compare(wanted, WITHIN_S, cancel, guided)


def _compared(outcome: Outcome[Any], tell: Tell) -> None:
    found = outcome.value if isinstance(outcome, Done) else None
    if isinstance(found, FingerCompared):
        tell(FingerChecked(found.matched, "" if found.matched else "different"))
    elif isinstance(found, FingerTrouble):
        tell(FingerChecked(None, found.value))
    else:
        tell(FingerChecked(None, "reader_away"))
