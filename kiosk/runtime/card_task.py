"""Reading an identity card: one read at a time, and never a stale answer."""

from collections.abc import Callable

from hardware.interfaces.device import Cancel
from hardware.interfaces.id_card_reader import CardTrouble as ReaderTrouble
from hardware.interfaces.id_card_reader import IdCard, IdCardReader
from hardware.worker import Done, Outcome, Withdrawn
from kiosk.clock import Clock
from kiosk.flows.application.events import CardFound, CardRead, CardTroubled
from kiosk.flows.application.states import CardTrouble
from kiosk.runtime.card_reading import person_of
from kiosk.runtime.device_calls import Devices, LatestCall, Tell

READ_LIMIT_S = 600.0
"""Longest wait for a card; every flow gives up far earlier and withdraws the call."""


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
        self._clock = clock
        self._reads = LatestCall(devices, name, READ_LIMIT_S, report)

    def start(self) -> None:
        """Wait for a card and read it, instead of any earlier read."""

        def read(reader: IdCardReader, cancel: Cancel, tell: Tell) -> IdCard | ReaderTrouble | None:
            return reader.read_card(cancel, lambda: tell(CardFound()))

        self._reads.start(read, self._ended)

    def stop(self) -> None:
        """Withdraw the read; nothing more is heard of it."""
        self._reads.stop()

    def _ended(self, outcome: Outcome[IdCard | ReaderTrouble | None], tell: Tell) -> None:
        if isinstance(outcome, Withdrawn):
            return
        if not isinstance(outcome, Done):
            tell(CardTroubled(CardTrouble.READER_AWAY))
        elif outcome.value is not None:
            tell(self._event_for(outcome.value))

    def _event_for(self, value: IdCard | ReaderTrouble) -> object:
        if isinstance(value, ReaderTrouble):
            return CardTroubled(CardTrouble(value.value))
        person = person_of(value)
        if person is None:
            return CardTroubled(CardTrouble.UNREADABLE)
        return CardRead(person, self._clock.today())
