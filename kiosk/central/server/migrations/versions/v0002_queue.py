"""The queue: places of tickets, windows, events; bookings and notices."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ID = sa.String(length=64)


def upgrade() -> None:
    """Forward only; each area makes its own tables in its own function."""
    _places()
    _changes()
    _lines()
    _windows()
    _file_errors()
    _events()
    _bookings()
    _notices()


def _places() -> None:
    """Tickets of before stand where they were taken; those of past days never wait again."""
    for column in (
        sa.Column("ticket_class", sa.String(length=20), nullable=False, server_default="ordinary"),
        sa.Column("need", sa.String(length=40), nullable=True),
        sa.Column("queue_state", sa.String(length=20), nullable=False, server_default="finished"),
        sa.Column("services_left", sa.JSON(), nullable=False, server_default="[]"),
        sa.Column("place_ms", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("due_ms", sa.BigInteger(), nullable=True),
        sa.Column("window", sa.String(length=8), nullable=True),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("times_called", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("returns", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("holder", _ID, nullable=True),
    ):
        op.add_column("ticket", column)


def _changes() -> None:
    # Alembic would rebuild the whole table on SQLite, which has known this statement since 3.25.
    op.execute("ALTER TABLE ticket_change RENAME COLUMN machine_id TO actor")
    for column in (
        sa.Column("line", sa.String(length=8), nullable=False, server_default="paper"),
        sa.Column("service_id", _ID, nullable=True),
        sa.Column("window", sa.String(length=8), nullable=True),
    ):
        op.add_column("ticket_change", column)


def _lines() -> None:
    op.drop_index("ticket_queue", table_name="ticket")
    for name, columns, condition in (
        ("ticket_line", ("service_id", "due_ms", "id"), "due_ms IS NOT NULL"),
        ("ticket_aside", ("window",), "queue_state IN ('held', 'no_show')"),
        ("ticket_calls", ("called_at",), "called_at IS NOT NULL"),
        ("ticket_holder", ("holder",), "holder IS NOT NULL"),
    ):
        op.create_index(
            name,
            "ticket",
            ["hall_id", "day", *columns],
            unique=False,
            sqlite_where=sa.text(condition),
            postgresql_where=sa.text(condition),
        )


def _windows() -> None:
    op.create_table(
        "window",
        sa.Column("hall_id", _ID, nullable=False),
        sa.Column("window", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("staff_id", _ID, nullable=True),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("ticket_id", _ID, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.ticket_id"]),
        sa.PrimaryKeyConstraint("hall_id", "window"),
    )


def _file_errors() -> None:
    op.create_table(
        "file_error",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("ticket_id", _ID, nullable=False),
        sa.Column("application_id", _ID, nullable=True),
        sa.Column("hall_id", _ID, nullable=False),
        sa.Column("window", sa.String(length=8), nullable=False),
        sa.Column("machine_id", _ID, nullable=False),
        sa.Column("staff_id", _ID, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_id"], ["ticket.ticket_id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("file_error_by_day", "file_error", ["hall_id", "day"], unique=False)


def _events() -> None:
    op.create_table(
        "event",
        sa.Column("event_id", _SERIAL, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("hall_id", _ID, nullable=False),
        sa.Column("subject", _ID, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("event_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("event_by_age", "event", ["at"], unique=False)


def _bookings() -> None:
    op.create_table(
        "booking_slot",
        sa.Column("hall_id", _ID, nullable=False),
        sa.Column("service_id", _ID, nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall_id", "service_id", "starts_at"),
    )
    op.create_table(
        "booking",
        sa.Column("booking_id", _ID, nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("hall_id", _ID, nullable=False),
        sa.Column("service_id", _ID, nullable=False),
        sa.Column("services", sa.JSON(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("holder", _ID, nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("ticket_id", _ID, nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("booking_id"),
    )
    op.create_index("booking_code", "booking", ["code", "day"], unique=True)
    op.create_index("booking_holder", "booking", ["holder", "day"], unique=False)
    op.create_index("booking_day", "booking", ["day"], unique=False)
    op.create_index(
        "booking_once_a_day",
        "booking",
        ["holder", "day"],
        unique=True,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )


def _notices() -> None:
    op.create_table(
        "notice",
        sa.Column("notice_id", _ID, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("hall_id", _ID, nullable=True),
        sa.Column("titles", sa.JSON(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", _ID, nullable=False),
        sa.PrimaryKeyConstraint("notice_id"),
    )
