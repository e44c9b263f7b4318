"""What a clerk's page shows of a window."""

from typing import Any

from sqlalchemy import Connection, Row, bindparam, desc, literal_column, select

from kiosk.central.contract.queue import (
    TicketAtWindow,
    WindowService,
    WindowState,
    WindowView,
)
from kiosk.central.server import lines, numbering, tickets
from kiosk.central.server.events import publish
from kiosk.central.server.office import Office
from kiosk.central.server.queue import picture, windows
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.tables import ticket
from kiosk.domain.queueing import QueueState

_ASIDE = (
    select(ticket)
    .where(
        ticket.c.hall_id == bindparam("hall_id"),
        ticket.c.day == bindparam("day"),
        ticket.c.window == bindparam("name"),
        # Written out, so that both engines see that the partial index fits.
        literal_column("ticket.queue_state IN ('held', 'no_show')"),
    )
    .order_by(desc(ticket.c.called_at))
    .limit(40)
)
_MOST_MISSED = 20


def view(connection: Connection, office: Office, desk: Desk) -> WindowView:
    """A window as its clerk sees it.

    Raises:
        RefusalError: the clerk's hall is unknown.
    """
    offer = office.offers.of(desk.hall_id)
    now = office.clock.now()
    event_id = publish.newest(connection)
    row = windows.find(connection, desk.hall_id, desk.window)
    here = {"hall_id": desk.hall_id, "day": now.date(), "name": desk.window}
    aside = [at_window(office, one) for one in connection.execute(_ASIDE, here)]
    services = tuple(WindowService(**one) for one in row.services) if row else ()
    current = tickets.find(connection, row.ticket_id) if row and row.ticket_id else None
    return WindowView(
        hall_id=desk.hall_id,
        window=desk.window,
        state=WindowState(row.state) if row else WindowState.CLOSED,
        services=services or windows.usual_services(offer, desk.window),
        staff_id=row.staff_id if row else None,
        current=at_window(office, current) if current is not None else None,
        held=tuple(one for one in aside if one.state is QueueState.HELD),
        missed=tuple(one for one in aside if one.state is QueueState.NO_SHOW)[:_MOST_MISSED],
        queues=picture.queues(connection, office, offer),
        served_today=row.served if row and row.day == now.date() else 0,
        at=now,
        event_id=event_id,
    )


def at_window(office: Office, row: Row[Any]) -> TicketAtWindow:
    """A ticket as the clerk sees it."""
    rules = lines.policy_of(row.day).rules
    is_called = row.queue_state == QueueState.CALLED
    return TicketAtWindow(
        ticket_id=row.ticket_id,
        number=numbering.label(row.prefix, row.n),
        state=row.queue_state,
        ticket_class=row.ticket_class,
        need=row.need,
        service_id=row.service_id,
        services_left=tuple(row.services_left),
        taken_at=office.local(row.taken_at),
        called_at=office.local(row.called_at) if row.called_at else None,
        began_at=office.local(row.began_at) if row.began_at else None,
        times_called=row.times_called,
        may_recall=is_called and row.times_called <= rules.recalls,
        may_miss=is_called and row.times_called >= rules.calls_before_miss,
        application_id=row.application_id,
    )
