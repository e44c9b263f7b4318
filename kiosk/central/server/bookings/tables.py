"""Tables of the bookings."""

from sqlalchemy import JSON, Column, Date, Index, Integer, LargeBinary, String, Table, text

from kiosk.central.server.tables import Moment, metadata

_Id = String(64)
OPEN = "state = 'booked'"
"""as the partial index says it on both engines"""

booking_slot = Table(
    "booking_slot",
    metadata,
    Column("hall_id", _Id, primary_key=True),
    Column("service_id", _Id, primary_key=True),
    Column("starts_at", Moment, primary_key=True),
    Column("taken", Integer, nullable=False),
)
"""a slot's row is there once somebody has booked; its counter never passes the places"""

booking = Table(
    "booking",
    metadata,
    Column("booking_id", _Id, primary_key=True),
    Column("code", String(8), nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("service_id", _Id, nullable=False),
    Column("services", JSON, nullable=False),
    Column("day", Date, nullable=False),
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("holder", _Id, nullable=False),
    Column("phone", LargeBinary),
    Column("ticket_id", _Id),
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("booking_code", "code", "day", unique=True),
    Index("booking_holder", "holder", "day"),
    Index("booking_day", "day"),
    Index(
        "booking_once_a_day",
        "holder",
        "day",
        unique=True,
        sqlite_where=text(OPEN),
        postgresql_where=text(OPEN),
    ),
)
"""`holder` is a keyed hash of the document's number; `service_id` is whose slot it holds"""
