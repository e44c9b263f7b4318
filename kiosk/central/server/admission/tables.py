"""Table of the machines that may come in."""

from sqlalchemy import Column, Integer, LargeBinary, String, Table

from kiosk.central.server.tables import Moment, metadata

_Id = String(64)

admission = Table(
    "admission",
    metadata,
    Column("machine_id", _Id, primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("made_by", _Id, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("code_hash", LargeBinary),
    Column("code_until", Moment),
    Column("tries_left", Integer, nullable=False),
    Column("public_key", LargeBinary),
    Column("enrolled_at", Moment),
    Column("revoked_at", Moment),
)
"""A machine with a key and not revoked is in; a new code leaves it in until the code is used."""
