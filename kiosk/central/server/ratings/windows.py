"""How a window stands, as its terminal must know; the queue's rows are the only source."""

from sqlalchemy import Connection, select

from kiosk.central.contract.queue import WindowState
from kiosk.central.server.queue.tables import window
from kiosk.central.server.ratings.terminals import WindowNow
from kiosk.central.server.tables import ticket
from kiosk.domain.queueing import QueueState

_CLOSED = WindowNow(open=False, serving=False, clerk_id="")


def window_now(connection: Connection, hall_id: str, name: str) -> WindowNow:
    """A window as the queue has it; closed where the queue knows of none."""
    query = (
        select(window.c.state, window.c.staff_id, ticket.c.queue_state)
        .outerjoin(ticket, ticket.c.ticket_id == window.c.ticket_id)
        .where(window.c.hall_id == hall_id, window.c.window == name)
    )
    row = connection.execute(query).one_or_none()
    if row is None or row.state == WindowState.CLOSED:
        return _CLOSED
    serving = row.queue_state == QueueState.SERVING
    # Whoever is at a window when it pauses is served to the end.
    return WindowNow(row.state == WindowState.OPEN or serving, serving, row.staff_id or "")
