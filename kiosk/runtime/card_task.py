"""Reading an identity card: one read at a time, and never a stale answer."""

import threading
from collections.abc import Callable
from typing import Any, Protocol

from hardware.interfaces.device import Cancel
from hardware.interfaces.id_card_reader import CardTrouble as ReaderTrouble
from hardware.interfaces.id_card_reader import IdCard, IdCardReader
from hardware.worker import Done, Outcome, Withdrawn
from kiosk.clock import Clock
from kiosk.flows.application.events import CardFound, CardRead, CardTroubled
from kiosk.flows.application.states import CardTrouble
from kiosk.runtime.card_reading import person_of

READ_LIMIT_S = 600.0
"""Longest wait for a card; every flow gives up far earlier and withdraws the call."""


class Call(Protocol):
    """A call under way on a device's worker."""

    def cancel(self) -> None:
        """Withdraw it."""


class Devices(Protocol):
    """The part of the device manager that tasks need."""

    def call(
        self,
        name: str,
        fn: Callable[[Any, Cancel], Any],
        deadline_s: float,
        done: Callable[[Outcome[Any]], None],
    ) -> Call:
        """Run a call on a device's worker; `done` hears exactly once."""


class CardTask:
    """Starts and withdraws reads.

    Args:
        devices: the manager.
        clock: the hall's date, which ages and expiry count from.
        report: takes `CardFound`, `CardRead` and `CardTroubled`.
        name: of the reader in the configuration.
    """

    def __init__(
        self,
        devices: Devices,
        clock: Clock,
        report: Callable[[object], None],
        name: str = "id_card_reader",
    ) -> None:
        self._devices = devices
        self._clock = clock
        self._report = report
        self._name = name
        self._lock = threading.Lock()
        self._serial = 0
        self._call: Call | None = None

    def start(self) -> None:
        """Wait for a card and read it, instead of any earlier read."""
        self.stop()
        with self._lock:
            self._serial += 1
            serial = self._serial

        def found() -> None:
            self._tell(serial, CardFound())

        def read(reader: IdCardReader, cancel: Cancel) -> IdCard | ReaderTrouble | None:
            return reader.read_card(cancel, found)

        call = self._devices.call(
            self._name, read, READ_LIMIT_S, lambda outcome: self._ended(serial, outcome)
        )
        with self._lock:
            if serial == self._serial:
                self._call = call

    def stop(self) -> None:
        """Withdraw the read; nothing more is heard of it."""
        with self._lock:
            self._serial += 1
            call, self._call = self._call, None
        if call:
            call.cancel()

    def _ended(self, serial: int, outcome: Outcome[IdCard | ReaderTrouble | None]) -> None:
        if isinstance(outcome, Withdrawn):
            return
        if isinstance(outcome, Done):
            if outcome.value is not None:
                self._tell(serial, self._event_for(outcome.value))
        else:
            self._tell(serial, CardTroubled(CardTrouble.READER_AWAY))

    def _event_for(self, value: IdCard | ReaderTrouble) -> object:
        if isinstance(value, ReaderTrouble):
            return CardTroubled(CardTrouble(value.value))
        person = person_of(value)
        if person is None:
            return CardTroubled(CardTrouble.UNREADABLE)
        return CardRead(person, self._clock.today())

    def _tell(self, serial: int, event: object) -> None:
        with self._lock:
            current = serial == self._serial
        if current:
            self._report(event)
