"""The table of events."""

from sqlalchemy import JSON, Column, Index, String, Table

from kiosk.central.server.tables import Moment, Serial, metadata

_Id = String(64)

event = Table(
    "event",
    metadata,
    Column("event_id", Serial, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("subject", _Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("facts", JSON, nullable=False),
    Index("event_by_age", "at"),
    # Without it SQLite would give the id of a forgotten last row to the next one.
    sqlite_autoincrement=True,
)
