"""The tables, as SQLAlchemy Core sees them; `migrations` makes them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UniqueConstraint,
    false,
)


class Moment(TypeDecorator[datetime]):
    """A point in time with offset; SQLite, which knows no zones, holds it in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        if value is None:
            return None
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """With offset again."""
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


_Id = String(64)
Serial = BigInteger().with_variant(Integer, "sqlite")
"""a row's number, given by the database"""

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("name", _Id, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("key", String(128), primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("at", Moment, nullable=False),
    Index("idempotency_by_age", "at"),
)

machine = Table(
    "machine",
    metadata,
    Column("machine_id", _Id, primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("software", String(200), nullable=False),
    Column("booted_at", Moment, nullable=False),
)

heartbeat = Table(
    "heartbeat",
    metadata,
    Column("machine_id", _Id, primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("state", String(200), nullable=False),
    Column("outbox_waiting", Integer, nullable=False),
    Column("devices", JSON, nullable=False),
    Column("at", Moment, nullable=False),
)

journal_head = Table(
    "journal_head",
    metadata,
    Column("machine_id", _Id, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("chain", String(64), nullable=False),
    Column("at", Moment, nullable=False),
)
"""Heads of machines' journals as they were told; `migrations` v0003 makes it."""

staff_call = Table(
    "staff_call",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("machine_id", _Id, nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("reason", String(200), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
)

counter = Table(
    "counter",
    metadata,
    Column("hall_id", _Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("prefix", String(1), primary_key=True),
    Column("n", Integer, nullable=False),
    Column("waiting", Integer, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("lease_id", _Id, primary_key=True),
    Column("machine_id", _Id, nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("service_id", _Id, nullable=False),
    Column("prefix", String(1), nullable=False),
    Column("day", Date, nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("given_at", Moment, nullable=False),
    UniqueConstraint("hall_id", "day", "prefix", "first", name="lease_number"),
)

ticket = Table(
    "ticket",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ticket_id", _Id, nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("prefix", String(1), nullable=False),
    Column("n", Integer, nullable=False),
    Column("service_id", _Id, nullable=False),
    Column("services", JSON, nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("application_id", _Id),
    Column("lease_id", _Id, ForeignKey("lease.lease_id")),
    Column("taken_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("prints", Integer, nullable=False),
    Column("ticket_class", String(20), nullable=False),
    Column("need", String(40)),
    Column("booked", Boolean, nullable=False, server_default=false()),
    Column("queue_state", String(20), nullable=False),
    Column("services_left", JSON, nullable=False),
    Column("place_ms", BigInteger, nullable=False),
    Column("due_ms", BigInteger),
    Column("window", String(8)),
    Column("called_at", Moment),
    Column("began_at", Moment),
    Column("times_called", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("holder", _Id),
    Column("person", _Id),
    UniqueConstraint("ticket_id", name="ticket_once"),
    UniqueConstraint("hall_id", "day", "prefix", "n", name="ticket_number"),
)
"""`state` tells of the paper, `queue_state` of the place in the queue (decision 0020)

`place_ms` is the place in line, milliseconds since 1970: when taken, less the head start.
`due_ms` is the same while the ticket stands in line, else NULL, so that the index holds no others.
`holder` and `person` are keyed hashes of the card's number: to find a lost ticket, and to draw
nobody twice for a call-back.
"""
_IN_LINE = ticket.c.due_ms.is_not(None)
_ASIDE = ticket.c.queue_state.in_(("held", "no_show"))
_CALLED = ticket.c.called_at.is_not(None)
_HELD_BY = ticket.c.holder.is_not(None)
TICKET_LINE = Index(
    "ticket_line",
    *(ticket.c.hall_id, ticket.c.day, ticket.c.service_id, ticket.c.due_ms, ticket.c.id),
    sqlite_where=_IN_LINE,
    postgresql_where=_IN_LINE,
)
TICKET_ASIDE = Index(
    "ticket_aside",
    *(ticket.c.hall_id, ticket.c.day, ticket.c.window),
    sqlite_where=_ASIDE,
    postgresql_where=_ASIDE,
)
TICKET_CALLS = Index(
    "ticket_calls",
    *(ticket.c.hall_id, ticket.c.day, ticket.c.called_at),
    sqlite_where=_CALLED,
    postgresql_where=_CALLED,
)
TICKET_HOLDER = Index(
    "ticket_holder",
    *(ticket.c.hall_id, ticket.c.day, ticket.c.holder),
    sqlite_where=_HELD_BY,
    postgresql_where=_HELD_BY,
)

superseded_number = Table(
    "superseded_number",
    metadata,
    Column("hall_id", _Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("prefix", String(1), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("ticket_id", _Id, nullable=False),
    Column("at", Moment, nullable=False),
)

ticket_change = Table(
    "ticket_change",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("ticket_id", _Id, ForeignKey("ticket.ticket_id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", _Id, nullable=False),
    Column("line", String(8), nullable=False),
    Column("from_state", String(20), nullable=False),
    Column("to_state", String(20), nullable=False),
    Column("service_id", _Id),
    Column("window", String(8)),
    Column("reason", String(200), nullable=False),
    Index("ticket_change_of", "ticket_id", "id"),
)

PERSONAL = (
    "name",
    "latin_name",
    "sex",
    "birth",
    "number",
    "ethnicity",
    "address",
    "issuer",
    "valid_from",
    "valid_to",
    "nationality",
)
"""columns of an application that are sealed"""

application = Table(
    "application",
    metadata,
    Column("application_id", _Id, primary_key=True),
    Column("machine_id", _Id, nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("form_version", String(200), nullable=False),
    Column("language", String(200), nullable=False),
    Column("card_kind", _Id, nullable=False),
    Column("holder", _Id),
    Column("request_hash", LargeBinary, nullable=False),
    *(Column(name, LargeBinary, nullable=False) for name in PERSONAL),
    Index("application_holder", "holder", "received_at"),
)
"""`holder` is a keyed hash of the number, by which its owner's applications are found"""

application_field = Table(
    "application_field",
    metadata,
    Column("application_id", _Id, ForeignKey("application.application_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("name", _Id, primary_key=True),
    Column("kind", _Id, nullable=False),
    Column("value", LargeBinary, nullable=False),
)
