"""How far documents are: one row per document and per change; applications found by holder."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_ID = sa.String(length=64)


def upgrade() -> None:
    """Forward only."""
    _documents()
    _changes()
    # Only the server has the key: it fills in the holders of old applications when it starts.
    op.add_column("application", sa.Column("holder", _ID, nullable=True))
    op.create_index("application_holder", "application", ["holder", "received_at"], unique=False)


def _documents() -> None:
    op.create_table(
        "application_document",
        sa.Column("application_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", _ID, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lacks", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["application.application_id"]),
        sa.PrimaryKeyConstraint("application_id", "position"),
    )
    op.execute(
        """INSERT INTO application_document(application_id, position, kind, state, changed_at)
           SELECT DISTINCT application_field.application_id, position, kind, state, received_at
           FROM application_field JOIN application
               ON application.application_id = application_field.application_id"""
    )
    # The state of the whole said no more than this; Alembic would rebuild the table on SQLite,
    # which has known this statement since 3.35.
    op.execute("ALTER TABLE application DROP COLUMN state")


def _changes() -> None:
    op.create_table(
        "application_change",
        sa.Column("id", _SERIAL, nullable=False),
        sa.Column("application_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", _ID, nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=False),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("lacks", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.application_id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "application_change_of", "application_change", ["application_id", "id"], unique=False
    )
