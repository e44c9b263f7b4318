"""Staff at a machine that has a journal: cases closed end to end, and the cash box counted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from hardware.interfaces.card_printer import CardPosition
from kiosk.domain.payment import Means
from kiosk.errors import StorageError
from kiosk.flows.conductor import Situation
from kiosk.flows.maintenance import effects, events
from kiosk.runtime.maintenance.front_door import FrontDoor
from kiosk.runtime.maintenance.handlers import MaintenanceHandlers, StaffParts
from kiosk.runtime.maintenance.ledger import JournalLedger, NoLedger
from kiosk.saga import cash_box
from kiosk.saga.cases import LOCKING, CaseKind, open_cases
from kiosk.saga.desk import EndorsementDesk
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall, WorldJournal
from tests.kit.saga_world.runs import quick_folder

CASH = (Means.CASH,)


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as one:
        yield one


@pytest.fixture
def hall(folder: Path) -> Hall:
    return Hall(folder, WorldCitizen("a", means=CASH, notes=(2000,)))


class AtOnce:
    """A service thread that waits for nobody."""

    def run(self, call: Any) -> None:
        call()


class Staff:
    """The handlers over a hall's journal, and what they report and record."""

    def __init__(self, journal: WorldJournal) -> None:
        self.reported: list[object] = []
        self.recorded: list[tuple[str, dict[str, Any]]] = []
        self.looked = 0
        self.ledger = JournalLedger(journal, has_cash=True, changed=self._look)
        services: Any = AtOnce()
        nobody: Any = None
        parts = StaffParts(
            door=FrontDoor(nobody, nobody, self.record),
            ledger=self.ledger,
            report=nobody,
            trial_page=nobody,
            devices=nobody,
            services=services,
            write=self.record,
        )
        self._handlers = MaintenanceHandlers(parts, lambda _tell: nobody, self.reported.append)

    def record(self, event: str, fields: Mapping[str, Any]) -> None:
        self.recorded.append((event, dict(fields)))

    def do(self, effect: Any) -> object:
        self._handlers.perform(effect, Situation(None))
        return self.reported[-1]

    def _look(self) -> None:
        self.looked += 1


def with_journal(hall: Hall, act: Any) -> None:
    journal = hall.open_journal()
    try:
        act(journal)
    finally:
        journal.close()


def test_notes_that_are_owed_are_listed_closed_with_a_reason_and_told_to_central(
    hall: Hall,
) -> None:
    assert hall.live(hall.serve) == "ended"

    def close(journal: WorldJournal) -> None:
        staff = Staff(journal)
        listed = staff.do(effects.ListCases())
        assert isinstance(listed, events.CasesListed)
        (case,) = listed.cases
        assert (case.number, case.kind, case.amount_fen) == ("order1-cash_owed", "cash_owed", 2000)
        closed = staff.do(effects.CloseCase(case.number, "money_returned", "1001"))
        assert closed == events.CaseClosed(())
        assert staff.looked == 1
        told = {"case": "order1-cash_owed", "kind": "cash_owed", "reason": "money_returned"}
        assert staff.recorded == [("case_closed", {**told, "operator": "1001"})]

    with_journal(hall, close)
    assert hall.live(_settle) == "ended"
    with_journal(hall, _all_closed)


def _settle(desk: EndorsementDesk) -> None:
    desk.recover()
    assert desk.pay_debts()


def _all_closed(journal: WorldJournal) -> None:
    assert journal.live() == ()
    assert journal.verify() is None


def test_a_machine_locked_by_a_card_serves_again_once_staff_have_closed_the_case(
    hall: Hall,
) -> None:
    hall.citizen.means = (Means.BANK_CARD,)
    hall.world.faults = Counter({"card.jam_at_eject": 1000, "card.bin_full": 1000})
    hall.live(hall.serve)
    assert _blocked(hall) == "card_inside"

    def close(journal: WorldJournal) -> None:
        staff = Staff(journal)
        locking = [one for one in open_cases(journal) if one.kind in LOCKING]
        for one in locking:
            staff.do(effects.CloseCase(one.case_id, "card_returned", "1001"))

    hall.world.faults = Counter()
    hall.path.card, hall.path.position = None, CardPosition.NONE
    assert _blocked(hall) == "card_inside"
    with_journal(hall, close)
    assert _blocked(hall) == ""


def _blocked(hall: Hall) -> str:
    found = []

    def look(desk: EndorsementDesk) -> None:
        desk.recover()
        found.append(desk.blocked())

    hall.live(look)
    return found[0]


def test_a_case_is_closed_once_whoever_else_tries(hall: Hall) -> None:
    hall.live(hall.serve)

    def twice(journal: WorldJournal) -> None:
        staff = Staff(journal)
        effect = effects.CloseCase("order1-cash_owed", "money_returned", "1001")
        assert staff.do(effect) == staff.do(effect) == events.CaseClosed(())
        assert [event for event, _ in staff.recorded] == ["case_closed"]

    with_journal(hall, twice)


def test_a_full_disk_closes_nothing(hall: Hall) -> None:
    hall.live(hall.serve)

    def fail(journal: WorldJournal) -> None:
        staff = Staff(journal)
        hall.world.faults = Counter({"journal.full": 1})
        effect = effects.CloseCase("order1-cash_owed", "money_returned", "1001")
        assert staff.do(effect) == events.CaseNotClosed()
        assert staff.recorded == []
        assert [one.kind for one in open_cases(journal)] == [CaseKind.CASH_OWED]

    with_journal(hall, fail)


def test_the_box_holds_what_was_stacked_since_it_was_emptied(hall: Hall) -> None:
    hall.citizen.notes = (2000, 1000)
    hall.live(hall.serve)

    def count(journal: WorldJournal) -> None:
        staff = Staff(journal)
        assert staff.ledger.cash_fen() == sum(fen for _, fen in hall.cash.box) == 3000
        counted = staff.do(effects.RecordCount(2900, "1001"))
        assert counted == events.CountRecorded(2900, 3000)
        told = {"operator": "1001", "counted": 2900, "expected": 3000}
        assert staff.recorded == [("cash_counted", told)]
        assert staff.ledger.cash_fen() == 0
        assert journal.verify() is None

    with_journal(hall, count)
    hall.next_citizen(WorldCitizen("b", means=CASH, notes=(1000, 2000)))
    hall.live(hall.serve)
    with_journal(hall, lambda journal: _holds(journal, 3000))


def _holds(journal: WorldJournal, fen: int) -> None:
    assert cash_box.held_fen(journal) == fen


def test_what_a_bank_card_paid_lies_in_no_box(hall: Hall) -> None:
    hall.citizen.means = (Means.BANK_CARD,)
    hall.live(hall.serve)
    with_journal(hall, lambda journal: _holds(journal, 0))


def test_a_machine_without_journal_has_no_cases_and_no_box() -> None:
    assert NoLedger().cases() is None
    assert NoLedger().cash_fen() is None
    with pytest.raises((StorageError, NotImplementedError)):
        NoLedger().counted(1, "1001")
