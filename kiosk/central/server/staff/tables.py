"""Tables of the staff."""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, String, Table
from sqlalchemy import UniqueConstraint as Unique

from kiosk.central.server.tables import Moment, Serial, metadata

_Id = String(64)

staff_account = Table(
    "staff_account",
    metadata,
    Column("account_id", _Id, primary_key=True),
    Column("login", _Id, nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("name", String(60), nullable=False),
    Column("number", String(20), nullable=False),
    Column("role", String(20), nullable=False),
    Column("stars", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("password", String(200)),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    Column("code_hash", LargeBinary),
    Column("code_until", Moment),
    Column("photo", LargeBinary),
    Column("photo_version", String(20), nullable=False),
    Column("made_at", Moment, nullable=False),
    Unique("login", name="staff_login"),
    Unique("hall_id", "number", name="staff_number"),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("session_hash", LargeBinary, primary_key=True),
    Column("account_id", _Id, ForeignKey("staff_account.account_id"), nullable=False),
    Column("form_token", String(64), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Index("staff_session_of", "account_id"),
)

staff_record = Table(
    "staff_record",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("account_id", _Id, nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject_table", String(40), nullable=False),
    Column("subject_id", String(128), nullable=False),
    Column("reason", String(200), nullable=False),
    Index("staff_record_by_day", "at"),
)
