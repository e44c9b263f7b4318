"""Table of the notices."""

from sqlalchemy import JSON, Column, Date, Integer, String, Table

from kiosk.central.server.tables import Moment, metadata

_Id = String(64)

notice = Table(
    "notice",
    metadata,
    Column("notice_id", _Id, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("hall_id", _Id),
    Column("titles", JSON, nullable=False),
    Column("texts", JSON, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),
    Column("withdrawn_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", _Id, nullable=False),
)
"""`hall_id` is empty for a notice of all halls; a withdrawn notice stays as a record"""
