"""Endorsements: permits on file, orders, payments, cases, the gateway stand-in."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only."""
    _permits()
    _orders()
    _payments()
    _gateway()
    _cases()


def _permits() -> None:
    op.create_table(
        "permit",
        sa.Column("permit_id", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("permit_number", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("birth", sa.LargeBinary(), nullable=False),
        sa.Column("household", sa.LargeBinary(), nullable=False),
        sa.Column("residence", sa.LargeBinary(), nullable=False),
        sa.Column("finger_template", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("filed_unit", sa.Boolean(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("permit_id"),
    )
    op.create_index("permit_of_person", "permit", ["person", "valid_until"], unique=False)
    op.create_table(
        "endorsement",
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("permit_id", sa.String(length=64), nullable=False),
        sa.Column("destination", sa.String(length=3), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("entries_left", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.Column("order_id", sa.String(length=64), nullable=True),
        sa.Column("cancelled_by", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["permit_id"], ["permit.permit_id"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index(
        "endorsement_of_permit", "endorsement", ["permit_id", "valid_until"], unique=False
    )


def _orders() -> None:
    op.create_table(
        "endorsement_order",
        sa.Column("order_id", sa.String(length=64), nullable=False),
        sa.Column("request_hash", sa.LargeBinary(), nullable=False),
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("permit_id", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("proofs", sa.JSON(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("face_verified", sa.Boolean(), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["permit_id"], ["permit.permit_id"]),
        sa.PrimaryKeyConstraint("order_id"),
    )
    op.create_index(
        "order_by_state", "endorsement_order", ["state", "approved_until"], unique=False
    )
    op.create_index(
        "order_of_permit", "endorsement_order", ["permit_id", "decided_at"], unique=False
    )
    op.create_table(
        "endorsement_counter",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )


def _payments() -> None:
    op.create_table(
        "payment",
        sa.Column("payment_id", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.String(length=64), nullable=False),
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("means", sa.String(length=20), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("terminal_reference", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("payment_id"),
    )
    op.create_index("payment_by_state", "payment", ["state", "changed_at"], unique=False)
    op.create_index("payment_of_order", "payment", ["order_id"], unique=False)


def _gateway() -> None:
    op.create_table(
        "gateway_charge",
        sa.Column("payment_id", sa.String(length=64), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("payment_id"),
    )
    op.create_table(
        "gateway_setting",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("value", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )


def _cases() -> None:
    op.create_table(
        "machine_case",
        sa.Column("case_id", sa.String(length=64), nullable=False),
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("hall_id", sa.String(length=64), nullable=False),
        sa.Column("order_id", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("amount_fen", sa.Integer(), nullable=False),
        sa.Column("card_inside", sa.Boolean(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("close_reason", sa.String(length=200), nullable=False),
        sa.Column("operator", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("case_id"),
    )
    op.create_index("machine_case_open", "machine_case", ["closed_at", "hall_id"], unique=False)
    op.create_table(
        "journal_head",
        sa.Column("machine_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("machine_id", "seq"),
    )
