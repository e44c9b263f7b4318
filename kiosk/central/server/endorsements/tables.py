"""Tables of permits, orders, payments and cases; `migrations` v0003 makes them."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
)

from kiosk.central.server.tables import Moment, metadata

_Id = String(64)
_Text = String(200)

permit = Table(
    "permit",
    metadata,
    Column("permit_id", _Id, primary_key=True),
    Column("person", _Id, nullable=False),
    Column("permit_number", LargeBinary, nullable=False),
    Column("name", LargeBinary, nullable=False),
    Column("birth", LargeBinary, nullable=False),
    Column("household", LargeBinary, nullable=False),
    Column("residence", LargeBinary, nullable=False),
    Column("finger_template", LargeBinary, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("filed_unit", Boolean, nullable=False),
    Column("restricted", Boolean, nullable=False),
    Index("permit_of_person", "person", "valid_until"),
)
"""`permit_id` and `person` are keyed hashes of the numbers, so that both can be looked up"""

PERMIT_SEALED = ("permit_number", "name", "birth", "household", "residence", "finger_template")

endorsement = Table(
    "endorsement",
    metadata,
    Column("number", _Id, primary_key=True),
    Column("permit_id", _Id, ForeignKey("permit.permit_id"), nullable=False),
    Column("destination", String(3), nullable=False),
    Column("kind", String(1), nullable=False),
    Column("entries", Integer, nullable=False),
    Column("entries_left", Integer),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("used", Boolean, nullable=False),
    Column("order_id", _Id),
    Column("cancelled_by", _Id),
    Index("endorsement_of_permit", "permit_id", "valid_until"),
)

endorsement_order = Table(
    "endorsement_order",
    metadata,
    Column("order_id", _Id, primary_key=True),
    Column("request_hash", LargeBinary, nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("permit_id", _Id, ForeignKey("permit.permit_id"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("said", JSON, nullable=False),
    Column("proofs", JSON, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("approved_until", Moment),
    Column("confirmed_at", Moment),
    Column("face_verified", Boolean),
    Column("void_reason", _Text, nullable=False),
    Index("order_of_permit", "permit_id", "decided_at"),
    Index("order_by_state", "state", "approved_until"),
)
"""`said` is what was decided: fee items, granted, cancels, turned, slip number"""

payment = Table(
    "payment",
    metadata,
    Column("payment_id", _Id, primary_key=True),
    Column("order_id", _Id, nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("means", String(20), nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reason", _Text, nullable=False),
    Column("terminal_reference", _Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index("payment_of_order", "order_id"),
    Index("payment_by_state", "state", "changed_at"),
)

endorsement_counter = Table(
    "endorsement_counter",
    metadata,
    Column("day", Date, primary_key=True),
    Column("n", Integer, nullable=False),
)

machine_case = Table(
    "machine_case",
    metadata,
    Column("case_id", _Id, primary_key=True),
    Column("machine_id", _Id, nullable=False),
    Column("hall_id", _Id, nullable=False),
    Column("order_id", _Id),
    Column("kind", _Text, nullable=False),
    Column("amount_fen", Integer, nullable=False),
    Column("card_inside", Boolean, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closed_at", Moment),
    Column("close_reason", _Text, nullable=False),
    Column("operator", _Text, nullable=False),
    Index("machine_case_open", "closed_at", "hall_id"),
)

gateway_charge = Table(
    "gateway_charge",
    metadata,
    Column("payment_id", _Id, primary_key=True),
    Column("amount_fen", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("at", Moment, nullable=False),
)
"""the stand-in's own book, apart from ours as a real gateway's would be"""

gateway_setting = Table(
    "gateway_setting",
    metadata,
    Column("name", _Id, primary_key=True),
    Column("value", _Text, nullable=False),
)
