"""Numbers to call have no further use once a follow-up is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward only; an empty number still says that its citizen asked for a call."""
    wipe = sa.text(
        "UPDATE follow_up SET phone = :gone WHERE state = 'closed' AND phone IS NOT NULL"
    )
    op.get_bind().execute(wipe.bindparams(sa.bindparam("gone", b"", type_=sa.LargeBinary())))
