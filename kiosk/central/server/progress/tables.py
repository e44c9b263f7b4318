"""Tables of how far documents are."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from kiosk.central.server.tables import Moment, Serial, metadata

_Id = String(64)

application_document = Table(
    "application_document",
    metadata,
    Column("application_id", _Id, ForeignKey("application.application_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", _Id, nullable=False),
    Column("state", String(20), nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("accepted_at", Moment),
    Column("lacks", String(40)),
)
"""One row per document of an application; `lacks` only while it is returned"""

application_change = Table(
    "application_change",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("application_id", _Id, ForeignKey("application.application_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", _Id, nullable=False),
    Column("from_state", String(20), nullable=False),
    Column("to_state", String(20), nullable=False),
    Column("lacks", String(40)),
    Column("reason", String(200), nullable=False),
    Index("application_change_of", "application_id", "id"),
)
"""One row per change, added to and never changed"""
