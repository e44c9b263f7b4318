"""What the endorsement machine prints, and what it answers without a permit."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from hardware.interfaces.ticket_printer import NotPrinted, Paper, PaperTrouble, Printed, TextLine
from hardware.outcome import Done, Outcome, Overdue
from kiosk import locale
from kiosk.central.answer import Answered, Cause, Refused, Unreachable
from kiosk.central.contract import ErrorCode, Problem, orders, permits
from kiosk.central.contract.payments import Means
from kiosk.flows.endorsement import events
from kiosk.flows.endorsement.states import EntryLeft, PastOrder, Purpose
from kiosk.runtime.endorsing.papers import EndorsementPapers
from kiosk.runtime.endorsing.permit_desk import Helpers, PermitDesk, Place
from kiosk.saga.state import State
from kiosk.saga.values import Card, Money, OpenCase, Payment
from tests.kit.fake_clock import FakeClock
from tests.kit.fake_hall import FakeHall

NOW = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)
LANGUAGES = locale.load(
    Path(__file__).resolve().parents[2] / "locales", {"zh_Hant": "zh_CN"}, missing=locale.refuse
)
PAPERS = EndorsementPapers(LANGUAGES, lambda: None, "E1")


def granted(place: str, entries: int, number: str) -> orders.Granted:
    return orders.Granted(
        number=number,
        destination=place,
        kind="L",
        entries=entries,
        valid_from=date(2026, 11, 27),
        valid_until=date(2027, 11, 26),
        authority="湖北",
    )


ORDER = orders.OrderOut(
    order_id="o1",
    state=orders.OrderState.CONFIRMED,
    permit_number="C00000011",
    amount_fen=4500,
    fee_items=(
        orders.FeeItem(code="EEP-2", destination="HKG", entries=2, months=12, amount_fen=3000),
        orders.FeeItem(code="EEP-1", destination="MAC", entries=1, months=12, amount_fen=1500),
    ),
    granted=(granted("HKG", 2, "Q1"), granted("MAC", 0, "Q2")),
    confirmed_at=NOW,
    slip_number="S26112700001",
)


def cash(fen: int, money: Money = Money.TAKEN) -> Payment:
    return Payment(f"p{fen}", Means.CASH, fen, {}, NOW, NOW, money)


def said(paper: Paper) -> str:
    return "\n".join(one.text for one in paper.elements if isinstance(one, TextLine))


def test_the_face_says_every_endorsement_in_the_order_of_the_facts() -> None:
    job = PAPERS.face(ORDER)
    assert job.key == "o1"
    assert [line.text for line in job.lines] == [
        "香港 L 团队旅游",
        "有效期 2026.11.27-2027.11.26",
        "往返 2 次",
        "湖北 Q1",
        "澳门 L 团队旅游",
        "有效期 2026.11.27-2027.11.26",
        "多次往返",
        "湖北 Q2",
    ]
    assert PAPERS.face(ORDER) == job


@pytest.mark.parametrize("language", LANGUAGES.known())
def test_the_slip_says_what_was_made_and_how_it_was_paid(language: str) -> None:
    state = State("o1", NOW, language, Card.TAKEN, order=ORDER, slip_number="S1")
    state.payments = {"a": cash(2000), "b": cash(2500), "c": cash(900, Money.NONE)}
    text = said(PAPERS.slip(state))
    day = LANGUAGES.speech(language).date(NOW.date())
    for wanted in ("S1", day, "EEP-2", "¥30", "¥15", "¥45", "¥20", "¥25", "2027"):
        assert wanted in text, text
    assert "¥9" not in text


def test_the_slip_of_a_transaction_that_turned_back_says_what_is_owed() -> None:
    state = State("o1", card=Card.TAKEN, order=ORDER, turned="citizen")
    state.payments = {"a": cash(2000)}
    text = said(PAPERS.slip(state))
    assert "本次未签发签注" in text
    assert "到窗口领取退款：¥20" in text
    assert "团队旅游" not in text


def test_the_slip_of_a_kept_card_tells_where_it_is() -> None:
    state = State("o1", card=Card.KEPT, order=ORDER, kept_why="not_taken")
    state.cases = {"card_kept": OpenCase("card_kept", NOW, {})}
    text = said(PAPERS.slip(state))
    assert "您的证件由本机保管" in text
    assert "处理编号" in text
    assert "号窗口" not in text


def test_the_slip_of_whoever_must_come_again_names_the_window() -> None:
    offered = FakeHall(FakeClock()).offer("hs-1")
    papers = EndorsementPapers(LANGUAGES, lambda: offered, "E1")
    kept = State("o1", card=Card.KEPT, order=ORDER, kept_why="not_taken")
    kept.cases = {"card_kept": OpenCase("card_kept", NOW, {})}
    owed = State("o1", card=Card.TAKEN, order=ORDER, turned="citizen")
    owed.payments = {"a": cash(2000)}
    made = State("o1", card=Card.TAKEN, order=ORDER)
    told = [said(papers.slip(one)) for one in (kept, owed, made)]
    assert ["请到 1、2 号窗口办理" in text for text in told] == [True, True, False]


def test_a_copy_says_that_it_is_one() -> None:
    text = said(PAPERS.copy(ORDER, "en"))
    assert "Total: ¥45" in text
    assert "Date: 27 November 2026" in text
    assert LANGUAGES.speech("en").text("ticket.paper.copy") in text


class ScriptedCentral:
    """Answers what the test says."""

    def __init__(self) -> None:
        self.permit_answer: Any = Answered(
            permits.PermitOnFile(
                permit_number="C00000011",
                name="李测试",
                birth=date(1980, 5, 1),
                valid_from=date(2020, 1, 1),
                valid_until=date(2030, 1, 1),
                endorsements=(
                    permits.EndorsementOnFile(
                        number="Q1",
                        destination="HKG",
                        kind="L",
                        entries=2,
                        entries_left=1,
                        valid_from=date(2026, 1, 1),
                        valid_until=date(2026, 12, 31),
                        used=True,
                    ),
                ),
            )
        )
        self.slips_answer: Any = Answered(orders.Slips(orders=(ORDER,)))

    def permit(self, query: permits.PermitQuery) -> Any:
        assert query.id_number == "420299198005013726"
        return self.permit_answer

    def slips(self, query: orders.SlipQuery) -> Any:
        assert query.permit_number == "C00000011"
        return self.slips_answer


class Printer:
    """Prints, or not."""

    def __init__(self) -> None:
        self.outcome: Outcome[Any] = Done(Printed())
        self.papers: list[Paper] = []

    def call(self, name: str, fn: Any, deadline_s: float, done: Any) -> None:
        del deadline_s
        assert name == "ticket_printer"
        fn(self, None)
        done(self.outcome)

    def print_paper(self, paper: Paper, cancel: Any) -> None:
        del cancel
        self.papers.append(paper)


class AtOnce:
    """A service thread that does everything at once."""

    def run(self, call: Any) -> None:
        call()


class Bed:
    """A desk with everything in hand."""

    def __init__(self) -> None:
        self.central, self.printer = ScriptedCentral(), Printer()
        self.events: list[object] = []
        helpers = Helpers(self.central, self.printer, PAPERS, AtOnce())
        self.desk = PermitDesk(Place("E1", "hs-1"), helpers, self.events.append)

    def ask(self, purpose: Purpose) -> object:
        self.desk.ask(purpose, "420299198005013726")
        return self.events.pop()


AWAY = Unreachable(Cause.CONNECT)
UNKNOWN = Refused(404, Problem(code=ErrorCode.UNKNOWN_PERMIT))


def test_journeys_left_are_told_without_the_permit_inside() -> None:
    left = EntryLeft("HKG", "L", 1, date(2026, 12, 31))
    assert Bed().ask(Purpose.ENTRIES) == events.EntriesFound((left,), date(2030, 1, 1))


@pytest.mark.parametrize(
    ("permit", "slips", "reason"),
    [
        (AWAY, None, "endorsement.nothing.central_away"),
        (UNKNOWN, None, "endorsement.nothing.no_permit"),
        (None, AWAY, "endorsement.nothing.central_away"),
        (None, Answered(orders.Slips()), "endorsement.nothing.no_order"),
    ],
    ids=["away", "no permit", "away later", "no order"],
)
def test_nothing_found_says_why(permit: Any, slips: Any, reason: str) -> None:
    bed = Bed()
    bed.central.permit_answer = permit or bed.central.permit_answer
    bed.central.slips_answer = slips or bed.central.slips_answer
    assert bed.ask(Purpose.SLIP) == events.NothingFound(reason)
    assert LANGUAGES.speech("en").has(reason)


def test_a_slip_found_is_printed_again() -> None:
    bed = Bed()
    past = PastOrder("o1", "S26112700001", NOW.date(), ("HKG", "MAC"))
    assert bed.ask(Purpose.SLIP) == events.SlipsFound((past,))
    bed.desk.reprint("o1", "en")
    assert bed.events == [events.SlipReprinted(printed=True)]
    assert "S26112700001" in said(bed.printer.papers[0])


@pytest.mark.parametrize(
    "outcome",
    [Done(NotPrinted(PaperTrouble.PAPER_OUT)), Overdue()],
    ids=["paper out", "hangs"],
)
def test_a_printer_that_cannot_says_so(outcome: Outcome[Any]) -> None:
    bed = Bed()
    bed.ask(Purpose.SLIP)
    bed.printer.outcome = outcome
    bed.desk.reprint("o1", "en")
    assert bed.events == [events.SlipReprinted(printed=False)]


def test_after_the_visit_nothing_of_it_can_be_printed() -> None:
    bed = Bed()
    bed.ask(Purpose.SLIP)
    bed.desk.forget()
    bed.desk.reprint("o1", "en")
    assert bed.events == [events.SlipReprinted(printed=False)]
    assert bed.printer.papers == []
