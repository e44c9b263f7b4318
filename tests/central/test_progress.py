"""How far applications are: clerks move documents, their holders read it at a machine."""

import itertools
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from kiosk.central.server import tables
from kiosk.central.server.progress.papers import HOLDER
from kiosk.central.server.progress.tables import application_change, application_document
from kiosk.central.server.staff.tables import staff_record
from kiosk.domain.progress import STEPS, Progress
from tests.kit.central import HALL, Caller, RunningCentral, application_request
from tests.kit.pages import Browser, Page, staffed

NUMBER = application_request()["identity"]["number"]
PAGE = "/staff/applications"


@pytest.fixture
def clerk(central: RunningCentral) -> Iterator[Browser]:
    staffed(central)
    yield from _signed_in(central, "clerk1")


@pytest.fixture
def supervisor(central: RunningCentral, clerk: Browser) -> Iterator[Browser]:
    del clerk  # the hall has its staff
    yield from _signed_in(central, "supervisor")


def _signed_in(central: RunningCentral, login: str) -> Iterator[Browser]:
    person = Browser(central)
    person.get("/staff/sign-in")
    person.sign_in(login)
    person.get(PAGE)
    yield person
    person.close()


def sent(caller: Caller, application_id: str = "a-1", *kinds: str, **fields: str) -> None:
    documents = [{"kind": kind, "fields": fields} for kind in kinds or ("passport",)]
    answer = caller.post(
        "/v1/applications", application_request(application_id, documents=documents)
    )
    assert answer.status == 201, answer.raw


def seen(caller: Caller, number: str = NUMBER) -> list[dict[str, Any]]:
    asked = {"machine_id": "kiosk-1", "hall_id": HALL, "holder_number": number}
    answer = caller.post("/v1/applications/of-holder", asked, None)
    assert answer.status == 200, answer.raw
    found: list[dict[str, Any]] = answer.body["applications"]
    return found


def move(person: Browser, before: str, after: str, position: int = 0, **more: str) -> Page:
    return person.post(f"{PAGE}/a-1/{position}", {"before": before, "after": after, **more})


def way(person: Browser, *states: str, position: int = 0) -> None:
    for before, after in itertools.pairwise(states):
        assert move(person, before, after, position).status == 303


def test_a_document_goes_its_way_and_its_holder_reads_each_step(
    central: RunningCentral, caller: Caller, clerk: Browser
) -> None:
    sent(caller, "a-1", "passport", "hk_macao_permit", hkszd="420299")
    (found,) = seen(caller)
    assert [one["kind"] for one in found["documents"]] == ["passport", "hk_macao_permit"]
    assert found["documents"][0]["state"] == "received"
    assert found["documents"][0]["windows"] == ["1", "2", "3"]
    assert found["documents"][0]["expected"] is None
    way(clerk, "received", "accepted", "approved", "making")
    running, other = seen(caller)[0]["documents"]
    # Seven working days from Tuesday, 24 November.
    assert (running["state"], running["expected"]) == ("making", "2026-12-03")
    assert running["windows"] == []
    assert other["state"] == "received"
    way(clerk, "making", "ready")
    ready = seen(caller)[0]["documents"][0]
    assert (ready["state"], ready["windows"], ready["expected"]) == ("ready", ["7"], None)
    way(clerk, "ready", "collected")
    rows = central.rows(application_change)
    assert [row["to_state"] for row in rows] == [
        "accepted",
        "approved",
        "making",
        "ready",
        "collected",
    ]
    assert len({row["actor"] for row in rows}) == 1


def test_people_from_elsewhere_and_courier_post_have_their_own_answer(
    caller: Caller, clerk: Browser
) -> None:
    sent(caller, hkszd="110101", lqfs="2")
    way(clerk, "received", "accepted")
    assert seen(caller)[0]["documents"][0]["expected"] == "2026-12-14"
    way(clerk, "accepted", "approved", "making", "ready")
    ready = seen(caller)[0]["documents"][0]
    assert (ready["courier"], ready["windows"]) == (True, [])


def test_a_returned_document_says_what_it_lacks_until_it_is_mended(
    central: RunningCentral, caller: Caller, clerk: Browser
) -> None:
    sent(caller)
    assert move(clerk, "received", "returned").status == 422
    assert move(clerk, "received", "returned", lacks="photo", reason="逆光").status == 303
    assert seen(caller)[0]["documents"][0]["lacks"] == "photo"
    assert central.rows(application_change)[0]["reason"] == "逆光"
    central.clock.moment += timedelta(days=1)
    clerk.sign_in("clerk1")
    way(clerk, "returned", "accepted")
    mended = seen(caller)[0]["documents"][0]
    assert mended["lacks"] is None
    assert mended["expected"] == "2026-12-04"


def test_a_button_pressed_twice_moves_once_and_a_stale_page_moves_nothing(
    central: RunningCentral, caller: Caller, clerk: Browser
) -> None:
    sent(caller)
    for _ in range(2):
        assert move(clerk, "received", "accepted").status == 303
    assert move(clerk, "received", "returned", lacks="photo").status == 409
    assert len(central.rows(application_change)) == 1


def test_only_a_supervisor_with_a_reason_corrects(
    central: RunningCentral, caller: Caller, clerk: Browser, supervisor: Browser
) -> None:
    sent(caller)
    way(clerk, "received", "accepted", "refused")
    assert move(clerk, "refused", "accepted", reason="按错").status == 409
    assert move(supervisor, "refused", "accepted").status == 409
    assert move(supervisor, "refused", "accepted", reason="按错").status == 303
    assert central.rows(application_document)[0]["state"] == "accepted"


def test_a_clerk_takes_no_step_that_the_table_does_not_know(
    central: RunningCentral, caller: Caller, clerk: Browser
) -> None:
    sent(caller)
    for before, after in itertools.product(Progress, Progress):
        with central.office.database.transaction() as connection:
            connection.execute(update(application_document).values(state=before))
        lawful = after in STEPS[before] or after is before
        answer = move(clerk, before, after, lacks="photo", reason="试")
        assert answer.status == (303 if lawful else 409), f"{before} to {after}"


def test_clerks_find_by_code_and_by_number_and_both_are_recorded(
    central: RunningCentral, caller: Caller, clerk: Browser
) -> None:
    sent(caller)
    by_code = clerk.post(PAGE, {"code": "T1:a-1"})
    assert "普通护照" in by_code.text
    assert "待受理" in by_code.text
    assert "a-1" in clerk.post(PAGE, {"code": NUMBER.lower()}).text
    assert "没有找到" in clerk.post(PAGE, {"code": "T1:a-2"}).text
    read = [one for one in central.rows(staff_record) if one["action"] == "personal_read"]
    assert [(one["subject_id"], one["reason"]) for one in read] == [("a-1", "progress")] * 2
    assert clerk.get(f"{PAGE}/a-2").status == 404
    assert move(clerk, "received", "accepted", position=7).status == 404


def test_another_halls_applications_are_not_this_clerks(
    central: RunningCentral, caller: Caller, clerk: Browser
) -> None:
    sent(caller)
    with central.office.database.transaction() as connection:
        connection.execute(update(tables.application).values(hall_id="hs-2"))
    assert clerk.get(f"{PAGE}/a-1").status == 404
    assert move(clerk, "received", "accepted").status == 404
    (found,) = seen(caller)
    assert (found["hall_names"], found["documents"][0]["windows"]) == ({}, [])


def test_what_a_machine_reads_is_recorded_and_nobody_elses_is_found(
    central: RunningCentral, caller: Caller
) -> None:
    sent(caller)
    assert seen(caller, "42029919900101006X") == []
    assert len(seen(caller)) == 1
    (record,) = central.rows(staff_record)
    assert (record["account_id"], record["action"]) == ("kiosk-1", "personal_read")
    assert (record["subject_id"], record["reason"]) == ("a-1", "holder")


def test_the_records_page_shows_what_a_machine_read(
    central: RunningCentral, caller: Caller, clerk: Browser
) -> None:
    boot = {"machine_id": "kiosk-1", "hall_id": HALL, "software": "1"}
    assert caller.post("/v1/boots", boot).status == 201
    sent(caller)
    seen(caller)
    del clerk  # the hall has its staff
    boss = Browser(central)
    boss.get("/staff/sign-in")
    boss.sign_in("administrator")
    shown = boss.get("/staff/records").text
    boss.close()
    assert "kiosk-1" in shown
    assert "本人在自助机上查询" in shown


def test_applications_of_more_than_a_year_ago_are_not_shown(
    central: RunningCentral, caller: Caller
) -> None:
    sent(caller)
    central.clock.moment += timedelta(days=366)
    sent(caller, "a-2")
    assert [one["application_id"] for one in seen(caller)] == ["a-2"]


def test_applications_of_before_the_index_are_found_after_a_start(tmp_path: Path) -> None:
    database = str(tmp_path / "central.db")
    with RunningCentral(database) as old:
        caller = Caller(old.port)
        sent(caller)
        caller.close()
        with old.office.database.transaction() as connection:
            connection.execute(update(tables.application).values(holder=None))
    with RunningCentral(database) as fresh:
        caller = Caller(fresh.port)
        assert len(seen(caller)) == 1
        caller.close()
        with fresh.office.database.transaction() as connection:
            holder = connection.execute(select(tables.application.c.holder)).scalar_one()
        assert holder == fresh.office.sealer.index(HOLDER, NUMBER)
