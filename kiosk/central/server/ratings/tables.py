"""Tables of ratings and what becomes of them."""

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
from sqlalchemy import UniqueConstraint as Unique

from kiosk.central.server.tables import Moment, Serial, metadata

_Id = String(64)
_Window = String(20)

terminal = Table(
    "rating_terminal",
    metadata,
    Column("machine_id", _Id, primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("window_name", _Window, nullable=False),
    Column("secret_hash", LargeBinary, nullable=False),
    Column("bound_at", Moment, nullable=False),
    Column("in_place", Boolean, nullable=False),
    Index("rating_terminal_at", "hall_id", "window_name"),
)
"""`in_place` for the newest at its window"""

terminal_move = Table(
    "rating_terminal_move",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("window_name", _Window, nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("at", Moment, nullable=False),
    Index("rating_terminal_move_by_day", "hall_id", "day"),
)

CASE = ("case_kind", "case_id", "service_id")
"""what is rated once: a ticket's visit for one service, or a machine's errand"""

request = Table(
    "rating_request",
    metadata,
    Column("request_id", _Id, primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("window_name", _Window, nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("clerk_id", _Id, nullable=False),
    Column("case_kind", String(20), nullable=False),
    Column("case_id", _Id, nullable=False),
    Column("service_id", _Id, nullable=False),
    Column("token_hash", LargeBinary, nullable=False),
    Column("token", LargeBinary),
    Column("state", String(20), nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Index("rating_request_of_case", *CASE),
    Index("rating_request_open", "state", "closes_at"),
    Index("rating_request_by_day", "hall_id", "day"),
    Index("rating_request_at", "machine_id", "state"),
)
"""`token` is sealed, and there only while central must still hand it to a terminal"""

rating = Table(
    "rating",
    metadata,
    Column("request_id", _Id, ForeignKey("rating_request.request_id"), primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("window_name", _Window, nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("clerk_id", _Id, nullable=False),
    Column("case_kind", String(20), nullable=False),
    Column("case_id", _Id, nullable=False),
    Column("service_id", _Id, nullable=False),
    Column("level", String(20), nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("options_version", String(60), nullable=False),
    Column("language", String(20), nullable=False),
    Column("given_at", Moment, nullable=False),
    Column("after_ms", Integer, nullable=False),
    Column("claimed_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("fingerprint", LargeBinary, nullable=False),
    Unique(*CASE, name="rating_once"),
    Index("rating_by_day", "hall_id", "day"),
    Index("rating_at_machine", "machine_id", "given_at"),
)
"""`given_at` is central's reckoning, `claimed_at` what the machine's wall clock said"""

served_case = Table(
    "served_case",
    metadata,
    Column("served_id", _Id, primary_key=True),
    Column("hall_id", _Id, nullable=False),
    Column("day", Date, nullable=False),
    Column("window_name", _Window, nullable=False),
    Column("machine_id", _Id, nullable=False),
    Column("clerk_id", _Id, nullable=False),
    Column("case_kind", String(20), nullable=False),
    Column("case_id", _Id, nullable=False),
    Column("service_id", _Id, nullable=False),
    Column("person", _Id),
    Column("served_at", Moment, nullable=False),
    Column("counted_at", Moment, nullable=False),
    Unique(*CASE, name="served_once"),
    Index("served_case_by_day", "hall_id", "day"),
)
"""never changed; `person` is a keyed hash, `counted_at` when central heard of the case"""

rating_day = Table(
    "rating_day",
    metadata,
    Column("hall_id", _Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("window_name", _Window, primary_key=True),
    Column("clerk_id", _Id, primary_key=True),
    Column("machine_id", _Id, primary_key=True),
    Column("served", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("silent", Integer, nullable=False),
    Column("stars_5", Integer, nullable=False),
    Column("stars_4", Integer, nullable=False),
    Column("stars_3", Integer, nullable=False),
    Column("stars_2", Integer, nullable=False),
    Column("stars_1", Integer, nullable=False),
    Column("quick", Integer, nullable=False),
    Column("burst", Integer, nullable=False),
    Column("clock_off", Integer, nullable=False),
)
"""kept in the transaction of the case, request or rating that it counts"""

reason_day = Table(
    "rating_reason_day",
    metadata,
    Column("hall_id", _Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("code", String(60), primary_key=True),
    Column("n", Integer, nullable=False),
)

follow_up = Table(
    "follow_up",
    metadata,
    Column("request_id", _Id, ForeignKey("rating.request_id"), primary_key=True),
    Column("follow_up_id", _Id, nullable=False, server_default=""),
    Column("hall_id", _Id, nullable=False),
    Column("state", String(20), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("contact_due", Date, nullable=False),
    Column("close_due", Date, nullable=False),
    Column("contacted_at", Moment),
    Column("closed_at", Moment),
    Column("appealed_by", _Id, nullable=False),
    Column("phone", LargeBinary),
    Index("follow_up_by_state", "hall_id", "state", "close_due"),
    Index("follow_up_named", "follow_up_id", unique=True),
)
"""`phone` is sealed, there only if the citizen asked for a call, and empty once it is closed

Staff know a follow-up by `follow_up_id`, which is random; `request_id` never leaves the server.
"""

follow_up_step = Table(
    "follow_up_step",
    metadata,
    Column("id", Serial, primary_key=True),
    Column("request_id", _Id, ForeignKey("follow_up.request_id"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("account_id", _Id, nullable=False),
    Column("act", String(20), nullable=False),
    Column("state", String(20), nullable=False),
    Column("note", LargeBinary, nullable=False),
    Index("follow_up_step_of", "request_id", "id"),
)
"""`note` is sealed: what somebody types about a call may be personal"""

call_back = Table(
    "call_back",
    metadata,
    Column("hall_id", _Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("served_id", _Id, ForeignKey("served_case.served_id"), nullable=False),
    Column("seed", String(80), nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("account_id", _Id, nullable=False),
    Column("done_at", Moment),
)

call_back_draw = Table(
    "call_back_draw",
    metadata,
    Column("hall_id", _Id, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("seed", String(80), nullable=False),
    Column("served", Integer, nullable=False),
    Column("drawn_at", Moment, nullable=False),
)
"""once per hall and day, also when nobody was served; `served` is how many citizens there were"""
