"""Fills a database with years of ratings, with their counts and follow-ups."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, bindparam, select, text

from kiosk.central.server.database import Database
from kiosk.central.server.ratings.tables import follow_up, rating
from kiosk.central.server.staff.tables import staff_account

_PER_DAY = 1_000
_WINDOWS = 6
_OPEN_DAYS = 5
_ROWS = "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < :last) "
_AT = bindparam("at", type_=rating.c.given_at.type)
_DAY = bindparam("day", type_=rating.c.day.type)
_WINDOW = f"CAST(i % {_WINDOWS} + 1 AS VARCHAR(20))"
_CLERK = "CASE WHEN i % 2 = 0 THEN :even ELSE :odd END"
_NAME = "CAST(:name AS VARCHAR(40)) || '-' || i"
_REQUESTS = text(
    _ROWS + "INSERT INTO rating_request"  # noqa: S608 - our own words and numbers
    " (request_id, hall_id, day, window_name, machine_id,"
    " clerk_id, case_kind, case_id, service_id, token_hash, state, asked_at, closes_at)"
    f" SELECT {_NAME}, :hall, :day, {_WINDOW}, 'e-' || (i % {_WINDOWS} + 1), {_CLERK},"
    f" 'window', {_NAME}, 'passport', :hash, 'rated', :at, :at FROM n"
).bindparams(_AT, _DAY)
_RATINGS = (
    _ROWS + "INSERT INTO rating"  # noqa: S608 - our own words and numbers
    " (request_id, hall_id, day, window_name, machine_id, clerk_id,"
    " case_kind, case_id, service_id, level, reasons, options_version, language, given_at,"
    " after_ms, claimed_at, received_at, fingerprint)"
    " SELECT request_id, hall_id, day, window_name, machine_id, clerk_id, case_kind, case_id,"
    " service_id, CASE WHEN i < 620 THEN 'very_satisfied' WHEN i < 870 THEN 'satisfied'"
    " WHEN i < 960 THEN 'fairly_satisfied' WHEN i < 990 THEN 'dissatisfied'"
    " ELSE 'very_dissatisfied' END, {reasons}, '2026.11', 'zh_CN', asked_at, 5000, asked_at,"
    f" asked_at, token_hash FROM rating_request JOIN n ON request_id = {_NAME}"
)
_LIST = {"sqlite": "'[\"other\"]'", "postgresql": "CAST('[\"other\"]' AS JSON)"}
_SERVED = text(
    "INSERT INTO served_case (served_id, hall_id, day, window_name, machine_id, clerk_id,"
    " case_kind, case_id, service_id, served_at, counted_at)"
    " SELECT 's-' || request_id, hall_id, day, window_name, machine_id, clerk_id,"
    " case_kind, case_id, service_id, asked_at, asked_at FROM rating_request"
    " WHERE hall_id = :hall AND day = :day"
).bindparams(_DAY)
_COUNTS = text(
    "INSERT INTO rating_day (hall_id, day, window_name, clerk_id, machine_id, served, asked,"
    " silent, stars_5, stars_4, stars_3, stars_2, stars_1, quick, burst, clock_off)"
    " SELECT hall_id, day, window_name, clerk_id, machine_id, count(*), count(*), 0,"
    " sum(CASE level WHEN 'very_satisfied' THEN 1 ELSE 0 END),"
    " sum(CASE level WHEN 'satisfied' THEN 1 ELSE 0 END),"
    " sum(CASE level WHEN 'fairly_satisfied' THEN 1 ELSE 0 END),"
    " sum(CASE level WHEN 'dissatisfied' THEN 1 ELSE 0 END),"
    " sum(CASE level WHEN 'very_dissatisfied' THEN 1 ELSE 0 END), 0, 0, 0"
    " FROM rating WHERE hall_id = :hall AND day = :day"
    " GROUP BY hall_id, day, window_name, clerk_id, machine_id"
).bindparams(_DAY)
_REASONS = text(
    "INSERT INTO rating_reason_day (hall_id, day, code, n) VALUES (:hall, :day, 'other', :count)"
).bindparams(_DAY)
_FOLLOW_UPS = text(
    "INSERT INTO follow_up (request_id, follow_up_id, hall_id, state, outcome, opened_at,"
    " contact_due, close_due, appealed_by)"
    " SELECT request_id, 'f-' || request_id, hall_id, :state, :outcome, given_at, :due, :due, ''"
    " FROM rating WHERE hall_id = :hall AND day = :day AND level LIKE '%dissatisfied'"
).bindparams(_DAY, bindparam("due", type_=follow_up.c.close_due.type))


def fill(database: Database, hall_id: str, today: date, count: int) -> None:
    """Put so many ratings, a thousand a day, on the days up to today.

    Args:
        database: with its tables and at least two clerks.
        hall_id: whose.
        today: the last day.
        count: how many ratings.
    """
    with database.transaction() as connection:
        query = select(staff_account.c.account_id).order_by(staff_account.c.number).limit(2)
        even, odd = connection.execute(query).scalars()
    clerks = {"even": even, "odd": odd}
    for back in range(count // _PER_DAY):
        with database.transaction() as connection:
            _fill_day(connection, hall_id, today - timedelta(days=back), back, clerks)
    with database.transaction() as connection:
        connection.execute(text("ANALYZE"))


def _fill_day(
    connection: Connection, hall_id: str, day: date, back: int, clerks: dict[str, str]
) -> None:
    noon = datetime.combine(day, time(4), UTC)
    series = {"last": _PER_DAY - 1, "name": f"seed-{day.isoformat()}"}
    whole = {**series, **clerks, "hall": hall_id, "day": day, "at": noon, "hash": b"0" * 32}
    connection.execute(_REQUESTS, whole)
    connection.execute(text(_RATINGS.replace("{reasons}", _LIST[connection.dialect.name])), series)
    here = {"hall": hall_id, "day": day}
    connection.execute(_SERVED, here)
    connection.execute(_COUNTS, here)
    connection.execute(_REASONS, {**here, "count": _PER_DAY})
    open_still = back < _OPEN_DAYS
    state = {"state": "open" if open_still else "closed", "outcome": "" if open_still else "fixed"}
    connection.execute(_FOLLOW_UPS, {**here, **state, "due": day + timedelta(days=7)})
