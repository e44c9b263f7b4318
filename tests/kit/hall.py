"""A hall for a whole machine: central as its own process, which can go away, and its books."""

from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, create_engine, text

from kiosk.central.client import Answered, CentralClient
from kiosk.central.contract import TicketIn, TicketOut, TicketState
from kiosk.central.contract.bookings import Booking, BookingIn, Slots
from kiosk.clock import SystemClock
from tests.kit.central import CentralProcess


class Hall:
    """Central on a database of its own.

    Args:
        folder: for database and key.
    """

    def __init__(self, folder: Path) -> None:
        database = folder / "central.sqlite"
        self._process = CentralProcess(str(database), folder)
        self._process.start()
        self._books: Engine = create_engine(f"sqlite:///{database}")
        self._client = CentralClient(self.url, SystemClock())

    @property
    def url(self) -> str:
        """Where central answers, or will again."""
        return f"http://127.0.0.1:{self._process.port}"

    def leaves(self) -> None:
        """Central is gone, as after a power cut."""
        self._process.end()

    def returns(self) -> None:
        """Central is back on the same address with the same books."""
        self._process.start()

    def close(self) -> None:
        """Close everything."""
        self._client.close()
        self._books.dispose()
        self._process.end()

    def ticket(self, ticket_id: str) -> TicketOut | None:
        """A ticket as central's interface tells it; None while it does not know it."""
        outcome = self._client.ticket(ticket_id)
        return outcome.value if isinstance(outcome, Answered) else None

    def tickets_of(self, machine_id: str) -> list[tuple[str, TicketState]]:
        """Number and state of every ticket of a machine, as central's books have them."""
        query = text("SELECT prefix, n, state FROM ticket WHERE machine_id = :machine_id")
        with self._books.connect() as books:
            rows = books.execute(query, {"machine_id": machine_id}).all()
        return [(f"{row.prefix}{row.n:03}", TicketState(row.state)) for row in rows]

    def takes(self, *services: str) -> str:
        """Somebody takes a ticket at another machine; returns its number."""
        request = TicketIn(
            ticket_id=uuid4().hex,
            machine_id="another",
            hall_id="hs-1",
            services=services,
            taken_at=SystemClock().now(),
        )
        taken = self._client.transport.post("/v1/tickets", request, uuid4().hex, TicketOut)
        assert isinstance(taken, Answered)
        return taken.value.number

    def books_another_day(self, holder_number: str) -> Booking:
        """Somebody has booked the first free slot after today."""
        transport = self._client.transport
        slots = transport.get("/v1/bookings/slots?hall_id=hs-1&service_id=passport", Slots)
        assert isinstance(slots, Answered)
        later = (slot for day in slots.value.days[1:] for slot in day.slots if slot.left)
        request = BookingIn(
            booking_id=uuid4().hex,
            hall_id="hs-1",
            services=("passport",),
            starts_at=next(later).starts_at,
            holder_number=holder_number,
        )
        booked = transport.post("/v1/bookings", request, uuid4().hex, Booking)
        assert isinstance(booked, Answered)
        return booked.value

    def rows(self, table: str, machine_id: str) -> list[Any]:
        """What the books hold of one machine, oldest first."""
        statement = text(f"SELECT * FROM {table} WHERE machine_id = :m ORDER BY rowid")
        with self._books.connect() as books:
            return list(books.execute(statement, {"m": machine_id}))
