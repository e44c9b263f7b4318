"""Ratings: requests, ratings, follow-ups, staff."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only."""
    _staff()
    _staff_doings()
    _terminals()
    _requests()
    _given()
    _counts()
    _follow_ups()
    _call_backs()


def _staff() -> None:
    op.create_table(
        "staff_account",
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("login", sa.String(length=64), nullable=False),
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("password", sa.String(length=200)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
        sa.Column("code_hash", sa.LargeBinary()),
        sa.Column("code_until", sa.DateTime(timezone=True)),
        sa.Column("photo", sa.LargeBinary()),
        sa.Column("photo_version", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("account_id"),
        sa.UniqueConstraint("login", name="staff_login"),
        sa.UniqueConstraint("hall_id", "number", name="staff_number"),
    )


def _staff_doings() -> None:
    op.create_table(
        "staff_session",
        sa.Column("session_hash", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("form_token", sa.String(length=64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("session_hash"),
        sa.ForeignKeyConstraint(["account_id"], ["staff_account.account_id"]),
    )
    op.create_index("staff_session_of", "staff_session", ["account_id"], unique=False)
    op.create_table(
        "staff_record",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject_table", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.String(length=128), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("staff_record_by_day", "staff_record", ["at"], unique=False)


def _terminals() -> None:
    op.create_table(
        "rating_terminal",
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("window_name", sa.String(length=20), nullable=False),
        sa.Column("secret_hash", sa.LargeBinary(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_place", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("machine_id"),
    )
    op.create_index(
        "rating_terminal_at", "rating_terminal", ["hall_id", "window_name"], unique=False
    )
    op.create_table(
        "rating_terminal_move",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("window_name", sa.String(length=20), nullable=False),
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "rating_terminal_move_by_day", "rating_terminal_move", ["hall_id", "day"], unique=False
    )


def _requests() -> None:
    op.create_table(
        "rating_request",
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("window_name", sa.String(length=20), nullable=False),
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("clerk_id", sa.String(length=64), nullable=False),
        sa.Column("case_kind", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("service_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("token", sa.LargeBinary()),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("request_id"),
    )
    op.create_index("rating_request_at", "rating_request", ["machine_id", "state"], unique=False)
    op.create_index("rating_request_by_day", "rating_request", ["hall_id", "day"], unique=False)
    op.create_index(
        "rating_request_of_case",
        "rating_request",
        ["case_kind", "case_id", "service_id"],
        unique=False,
    )
    op.create_index("rating_request_open", "rating_request", ["state", "closes_at"], unique=False)


def _given() -> None:
    op.create_table(
        "rating",
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("window_name", sa.String(length=20), nullable=False),
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("clerk_id", sa.String(length=64), nullable=False),
        sa.Column("case_kind", sa.String(length=20), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("service_id", sa.String(length=64), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("options_version", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("after_ms", sa.Integer(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rating_request.request_id"],
        ),
        sa.PrimaryKeyConstraint("request_id"),
        sa.UniqueConstraint("case_kind", "case_id", "service_id", name="rating_once"),
    )
    op.create_index("rating_at_machine", "rating", ["machine_id", "given_at"], unique=False)
    op.create_index("rating_by_day", "rating", ["hall_id", "day"], unique=False)


def _counts() -> None:
    op.create_table(
        "rating_day",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("window_name", sa.String(length=20), nullable=False),
        sa.Column("clerk_id", sa.String(length=64), nullable=False),
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("silent", sa.Integer(), nullable=False),
        sa.Column("stars_5", sa.Integer(), nullable=False),
        sa.Column("stars_4", sa.Integer(), nullable=False),
        sa.Column("stars_3", sa.Integer(), nullable=False),
        sa.Column("stars_2", sa.Integer(), nullable=False),
        sa.Column("stars_1", sa.Integer(), nullable=False),
        sa.Column("quick", sa.Integer(), nullable=False),
        sa.Column("burst", sa.Integer(), nullable=False),
        sa.Column("clock_off", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall_id", "day", "window_name", "clerk_id", "machine_id"),
    )
    op.create_table(
        "rating_reason_day",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hall_id", "day", "code"),
    )


def _follow_ups() -> None:
    op.create_table(
        "follow_up",
        sa.Column("follow_up_id", sa.String(length=64), nullable=False),
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("contact_due", sa.Date(), nullable=False),
        sa.Column("close_due", sa.Date(), nullable=False),
        sa.Column("contacted_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("appealed_by", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.LargeBinary()),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["rating.request_id"],
        ),
        sa.PrimaryKeyConstraint("follow_up_id"),
    )
    op.create_index(
        "follow_up_by_state", "follow_up", ["hall_id", "state", "close_due"], unique=False
    )
    op.create_table(
        "follow_up_step",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("follow_up_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["follow_up_id"],
            ["follow_up.follow_up_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("follow_up_step_of", "follow_up_step", ["follow_up_id", "id"], unique=False)


def _call_backs() -> None:
    op.create_table(
        "call_back",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["request_id"],
            ["rating_request.request_id"],
        ),
        sa.PrimaryKeyConstraint("hall_id", "day", "position"),
    )
    op.create_table(
        "call_back_draw",
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hall_id", "day"),
    )
