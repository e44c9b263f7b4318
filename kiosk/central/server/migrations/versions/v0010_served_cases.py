"""Every served case has a row, rated or not; call-backs are drawn from these."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ID = sa.String(length=64)
_KEPT_DAYS = 31
"""of old requests: nobody takes up an older case again, and no older list is drawn any more"""
_EARLIEST = (
    "NOT EXISTS (SELECT 1 FROM rating_request AS other"
    " WHERE other.case_kind = one.case_kind AND other.case_id = one.case_id"
    " AND other.service_id = one.service_id AND (other.asked_at < one.asked_at"
    " OR (other.asked_at = one.asked_at AND other.request_id < one.request_id)))"
)
_FILL = (
    "INSERT INTO served_case (served_id, hall_id, day, window_name, machine_id, clerk_id,"
    " case_kind, case_id, service_id, served_at, counted_at)"
    " SELECT DISTINCT one.request_id, one.hall_id, one.day, one.window_name, one.machine_id,"
    " one.clerk_id, one.case_kind, one.case_id, one.service_id, one.asked_at, one.asked_at FROM "
)
_LATELY = f"{_FILL} rating_request AS one WHERE one.day >= :since AND {_EARLIEST}"
_DRAWN_BEFORE = (
    f"{_FILL} call_back AS drawn"
    " JOIN rating_request AS asked ON asked.request_id = drawn.request_id"
    " JOIN rating_request AS one ON one.case_kind = asked.case_kind"
    " AND one.case_id = asked.case_id AND one.service_id = asked.service_id"
    f" WHERE one.day < :since AND {_EARLIEST}"
)
_DRAWN = (
    "SELECT drawn.hall_id, drawn.day, drawn.position, kept.served_id, drawn.seed, drawn.outcome,"
    " drawn.account_id, drawn.done_at FROM call_back AS drawn"
    " JOIN rating_request AS asked ON asked.request_id = drawn.request_id"
    " JOIN served_case AS kept ON kept.case_kind = asked.case_kind"
    " AND kept.case_id = asked.case_id"
    " AND kept.service_id = asked.service_id"
)


def upgrade() -> None:
    """Forward only; a case that was asked about before keeps its request's id."""
    op.add_column("ticket", sa.Column("person", _ID, nullable=True))
    op.create_table(
        "served_case",
        sa.Column("served_id", _ID, nullable=False),
        sa.Column("hall_id", _ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("window_name", sa.String(length=20), nullable=False),
        sa.Column("machine_id", _ID, nullable=False),
        sa.Column("clerk_id", _ID, nullable=False),
        sa.Column("case_kind", sa.String(length=20), nullable=False),
        sa.Column("case_id", _ID, nullable=False),
        sa.Column("service_id", _ID, nullable=False),
        sa.Column("person", _ID, nullable=True),
        sa.Column("served_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("served_id"),
        sa.UniqueConstraint("case_kind", "case_id", "service_id", name="served_once"),
    )
    op.create_index("served_case_by_day", "served_case", ["hall_id", "day"], unique=False)
    _fill()
    _draw_from_served()


def _fill() -> None:
    newest = op.get_bind().execute(
        sa.text("SELECT max(day) AS day FROM rating_request").columns(day=sa.Date())
    )
    last = newest.scalar()
    if last is None:
        return
    for these in (_LATELY, _DRAWN_BEFORE):
        fill = sa.text(these).bindparams(sa.bindparam("since", type_=sa.Date()))
        op.get_bind().execute(fill, {"since": last - timedelta(days=_KEPT_DAYS)})


def _draw_from_served() -> None:
    # SQLite changes no foreign key in place; ten rows a day are soon written anew.
    at = sa.DateTime(timezone=True)
    typed = sa.text(_DRAWN).columns(day=sa.Date(), done_at=at)
    kept = [dict(row) for row in op.get_bind().execute(typed).mappings()]
    op.drop_table("call_back")
    table = op.create_table(
        "call_back",
        sa.Column("hall_id", _ID, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("served_id", _ID, nullable=False),
        sa.Column("seed", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("account_id", _ID, nullable=False),
        sa.Column("done_at", at),
        sa.ForeignKeyConstraint(["served_id"], ["served_case.served_id"]),
        sa.PrimaryKeyConstraint("hall_id", "day", "position"),
    )
    assert table is not None, "made above"
    op.bulk_insert(table, kept)
