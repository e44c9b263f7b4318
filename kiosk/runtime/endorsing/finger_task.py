"""Is this the holder's finger: take a print and compare it with the template on file."""

import base64
import binascii
import threading
from collections.abc import Callable
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
from kiosk.runtime.card_task import Call, Devices

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
        self._lock = threading.Lock()
        self._serial = 0
        self._call: Call | None = None

    def start(self, template: str) -> None:
        """Wait for a finger.

        Args:
            template: of the holder, base64.
        """
        self.stop()
        with self._lock:
            self._serial += 1
            serial = self._serial
        try:
            wanted = FingerTemplate(FORMAT, base64.b64decode(template, validate=True))
            call = self._devices.call(
                self._name,
                lambda reader, cancel: self._compare(serial, reader, cancel, wanted),
                LIMIT_S,
                lambda outcome: self._compared(serial, outcome),
            )
        except (KeyError, binascii.Error):
            self._tell(serial, FingerChecked(None, "reader_away"))
            return
        with self._lock:
            if serial == self._serial:
                self._call = call

    def stop(self) -> None:
        """No longer wait; nothing more is heard of it."""
        with self._lock:
            self._serial += 1
            call, self._call = self._call, None
        if call:
            call.cancel()

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
        self, serial: int, reader: FingerprintReader, cancel: Cancel, wanted: FingerTemplate
    ) -> FingerCompared | FingerTrouble | None:
        def guided(guidance: FingerGuidance) -> None:
            self._tell(serial, FingerGuided(guidance.value))

        return reader.compare(wanted, WITHIN_S, cancel, guided)

    def _compared(self, serial: int, outcome: Outcome[Any]) -> None:
        found = outcome.value if isinstance(outcome, Done) else None
        if isinstance(found, FingerCompared):
            reason = "" if found.matched else "different"
            self._tell(serial, FingerChecked(found.matched, reason))
        elif isinstance(found, FingerTrouble):
            self._tell(serial, FingerChecked(None, found.value))
        else:
            self._tell(serial, FingerChecked(None, "reader_away"))

    def _tell(self, serial: int, event: object) -> None:
        with self._lock:
            current = serial == self._serial
        if current:
            self._report(event)
