"""Staff see every open case, close it with a reason, and only then the machine goes on."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest

from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.saga.cases import Case, CaseKind, close_case, open_cases
from kiosk.saga.desk import EndorsementDesk
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.runs import quick_folder


@pytest.fixture
def hall() -> Iterator[Hall]:
    with quick_folder() as folder:
        yield Hall(folder, WorldCitizen("a"))


def cases_of(hall: Hall) -> tuple[Case, ...]:
    journal = hall.open_journal()
    found = open_cases(journal)
    journal.close()
    return found


def close(hall: Hall, number: str) -> bool:
    journal = hall.open_journal()
    closed = close_case(journal, number, "taken out and handed over", "op7")
    journal.close()
    return closed


def settle(desk: EndorsementDesk) -> None:
    desk.recover()
    desk.pay_debts()


def test_a_stuck_card_locks_the_machine_until_staff_close_the_case(hall: Hall) -> None:
    hall.world.faults = Counter({"card.jam_at_eject": 9})
    hall.live(hall.serve)
    (case,) = cases_of(hall)
    assert (case.kind, case.card_inside, case.amount_fen) == (CaseKind.CARD_STUCK, True, 3000)
    hall.world.heal()
    hall.path.staff_clear()
    assert close(hall, case.case_id)
    assert cases_of(hall) == ()
    hall.live(settle)
    assert hall.central.shut == {case.case_id}
    hall.next_citizen(WorldCitizen("b"))
    hall.live(hall.serve)
    ended = hall.citizen.heard[-1]
    assert isinstance(ended, Ended)
    assert ended.outcome is Outcome.MADE


def test_a_case_is_closed_once_and_by_its_number(hall: Hall) -> None:
    hall.citizen.takes_card = False
    hall.live(hall.serve)
    (case,) = cases_of(hall)
    assert case.kind is CaseKind.CARD_KEPT
    assert case.details == ("not_taken",)
    assert not close(hall, "order1-nothing")
    assert close(hall, case.case_id)
    assert not close(hall, case.case_id)


def test_who_closed_a_case_and_why_stands_in_the_journal(hall: Hall) -> None:
    hall.citizen.takes_card = False
    hall.live(hall.serve)
    close(hall, "order1-card_kept")
    journal = hall.open_journal()
    closing = [row for row in journal.rows("order1") if row.step == "case"][-1]
    journal.close()
    assert closing.facts == {"reason": "taken out and handed over", "operator": "op7"}


def test_a_debt_that_nobody_answers_becomes_a_case(hall: Hall) -> None:
    hall.world.faults = Counter({"central.confirm.away": 99})
    hall.live(hall.serve)
    assert cases_of(hall) == ()
    hall.world.clock.advance(timedelta(minutes=16).total_seconds())
    hall.live(settle)
    (case,) = cases_of(hall)
    assert (case.kind, case.details) == (CaseKind.DEBT_LATE, ("confirm",))
    assert hall.central.told == {case.case_id}
