"""Rows of an earlier schema go on living when a newer server starts, on both engines."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, insert

from kiosk.central.server import migrate
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.database import Database
from kiosk.central.server.ratings import follow_up_views, follow_ups, tables
from kiosk.central.server.sealing import FieldSealer
from kiosk.central.server.staff.tables import staff_account
from kiosk.domain.follow_up import FollowUpAct
from tests.kit.central import FIELD_KEY, HALL, RunningCentral
from tests.kit.pages import staffed
from tests.kit.ratings import counted, finish, reopen

PHONE = "13900000000"
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)
WHERE = {
    "hall_id": HALL,
    "day": DAY,
    "window_name": "1",
    "machine_id": "e-1",
    "clerk_id": "s-clerk",
    "case_kind": "window",
    "case_id": "t-old",
    "service_id": "passport",
}


def at_revision(address: str, revision: str, rows: dict[str, list[dict[str, Any]]]) -> None:
    """A database as an earlier server left it."""
    database = Database(address)
    config = Config()
    folder = Path(migrate.__file__).with_name("migrations")
    config.set_main_option("script_location", str(folder))
    with database.transaction() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for name, some in rows.items():
            put(connection, name, some)
    database.close()


def put(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    """Rows into a table as it is in the database."""
    connection.execute(insert(Table(name, MetaData(), autoload_with=connection)), rows)


def asked(request_id: str, state: str, **changes: Any) -> dict[str, Any]:
    times = {"asked_at": AT, "closes_at": AT}
    return {
        **WHERE,
        "request_id": request_id,
        "state": state,
        "token_hash": b"",
        **times,
        **changes,
    }


def bad_rating(request_id: str, /, **changes: Any) -> dict[str, list[dict[str, Any]]]:
    """A bad rating and its follow-up with a number to call, by table."""
    answer = {"level": "dissatisfied", "reasons": ["attitude"], "options_version": "2026.11"}
    times = {"given_at": AT, "claimed_at": AT, "received_at": AT, "after_ms": 5000}
    case = {**WHERE, "case_id": f"t-{request_id}"}
    rating = {**case, **answer, **times, "request_id": request_id, "language": ""}
    follow_up = {
        "hall_id": HALL,
        "state": "open",
        "outcome": "",
        "opened_at": AT,
        "contact_due": DAY,
        "close_due": DAY,
        "appealed_by": "",
        "phone": FieldSealer(FIELD_KEY).seal("follow_up", request_id, "phone", PHONE),
        **changes,
    }
    return {
        "rating_request": [asked(request_id, "rated", case_id=f"t-{request_id}")],
        "rating": [{**rating, "fingerprint": b""}],
        "follow_up": [follow_up],
    }


@pytest.fixture
def before(central_database: str) -> str:
    """A database of the schema before follow-ups had ids of their own, with a bad rating in it."""
    at_revision(central_database, "0007", bad_rating("r-old", follow_up_id="r-old"))
    return central_database


def test_an_old_list_of_call_backs_still_names_the_cases_it_was_drawn_from(
    central_database: str,
) -> None:
    requests = [
        asked("r-1", "silent", case_id="t-1"),
        asked("r-1-anew", "rated", case_id="t-1", asked_at=AT + timedelta(hours=1)),
        asked("r-2", "withdrawn", case_id="t-2"),
        asked("r-3", "silent", case_id="t-3", day=DAY - timedelta(days=400)),
    ]
    key = {"hall_id": HALL, "day": DAY, "seed": f"{HALL} {DAY}"}
    draw = {**key, "served": 2, "drawn_at": AT}
    done = {"outcome": "satisfied", "account_id": "s-boss", "done_at": AT}
    not_yet = {"outcome": "", "account_id": "", "done_at": None}
    drawn = [
        {**key, "position": 1, "request_id": "r-1-anew", **done},
        {**key, "position": 2, "request_id": "r-3", **not_yet},
    ]
    at_revision(
        central_database,
        "0007",
        {"rating_request": requests, "call_back_draw": [draw], "call_back": drawn},
    )
    with RunningCentral(central_database) as central:
        rows = sorted(central.rows(tables.call_back), key=lambda one: one["position"])
        assert [one["served_id"] for one in rows] == ["r-1", "r-3"]
        assert [one["done_at"] for one in rows] == [AT, None]
        served = {one["served_id"]: one["case_id"] for one in central.rows(tables.served_case)}
        assert served == {"r-1": "t-1", "r-2": "t-2", "r-3": "t-3"}
        reopen(central, "t-1")
        finish(central, "t-1", "5")
        assert counted(central) == {}  # counted before there were rows of its own


def test_an_old_follow_up_gets_an_id_of_its_own_and_goes_on(before: str) -> None:
    with RunningCentral(before) as central:
        staffed(central)
        office = central.office
        (made,) = central.rows(tables.follow_up)
        assert made["request_id"] == "r-old"
        assert made["follow_up_id"].startswith("f-")
        assert len(made["follow_up_id"]) == 34
        which = made["follow_up_id"]
        (account, *_others) = central.rows(staff_account)
        boss = Actor(account["account_id"], "测试", "4200", Role.SUPERVISOR, HALL, "token")
        with office.database.transaction() as connection:
            assert follow_ups.phone_of(connection, office, boss, which) == PHONE
            follow_ups.act(connection, office, boss, which, (FollowUpAct.REACHED, "接通"))
        with office.database.transaction() as connection:
            seen, (step,) = follow_up_views.one(connection, office, boss, which)
        assert (seen.level, seen.contacted, step.note) == ("dissatisfied", True, "接通")


def test_numbers_of_what_was_closed_before_are_wiped(central_database: str) -> None:
    states = {
        "open": {},
        "closed": {"outcome": "fixed"},
        "nobody": {"state": "closed", "outcome": "fixed", "phone": None},
    }
    rows: dict[str, list[dict[str, Any]]] = {}
    for name, changes in states.items():
        key = {"request_id": name, "follow_up_id": f"f-{name}", "state": name}
        for table, some in bad_rating(name, **{**key, **changes}).items():
            rows.setdefault(table, []).extend(some)
    at_revision(central_database, "0010", rows)
    with RunningCentral(central_database) as central:
        kept = {one["request_id"]: one["phone"] for one in central.rows(tables.follow_up)}
        opened = central.office.sealer.unseal("follow_up", "open", "phone", kept.pop("open"))
    assert opened == PHONE
    assert kept == {"closed": b"", "nobody": None}
