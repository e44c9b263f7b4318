"""The halls' suggestions boxes."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ID = sa.String(length=64)


def upgrade() -> None:
    """Forward only."""
    op.create_table(
        "suggestion",
        sa.Column("suggestion_id", _ID, nullable=False),
        sa.Column("hall_id", _ID, nullable=False),
        sa.Column("machine_id", _ID, nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("phone", sa.LargeBinary(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", _ID, nullable=True),
        sa.PrimaryKeyConstraint("suggestion_id"),
    )
    op.create_index("suggestion_by_day", "suggestion", ["hall_id", "received_at"], unique=False)
