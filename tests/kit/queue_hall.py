"""A hall with clerks for tests of the queue: straight at the service functions, no HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from kiosk.central.contract import LeasedNumber, TicketIn, TicketOut
from kiosk.central.contract.queue import (
    QueueNow,
    Regrade,
    TicketAct,
    TicketMove,
    TicketPlace,
    Transfer,
    WindowOpening,
    WindowService,
)
from kiosk.central.server import catalogue, lines, tickets
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.database import Database
from kiosk.central.server.migrate import migrate
from kiosk.central.server.office import Office
from kiosk.central.server.queue import acts, calling, picture, windows
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.sealing import FieldSealer
from kiosk.central.server.settings import EXAMPLE_CATALOGUE
from kiosk.central.server.tables import ticket, ticket_change
from kiosk.domain.queueing import Need
from tests.kit.central import FIELD_KEY, HALL, WallClock, new_id

T = TypeVar("T")


def clerk(name: str, role: Role = Role.CLERK, hall_id: str = HALL) -> Actor:
    """A signed-in clerk."""
    return Actor(name, f"测试{name}", name, role, hall_id, "token")


@dataclass(frozen=True, slots=True)
class Hall:
    """Central's parts around one database, without a server.

    Args:
        office: the parts.
        clock: whose time it is.
    """

    office: Office
    clock: WallClock

    def do(self, work: Callable[[Connection, Office], T]) -> T:
        """One transaction."""
        with self.office.database.transaction() as connection:
            return work(connection, self.office)

    def take(
        self,
        *services: str,
        need: Need | None = None,
        booked: bool = False,
        leased: LeasedNumber | None = None,
        ticket_id: str = "",
    ) -> TicketOut:
        """Somebody takes a ticket."""
        request = TicketIn(
            ticket_id=ticket_id or new_id("t"),
            machine_id="kiosk-1",
            hall_id=HALL,
            services=services or ("passport",),
            taken_at=self.clock.now(),
            need=need,
            leased=leased,
        )
        standing = lines.standing_of(self.clock.today(), need, booked)
        done = self.do(lambda tx, office: tickets.take(tx, office, request, standing))
        assert isinstance(done.value, TicketOut)
        return done.value

    def place(self, ticket_id: str) -> TicketPlace:
        """Where a ticket stands."""
        return self.do(lambda tx, office: picture.place(tx, office, ticket_id))

    def now(self) -> QueueNow:
        """The hall's picture."""
        return self.do(lambda tx, office: picture.hall(tx, office, HALL))

    def row(self, ticket_id: str) -> dict[str, Any]:
        """A ticket's row."""
        query = select(ticket).where(ticket.c.ticket_id == ticket_id)
        return self.do(lambda tx, _office: dict(tx.execute(query).mappings().one()))

    def changes(self, ticket_id: str) -> list[dict[str, Any]]:
        """All changes of a ticket, in order."""
        query = select(ticket_change).where(ticket_change.c.ticket_id == ticket_id)
        query = query.order_by(ticket_change.c.id)
        return self.do(lambda tx, _office: [dict(row) for row in tx.execute(query).mappings()])

    def window(self, name: str, *services: str, actor: Actor | None = None) -> "Clerk":
        """A clerk who has opened a window for some services."""
        somebody = Clerk(self, Desk(actor or clerk(f"c{name}"), name))
        somebody.open(*(services or ("passport",)))
        return somebody

    def later(self, minutes: float) -> None:
        """Time passes."""
        self.clock.moment += timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Clerk:
    """A clerk at a window.

    Args:
        hall: where.
        desk: who and at which window.
    """

    hall: Hall
    desk: Desk

    def open(self, *services: str, lead_min: int = 0) -> None:
        """Open the window; the lead is for the first service."""
        wanted = tuple(
            WindowService(service_id=one, lead_min=0 if i else lead_min)
            for i, one in enumerate(services)
        )
        opening = WindowOpening(services=wanted)
        self.hall.do(lambda tx, office: windows.open_window(tx, office, self.desk, opening))

    def close(self) -> None:
        """Close the window."""
        self.hall.do(lambda tx, office: windows.close(tx, office, self.desk))

    def pause(self) -> None:
        """Pause."""
        self.hall.do(lambda tx, office: windows.pause(tx, office, self.desk))

    def next(self) -> str:
        """Call the next person; the ticket's id."""
        return self.hall.do(lambda tx, office: calling.call_next(tx, office, self.desk))

    def act(self, ticket_id: str, move: str) -> None:
        """Move a ticket."""
        wanted = TicketAct(ticket_id=ticket_id, move=TicketMove(move))
        self.hall.do(lambda tx, office: acts.act(tx, office, self.desk, wanted))

    def serve(self, ticket_id: str) -> None:
        """Whoever was called comes and is served to the end."""
        self.act(ticket_id, "begin")
        self.act(ticket_id, "finish")

    def transfer(self, ticket_id: str, service_id: str) -> None:
        """Send somebody to another line."""
        wanted = Transfer(ticket_id=ticket_id, service_id=service_id)
        self.hall.do(lambda tx, office: acts.transfer(tx, office, self.desk, wanted))

    def regrade(self, ticket_id: str, need: Need | None) -> None:
        """Say what need was proved."""
        wanted = Regrade(ticket_id=ticket_id, need=need)
        self.hall.do(lambda tx, office: acts.regrade(tx, office, self.desk, wanted))


def open_hall(database: str) -> Hall:
    """A hall around a database, made ready."""
    clock = WallClock()
    kept = Database(database)
    migrate(kept)
    offers = catalogue.load(Path(EXAMPLE_CATALOGUE))
    return Hall(Office(kept, offers, clock, FieldSealer(FIELD_KEY)), clock)
