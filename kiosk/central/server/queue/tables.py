"""Tables of the windows; what the queue keeps of a ticket stands in the ticket's own row."""

from sqlalchemy import JSON, Column, Date, ForeignKey, Index, Integer, String, Table

from kiosk.central.server.tables import Moment, Serial, metadata

_Id = String(64)

window = Table(
    "window",
    metadata,
    Column("hall_id", _Id, primary_key=True),
    Column("window", String(8), primary_key=True),
    Column("state", String(20), nullable=False),
    Column("staff_id", _Id),
    Column("services", JSON, nullable=False),
    Column("ticket_id", _Id, ForeignKey("ticket.ticket_id")),
    Column("day", Date, nullable=False),
    Column("served", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
)
"""`ticket_id` is whom the window has now; its row is locked by every act at the window"""

file_error = Table(
    "file_error",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ticket_id", _Id, ForeignKey("ticket.ticket_id"), nullable=False),
    Column("application_id", _Id),
    Column("hall_id", _Id, nullable=False),
    Column("window", String(8), nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("staff_id", _Id, nullable=False),
    Column("code", String(40), nullable=False),
    Column("note", String(200), nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Index("file_error_by_day", "hall_id", "day"),
)
"""what a clerk found wrong in a file; the monthly error rate counts these against visits served"""
