"""The suggestions box: sealed while it waits, there once, opened under record."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.central.client import CentralClient, Timeouts
from kiosk.central.server.staff.tables import staff_record
from kiosk.central.server.suggestions.tables import suggestion
from kiosk.central.suggestion_box import Suggestion
from tests.kit.central import HALL, MORNING, Caller, RunningCentral
from tests.kit.chaos_proxy import ChaosProxy, Fault
from tests.kit.durable_bed import DurableBed
from tests.kit.fake_clock import FakeClock
from tests.kit.pages import Browser, staffed

SAID = "请在候办区多放几把椅子"
PHONE = "13800000001"
PAGE = "/staff/suggestions"


def sent(caller: Caller, suggestion_id: str = "s-1", key: str = "", **more: str) -> int:
    body = {
        "suggestion_id": suggestion_id,
        "machine_id": "kiosk-1",
        "hall_id": HALL,
        "made_at": MORNING.isoformat(),
        "language": "zh_CN",
        "text": SAID,
        **more,
    }
    return caller.post("/v1/suggestions", body, key).status


@pytest.fixture
def supervisor(central: RunningCentral) -> Iterator[Browser]:
    staffed(central)
    person = Browser(central)
    person.get("/staff/sign-in")
    person.sign_in("supervisor")
    person.get(PAGE)
    yield person
    person.close()


def test_a_suggestion_is_kept_once_and_sealed(central: RunningCentral, caller: Caller) -> None:
    assert [sent(caller, phone=PHONE), sent(caller, phone=PHONE)] == [201, 200]
    (kept,) = central.rows(suggestion)
    for secret in (SAID, PHONE):
        assert secret.encode() not in kept["text"] + kept["phone"]
    unseal = central.office.sealer.unseal
    assert unseal("suggestion", "s-1", "text", kept["text"]) == SAID
    assert unseal("suggestion", "s-1", "phone", kept["phone"]) == PHONE


@pytest.mark.parametrize("wrong", [{"text": ""}, {"text": "字" * 201}, {"phone": "1380"}])
def test_what_is_no_suggestion_is_refused(caller: Caller, wrong: dict[str, str]) -> None:
    assert sent(caller, **wrong) == 422


def test_a_supervisor_opens_one_and_the_look_is_recorded(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    sent(caller, phone=PHONE)
    sent(caller, "s-2")
    listed = supervisor.get(PAGE).text
    assert SAID not in listed
    assert listed.count("待处理") == 2
    assert listed.count("要求回复") == 1
    opened = supervisor.get(f"{PAGE}/s-1").text
    assert SAID in opened
    assert PHONE in opened
    (look,) = [one for one in central.rows(staff_record) if one["action"] == "personal_read"]
    assert (look["subject_table"], look["subject_id"]) == ("suggestion", "s-1")


def test_a_number_goes_when_the_suggestion_was_dealt_with(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    sent(caller, phone=PHONE)
    supervisor.get(f"{PAGE}/s-1")
    assert supervisor.post(f"{PAGE}/s-1/done", {}).to == PAGE
    (kept,) = central.rows(suggestion)
    assert kept["phone"] is None
    assert kept["done_at"] is not None
    opened = supervisor.get(f"{PAGE}/s-1").text
    assert PHONE not in opened
    assert SAID in opened


def test_neither_clerks_nor_other_halls_read_it(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    sent(caller)
    clerk = Browser(central)
    clerk.get("/staff/sign-in")
    clerk.sign_in("clerk1")
    assert clerk.get(PAGE).status == 403
    clerk.close()
    with central.office.database.transaction() as connection:
        connection.execute(suggestion.update().values(hall_id="hs-2"))
    assert supervisor.get(f"{PAGE}/s-1").status == 404


def test_what_was_written_while_central_is_away_waits_sealed_and_arrives_once(
    central: RunningCentral, tmp_path: Path
) -> None:
    clock = FakeClock()
    faults = (Fault.DROP_ANSWER,)
    with ChaosProxy(central.port, random.Random(1), faults, rate=0.0) as line:
        client = CentralClient(f"http://127.0.0.1:{line.port}", clock, Timeouts(tries=1))
        bed = DurableBed(tmp_path, client, clock)
        line.block()
        said = Suggestion("s-1", SAID, PHONE, "zh_CN")
        assert bed.side.suggestions.keep(said)
        assert bed.side.suggestions.keep(said)
        bed.work()
        assert bed.side.outbox.waiting() == 1
        for secret in (SAID, PHONE):
            assert secret.encode() not in bed.on_disk()
        bed.restart()
        line.clear()
        line.rate = 1.0
        clock.advance(600)
        bed.work()  # it arrives, and the answer is lost
        line.rate = 0.0
        clock.advance(600)
        bed.work()
        assert bed.side.outbox.waiting() == 0
        bed.stop()
        client.close()
    assert len(central.rows(suggestion)) == 1


def test_a_machine_whose_records_take_no_writes_promises_nothing(tmp_path: Path) -> None:
    clock = FakeClock()
    client = CentralClient("http://127.0.0.1:9", clock, Timeouts(tries=1))
    bed = DurableBed(tmp_path, client, clock)
    bed.storage.close()
    assert not bed.side.suggestions.keep(Suggestion("s-1", SAID, "", "zh_CN"))
    client.close()
