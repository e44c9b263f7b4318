"""A ticket remembers that it uses a booking, whatever class a need gives it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only."""
    op.add_column(
        "ticket", sa.Column("booked", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "UPDATE ticket SET booked = true"
        " WHERE ticket_id IN (SELECT ticket_id FROM booking WHERE state = 'used')"
    )
