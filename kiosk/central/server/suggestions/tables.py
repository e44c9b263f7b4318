"""Table of the suggestions."""

from sqlalchemy import Column, Index, LargeBinary, String, Table

from kiosk.central.server.tables import Moment, metadata

_Id = String(64)

suggestion = Table(
    "suggestion",
    metadata,
    Column("suggestion_id", _Id, primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("language", String(20), nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("text", LargeBinary, nullable=False),
    Column("phone", LargeBinary),
    Column("done_at", Moment),
    Column("done_by", _Id),
    Index("suggestion_by_day", "hall_id", "received_at"),
)
"""The words are sealed like a number: people write their names. `phone` goes when it is done."""
