"""What a person may ask without putting the permit in: journeys left, and slips once more."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hardware.interfaces.ticket_printer import Printed, PrintOutcome
from kiosk.central.answer import Answered, Unreachable
from kiosk.central.answer import Outcome as Answer
from kiosk.central.contract import orders, permits
from kiosk.central.endorsements_client import EndorsementsClient
from kiosk.flows.endorsement.events import (
    EntriesFound,
    NothingFound,
    SlipReprinted,
    SlipsFound,
)
from kiosk.flows.endorsement.states import EntryLeft, PastOrder, Purpose
from kiosk.runtime.device_calls import Devices, print_paper
from kiosk.runtime.endorsing.papers import EndorsementPapers
from kiosk.runtime.service_thread import ServiceThread

PRINT_LIMIT_S = 25.0
CENTRAL_AWAY = "endorsement.nothing.central_away"
NO_PERMIT = "endorsement.nothing.no_permit"
NO_ORDER = "endorsement.nothing.no_order"


@dataclass(frozen=True, slots=True)
class Place:
    """Who asks.

    Args:
        machine_id: of this machine.
        hall_id: its hall.
    """

    machine_id: str
    hall_id: str


@dataclass(frozen=True, slots=True)
class Helpers:
    """Whom the desk works with.

    Args:
        client: to central.
        devices: the manager.
        papers: composes slips.
        services: the thread that waits for central.
    """

    client: EndorsementsClient = field(repr=False)
    devices: Devices
    papers: EndorsementPapers
    services: ServiceThread


class PermitDesk:
    """Answers questions; one person at a time.

    Args:
        place: of the machine.
        helpers: whom it works with.
        report: takes what was found.
    """

    def __init__(self, place: Place, helpers: Helpers, report: Callable[[object], None]) -> None:
        self._place = place
        self._helpers = helpers
        self._report = report
        self._lock = threading.Lock()
        self._serial = 0
        self._orders: dict[str, orders.OrderOut] = {}

    def ask(self, purpose: Purpose, id_number: str) -> None:
        """Ask central; the answer is reported unless the visit is over by then."""
        with self._lock:
            self._serial += 1
            serial = self._serial
        self._helpers.services.run(lambda: self._tell(serial, self._found(purpose, id_number)))

    def reprint(self, order_id: str, language: str) -> None:
        """Print one of the slips found last."""
        order = self._orders.get(order_id)
        if order is None:
            self._report(SlipReprinted(printed=False))
            return
        paper = self._helpers.papers.copy(order, language)
        serial = self._serial

        def ended(became: PrintOutcome) -> None:
            self._tell(serial, SlipReprinted(isinstance(became, Printed)))

        print_paper(self._helpers.devices, paper, ended, PRINT_LIMIT_S)

    def forget(self) -> None:
        """The visit is over."""
        with self._lock:
            self._serial += 1
            self._orders = {}

    def _found(self, purpose: Purpose, id_number: str) -> object:
        place = {"machine_id": self._place.machine_id, "hall_id": self._place.hall_id}
        client = self._helpers.client
        permit = client.permit(permits.PermitQuery(**place, id_number=id_number))
        if not isinstance(permit, Answered):
            return NothingFound(_why(permit, NO_PERMIT))
        if purpose is Purpose.ENTRIES:
            return _entries(permit.value)
        query = orders.SlipQuery(
            **place, id_number=id_number, permit_number=permit.value.permit_number
        )
        slips = client.slips(query)
        if not isinstance(slips, Answered):
            return NothingFound(_why(slips, NO_ORDER))
        self._orders = {one.order_id: one for one in slips.value.orders}
        if not self._orders:
            return NothingFound(NO_ORDER)
        return SlipsFound(tuple(_past(one) for one in slips.value.orders))

    def _tell(self, serial: int, event: object) -> None:
        with self._lock:
            current = serial == self._serial
        if current:
            self._report(event)


def _why(answer: Answer[Any], refused: str) -> str:
    return CENTRAL_AWAY if isinstance(answer, Unreachable) else refused


def _entries(permit: permits.PermitOnFile) -> EntriesFound:
    entries = tuple(
        EntryLeft(one.destination, one.kind, one.entries_left, one.valid_until)
        for one in permit.endorsements
    )
    return EntriesFound(entries, permit.valid_until)


def _past(order: orders.OrderOut) -> PastOrder:
    assert order.confirmed_at is not None, "central lists confirmed orders only"
    places = tuple(one.destination for one in order.granted)
    return PastOrder(order.order_id, order.slip_number, order.confirmed_at.date(), places)
