"""Whatever becomes of a read, the flow hears of it once, in its own words, and never too late."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from hardware.errors import NoAnswerError
from hardware.interfaces.id_card_reader import CardTrouble as ReaderTrouble
from hardware.outcome import Done, Failed, Overdue, Withdrawn
from kiosk.flows.application.events import CardFound, CardRead, CardTroubled
from kiosk.flows.application.states import CardTrouble
from kiosk.runtime.card_reading import person_of
from kiosk.runtime.card_task import CardTask
from tests.kit.fake_clock import FakeClock
from tests.kit.laid_card import CARD


@dataclass
class Read:
    """One call on the reader, which ends when the test says so."""

    work: Callable[[Any, Any], Any]
    done: Callable[[Any], None]
    withdrawn: bool = False

    def cancel(self) -> None:
        self.withdrawn = True

    def finds_a_card(self) -> None:
        self.work(self, None)

    def read_card(self, _cancel: object, on_found: Callable[[], None]) -> None:
        on_found()


@dataclass
class Readers:
    """A manager that keeps every call."""

    reads: list[Read] = field(default_factory=list)

    def call(
        self,
        name: str,
        fn: Callable[[Any, Any], Any],
        deadline_s: float,
        done: Callable[[Any], None],
    ) -> Read:
        assert name == "id_card_reader"
        assert deadline_s > 0
        self.reads.append(Read(fn, done))
        return self.reads[-1]


class Stand:
    """A task, its reader and what the flow heard."""

    def __init__(self) -> None:
        self.heard: list[object] = []
        self.clock = FakeClock()
        self.readers = Readers()
        devices: Any = self.readers
        self.task = CardTask(devices, self.clock, self.heard.append)

    def starts(self) -> Read:
        self.task.start()
        return self.readers.reads[-1]


@pytest.fixture
def stand() -> Stand:
    return Stand()


def test_a_card_is_found_and_then_read_on_the_halls_day(stand: Stand) -> None:
    read = stand.starts()
    read.finds_a_card()
    read.done(Done(CARD))
    person = person_of(CARD)
    assert person is not None
    assert stand.heard == [CardFound(), CardRead(person, stand.clock.today())]


@pytest.mark.parametrize("trouble", ReaderTrouble)
def test_each_trouble_of_a_card_is_told_by_its_own_name(
    stand: Stand, trouble: ReaderTrouble
) -> None:
    stand.starts().done(Done(trouble))
    assert stand.heard == [CardTroubled(CardTrouble[trouble.name])]


@pytest.mark.parametrize(
    "outcome", [Failed(NoAnswerError("id_card_reader", "gone")), Overdue()], ids=["failed", "hung"]
)
def test_a_reader_that_does_not_answer_is_away(stand: Stand, outcome: object) -> None:
    stand.starts().done(outcome)
    assert stand.heard == [CardTroubled(CardTrouble.READER_AWAY)]


@pytest.mark.parametrize("outcome", [Withdrawn(), Done(None)], ids=["withdrawn", "ended"])
def test_a_read_that_was_given_up_tells_nothing(stand: Stand, outcome: object) -> None:
    stand.starts().done(outcome)
    assert stand.heard == []


def test_a_card_with_a_senseless_date_cannot_be_read(stand: Stand) -> None:
    stand.starts().done(Done(replace(CARD, birth="19991301")))
    assert stand.heard == [CardTroubled(CardTrouble.UNREADABLE)]


def test_an_earlier_read_is_withdrawn_and_no_longer_heard(stand: Stand) -> None:
    first = stand.starts()
    second = stand.starts()
    assert first.withdrawn
    assert not second.withdrawn
    first.finds_a_card()
    first.done(Done(CARD))
    assert stand.heard == []
    second.done(Done(ReaderTrouble.MOVED))
    assert stand.heard == [CardTroubled(CardTrouble.MOVED)]


def test_nothing_is_heard_of_a_read_that_was_stopped(stand: Stand) -> None:
    read = stand.starts()
    stand.task.stop()
    assert read.withdrawn
    read.done(Overdue())
    assert stand.heard == []
