"""A follow-up has an id of its own: that of its request stands in events with their exact time."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_RANDOM = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "replace(CAST(gen_random_uuid() AS TEXT), '-', '')",
}


def upgrade() -> None:
    """Forward only; what is sealed stays bound to the request, whose id it was sealed with."""
    for table in ("follow_up", "follow_up_step"):
        op.alter_column(table, "follow_up_id", new_column_name="request_id")
    op.add_column(
        "follow_up",
        sa.Column("follow_up_id", sa.String(length=64), nullable=False, server_default=""),
    )
    value = _RANDOM[op.get_bind().dialect.name]
    op.execute(f"UPDATE follow_up SET follow_up_id = 'f-' || {value}")  # noqa: S608 - our own words
    op.create_index("follow_up_named", "follow_up", ["follow_up_id"], unique=True)
