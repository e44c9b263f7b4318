"""What a restart finds, and how every visit still comes to one end."""

import pytest

from kiosk.central.desk import Issued, Reprint
from tests.kit.durable_bed import PLANTED, DurableBed, bundle
from tests.kit.fake_central import FakeCentral, Line
from tests.kit.fake_clock import FakeClock

VISIT = "visit-0001"


@pytest.fixture
def bed(bed: DurableBed) -> DurableBed:
    """A machine that has the catalogue and numbers in reserve."""
    bed.connect()
    return bed


def numbered(bed: DurableBed) -> str:
    answer = bed.desk.submit(VISIT, bundle(), ("passport",), "en")
    assert isinstance(answer, Issued)
    return answer.ticket.number


@pytest.mark.parametrize(
    ("steps", "copy"),
    [
        ((), False),
        (("printing",), True),
        (("printing", "not_printed"), False),
        (("printing", "doubtful"), True),
        (("printing", "doubtful", "printing", "not_printed"), True),
        (("printing", "not_printed", "printing"), True),
    ],
)
def test_a_recent_ticket_without_sure_paper_is_printed_again(
    bed: DurableBed, central: FakeCentral, steps: tuple[str, ...], copy: bool
) -> None:
    number = numbered(bed)
    for step in steps:
        trouble = () if step == "printing" else ("jammed",)
        getattr(bed.desk, step)(VISIT, *trouble)
    bed.restart()
    (reprint,) = bed.desk.recover()
    assert isinstance(reprint, Reprint)
    assert (reprint.ticket.number, reprint.language, reprint.copy) == (number, "en", copy)
    bed.desk.printing(VISIT)
    bed.desk.printed(VISIT)
    bed.desk.settle(VISIT, "taken")
    bed.work()
    assert central.tickets[VISIT].state == "issued"
    assert bed.desk.recover() == ()


def test_paper_that_surely_came_out_is_reported_and_not_printed_again(
    bed: DurableBed, central: FakeCentral
) -> None:
    numbered(bed)
    bed.desk.printing(VISIT)
    bed.desk.printed(VISIT)
    bed.restart()
    assert bed.desk.recover() == ()
    bed.work()
    assert central.tickets[VISIT].state == "issued"


@pytest.mark.parametrize("later_s", [11 * 60, 24 * 3600])
def test_an_old_ticket_is_voided(
    bed: DurableBed, central: FakeCentral, clock: FakeClock, later_s: float
) -> None:
    numbered(bed)
    bed.desk.printing(VISIT)
    clock.advance(later_s)
    bed.restart()
    assert bed.desk.recover() == ()
    bed.work()
    assert central.tickets[VISIT].state == "voided"


def test_yesterdays_ticket_is_voided_even_when_it_is_minutes_old(
    bed: DurableBed, central: FakeCentral, clock: FakeClock
) -> None:
    clock.advance(14 * 3600 + 28 * 60)  # 23:58
    numbered(bed)
    clock.advance(4 * 60)
    bed.restart()
    assert bed.desk.recover() == ()
    bed.work()
    assert central.tickets[VISIT].state == "voided"


def test_the_first_word_about_a_ticket_counts(bed: DurableBed, central: FakeCentral) -> None:
    numbered(bed)
    bed.desk.settle(VISIT, "shown")
    bed.desk.settle(VISIT, "taken")
    bed.desk.settle("visit-unknown", "taken")
    bed.work()
    assert central.tickets[VISIT].state == "shown"
    assert [kind for _, kind in central.order].count("paper") == 1
    with pytest.raises(ValueError, match="lost"):
        bed.desk.settle(VISIT, "lost")


@pytest.mark.parametrize("line", [Line.LOST_AFTER, Line.LOST_BEFORE])
def test_a_question_whose_answer_was_never_kept_is_answered_and_its_number_voided(
    bed: DurableBed, central: FakeCentral, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = central.take_ticket

    def take_and_die(*question: object) -> None:
        central.line = line
        take(*question)  # type: ignore[arg-type]  # passed through
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(central, "take_ticket", take_and_die)
        with pytest.raises(SystemExit):
            numbered(bed)
    central.line = Line.UP
    bed.restart()
    assert bed.desk.recover() == ()
    assert bed.desk.recover() == ()
    bed.work()
    assert VISIT in central.applications
    assert central.tickets[VISIT].state == "voided"
    asked = {key for path, key in central.deliveries if path == "/v1/tickets"}
    assert len(asked) == 1
    assert central.problems == []


def test_a_visit_that_never_asked_costs_no_number(
    bed: DurableBed, central: FakeCentral, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(type(bed.side.sender), "flush_subject", die)
        with pytest.raises(SystemExit):
            numbered(bed)
    bed.restart()
    bed.desk.recover()
    bed.work()
    assert VISIT in central.applications
    assert central.tickets == {}


def test_old_visits_are_forgotten_and_open_ones_are_not(
    bed: DurableBed, clock: FakeClock, central: FakeCentral
) -> None:
    numbered(bed)
    bed.desk.settle(VISIT, "taken")
    central.line = Line.DOWN
    bed.desk.submit("visit-open", bundle(), ("passport",), "en")
    clock.advance(31 * 24 * 3600)
    bed.work()
    assert [row[0] for row in bed.storage.rows("SELECT visit_id FROM visits")] == ["visit-open"]
    assert bed.side.outbox.waiting() == 3  # of VISIT its paper; of the other both messages


@pytest.mark.parametrize("line", [Line.UP, Line.DOWN])
def test_nothing_personal_ever_stands_on_the_disk(
    bed: DurableBed, central: FakeCentral, line: Line
) -> None:
    def hits() -> list[str]:
        disk = bed.on_disk()
        return [
            text
            for text in PLANTED
            for encoding in ("utf-8", "utf-16-le", "gb18030")
            if text.encode(encoding) in disk
        ]

    central.line = line
    numbered(bed)
    assert hits() == []
    keys = [bytes(row[0]) for row in bed.storage.rows("SELECT data_key FROM outbox") if row[0]]
    assert len(keys) == (0 if line is Line.UP else 2)
    bed.desk.wipe()
    central.line = Line.UP
    bed.side.link.saw(central.catalogue("hs-1"))
    bed.work()
    assert central.applications[VISIT]["identity"]["number"] in PLANTED
    assert hits() == []
    assert [key for key in keys if key in bed.on_disk()] == []
