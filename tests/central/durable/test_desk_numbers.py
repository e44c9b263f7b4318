"""The desk gives each visit one number: from central in time, else from the reserve."""

import threading
import traceback
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.central.answer import Outcome
from kiosk.central.contract import ErrorCode, TicketIn, TicketOut
from kiosk.central.desk import REASON_KEYS, Issued, NoNumber, Waits
from kiosk.central.desk_book import reference_of
from kiosk.domain.ticket import Ticket
from tests.kit.durable_bed import DurableBed, bundle
from tests.kit.fake_central import FakeCentral, Line
from tests.kit.fake_clock import FakeClock

VISIT = "visit-0001"


@pytest.fixture
def bed(bed: DurableBed) -> DurableBed:
    """A machine that has the catalogue and numbers in reserve."""
    bed.connect()
    return bed


def submit(bed: DurableBed, visit: str = VISIT) -> Ticket:
    answer = bed.desk.submit(visit, bundle(), ("passport",), "zh_CN")
    assert isinstance(answer, Issued)
    return answer.ticket


def test_connected_the_number_comes_from_central_after_the_application(
    bed: DurableBed, central: FakeCentral
) -> None:
    ticket = submit(bed)
    assert central.order == [(VISIT, "application"), (VISIT, "ticket")]
    assert ticket.number == central.tickets[VISIT].number
    assert (ticket.ahead, ticket.windows, ticket.from_lease) == (3, ("1", "2"), False)
    assert bed.desk.unfinished()[0].ticket == ticket


def test_cut_off_the_number_comes_from_the_reserve_and_central_hears_of_it_later(
    bed: DurableBed, central: FakeCentral
) -> None:
    central.line = Line.DOWN
    ticket = submit(bed)
    assert ticket.from_lease
    assert ticket.number == "A001"
    assert ticket.ahead is None
    assert ticket.windows == ("1", "2")
    assert bed.desk.away
    assert central.tickets == {}
    bed.desk.printing(VISIT)
    bed.desk.printed(VISIT)
    bed.desk.settle(VISIT, "taken")
    central.line = Line.UP
    bed.side.link.saw(central.catalogue("hs-1"))
    bed.work()
    assert central.order == [(VISIT, "application"), (VISIT, "ticket"), (VISIT, "paper")]
    assert central.tickets[VISIT].number == ticket.number
    assert central.tickets[VISIT].state == "issued"
    assert central.problems == []


def test_when_the_answer_is_lost_the_number_on_the_paper_wins(
    bed: DurableBed, central: FakeCentral
) -> None:
    post = central.post

    def lose_the_ticket(path: str, body: bytes, key: str, tries: int = 1) -> Outcome[bytes]:
        central.line = Line.LOST_AFTER if path == "/v1/tickets" else Line.UP
        return post(path, body, key, tries)

    central.post = lose_the_ticket  # type: ignore[method-assign]  # loses only this answer
    ticket = submit(bed)
    assert ticket.from_lease
    central.post = post  # type: ignore[method-assign]  # as before
    central.line = Line.UP
    bed.work()
    stored = central.tickets[VISIT]
    assert stored.number == ticket.number
    assert stored.superseded == ["A005"]


def test_asked_again_the_same_visit_has_the_same_ticket_also_after_a_restart(
    bed: DurableBed, central: FakeCentral
) -> None:
    ticket = submit(bed)
    assert submit(bed) == ticket
    bed.restart()
    assert submit(bed) == ticket
    assert len(central.applications) == 1


def test_a_visit_that_was_killed_before_its_decision_goes_on_under_the_same_key(
    bed: DurableBed, central: FakeCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(type(bed.desk._numbers), "_number", die)
        with pytest.raises(SystemExit):
            submit(bed)
    bed.restart()
    assert submit(bed).number == central.tickets[VISIT].number
    asked = [key for path, key in central.deliveries if path == "/v1/tickets"]
    assert len(asked) == 2
    assert len(set(asked)) == 1


def test_without_a_reserve_the_citizen_gets_a_reference_and_the_application_is_kept(
    bed: DurableBed, central: FakeCentral, clock: FakeClock
) -> None:
    central.line = Line.DOWN
    for n in range(4):
        submit(bed, f"visit-{n}")
    answer = bed.desk.submit("visit-4", bundle(), ("passport",), "zh_CN")
    assert answer == NoNumber("desk.no_number.away", reference_of("visit-4"))
    assert bed.desk.submit("visit-4", bundle(), ("passport",), "zh_CN") == answer
    central.line = Line.UP
    clock.advance(15)
    bed.connect()
    assert "visit-4" in central.applications
    assert "visit-4" not in central.tickets
    assert central.problems == []


def test_a_number_nobody_heard_of_is_voided_when_the_citizen_had_to_go_without(
    tmp_path: Path, central: FakeCentral, clock: FakeClock
) -> None:
    bed = DurableBed(tmp_path / "other", central, clock)
    central.line = Line.LOST_AFTER
    assert isinstance(bed.desk.submit(VISIT, None, ("enquiry",), "en"), NoNumber)
    assert central.tickets[VISIT].state == "numbered"
    central.line = Line.UP
    bed.side.link.saw(central.catalogue("hs-1"))
    bed.work()
    assert central.tickets[VISIT].state == "voided"
    assert central.counter[("D", "2026-11-24")] == 5  # voided one and the reserve of four
    bed.stop()


@pytest.mark.parametrize(
    ("code", "key"),
    [
        (ErrorCode.HALL_CLOSED, "desk.no_number.closed"),
        (ErrorCode.NUMBERS_EXHAUSTED, "desk.no_number.exhausted"),
        (ErrorCode.UNKNOWN_SERVICE, "desk.no_number.refused"),
    ],
)
def test_central_says_no(bed: DurableBed, central: FakeCentral, code: ErrorCode, key: str) -> None:
    central.refuse_with["/v1/tickets"] = 409, code
    answer = bed.desk.submit(VISIT, bundle(), ("passport",), "zh_CN")
    assert answer == NoNumber(key, reference_of(VISIT))
    assert key in REASON_KEYS
    assert central.tickets == {}


def test_a_refused_application_alarms_and_its_citizen_still_gets_a_number(
    bed: DurableBed, central: FakeCentral
) -> None:
    central.refuse_with["/v1/applications"] = 422, ErrorCode.BAD_REQUEST
    ticket = submit(bed)
    assert central.tickets[VISIT].number == ticket.number
    assert central.tickets[VISIT].request["application_id"] is None
    assert [one.kind for one in bed.dead] == ["application"]


def test_services_are_put_in_the_order_in_which_they_are_visited(
    bed: DurableBed, central: FakeCentral
) -> None:
    central.line = Line.DOWN
    answer = bed.desk.submit(VISIT, bundle(), ("hk_macao_permit", "passport"), "zh_CN")
    assert isinstance(answer, Issued)
    assert answer.ticket.services == ("passport", "hk_macao_permit")
    assert answer.ticket.number.startswith("A")


def test_a_citizen_waits_no_longer_than_the_limit_when_central_hangs(
    tmp_path: Path, clock: FakeClock
) -> None:
    class Hanging(FakeCentral):
        released = threading.Event()

        def take_ticket(self, request: TicketIn, key: str) -> Outcome[TicketOut]:
            self.released.wait(30)
            return super().take_ticket(request, key)

    central = Hanging(clock)
    bed = DurableBed(tmp_path / "hang", central, clock, waits=Waits(0.05, 0.05))
    bed.connect()
    ticket = submit(bed)
    assert ticket.from_lease
    assert bed.desk.away
    # The answer that comes too late changes nothing, on either side.
    central.released.set()
    bed.side.link.saw(central.catalogue("hs-1"))
    bed.work()
    assert submit(bed) == ticket
    assert central.tickets[VISIT].number == ticket.number
    bed.stop()


def test_a_bundle_that_does_not_fit_the_contract_is_not_quoted(bed: DurableBed) -> None:
    good = bundle()
    person = replace(good.person, issuer="x" * 201)
    with pytest.raises(ValueError, match="issuer") as refused:
        bed.desk.submit(VISIT, replace(good, person=person), ("passport",), "en")
    assert "xxx" not in "".join(traceback.format_exception(refused.value))
    assert bed.side.outbox.waiting() == 0
    submit(bed)


def test_a_reference_is_short_readable_and_always_the_same() -> None:
    codes = {reference_of(f"visit-{n}") for n in range(2000)}
    assert len(codes) == 2000
    assert reference_of("visit-1") == reference_of("visit-1")
    assert all(len(one) == 7 and not set(one) & set("01IOZ") for one in codes)


def test_staff_are_told_at_once_or_as_soon_as_central_is_back(
    bed: DurableBed, central: FakeCentral
) -> None:
    central.line = Line.DOWN
    bed.desk.call_staff("staff.printer", VISIT)
    bed.work()
    central.line = Line.UP
    bed.side.link.saw(central.catalogue("hs-1"))
    bed.work()
    assert central.order == [(VISIT, "staff")]


def test_every_step_is_in_the_audit_log(bed: DurableBed) -> None:
    submit(bed)
    bed.desk.printing(VISIT)
    bed.desk.not_printed(VISIT, "paper_out")
    bed.desk.settle(VISIT, "shown")
    rows = bed.storage.rows("SELECT event FROM audit ORDER BY seq")
    assert [row["event"] for row in rows] == [
        "application_kept",
        "ticket_numbered",
        "ticket_paper",
        "ticket_paper",
        "ticket_paper",
    ]
    assert bed.audit.verify(bed.audit.head()) is None
