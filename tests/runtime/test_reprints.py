"""A ticket owed from before a restart ends once: on paper, or given up and said so."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from hardware.interfaces.ticket_printer import (
    Doubtful,
    NotPrinted,
    Paper,
    PaperTrouble,
    Printed,
    PrintOutcome,
    TextLine,
)
from hardware.outcome import Done, Overdue
from kiosk import locale
from kiosk.central.desk_recovery import Reprint
from kiosk.domain.ticket import Ticket
from kiosk.runtime.print_task import LOOK_AGAIN_S
from kiosk.runtime.reprints import DOUBTFUL_TRIES, Reprints
from kiosk.runtime.ticket_paper import TicketComposer
from tests.kit.fake_clock import MORNING, FakeClock

LOCALES = Path(__file__).resolve().parents[2] / "locales"
WITHIN = timedelta(minutes=30)
FIRST = Ticket("1f" * 16, "A001", MORNING.date(), MORNING, ("passport",))
SECOND = replace(FIRST, ticket_id="2f" * 16, number="A002")
NO_PAPER = NotPrinted(PaperTrouble.PAPER_OUT)
LOST = Doubtful(PaperTrouble.LINK_LOST)


@dataclass
class Printer:
    """A manager whose printer ends one job after the other as told."""

    ends: list[PrintOutcome | Overdue]
    papers: list[Paper] = field(default_factory=list)

    def call(
        self,
        name: str,
        fn: Callable[[Any, Any], Any],
        deadline_s: float,
        done: Callable[[Any], None],
    ) -> None:
        assert name == "ticket_printer"
        assert deadline_s > 0
        fn(self, None)
        end = self.ends.pop(0)
        done(end if isinstance(end, Overdue) else Done(end))

    def print_paper(self, paper: Paper, _cancel: object) -> None:
        self.papers.append(paper)


@dataclass
class Books:
    """A desk that writes down what it is told, as number of the job and word."""

    said: list[tuple[str, ...]] = field(default_factory=list)

    def printing(self, ticket_id: str) -> None:
        self.said.append((ticket_id, "printing"))

    def printed(self, ticket_id: str) -> None:
        self.said.append((ticket_id, "printed"))

    def not_printed(self, ticket_id: str, trouble: str) -> None:
        self.said.append((ticket_id, "not_printed", trouble))

    def doubtful(self, ticket_id: str, trouble: str) -> None:
        self.said.append((ticket_id, "doubtful", trouble))

    def settle(self, ticket_id: str, outcome: str) -> None:
        self.said.append((ticket_id, "settled", outcome))

    def settled(self) -> list[tuple[str, str]]:
        return [(said[0], said[2]) for said in self.said if said[1] == "settled"]


class AtOnce:
    """A service thread that does a call when it is given."""

    def run(self, call: Callable[[], None]) -> None:
        call()


class Stand:
    """A machine that has just been started and owes tickets."""

    def __init__(self, *ends: PrintOutcome | Overdue) -> None:
        self.printer = Printer(list(ends))
        self.books = Books()
        self.clock = FakeClock()
        self.ended = 0
        parts: dict[str, Any] = {
            "devices": self.printer,
            "desk": self.books,
            "services": AtOnce(),
            "compose": TicketComposer(locale.load(LOCALES), lambda: None, "K01"),
        }
        self.reprints = Reprints(**parts, clock=self.clock, within=WITHIN, ended=self._end)

    def owes(self, *tickets: Ticket, copy: bool = False) -> None:
        self.reprints.owe(tuple(Reprint(one, "en", copy) for one in tickets))
        self.reprints.begin()

    def looks_again(self, times: int = 1) -> None:
        self.clock.advance(times * LOOK_AGAIN_S)

    def marked(self) -> list[bool]:
        """Whether each paper said that it is a copy."""
        return [
            "Reprint" in [one.text for one in paper.elements if isinstance(one, TextLine)]
            for paper in self.printer.papers
        ]

    def _end(self) -> None:
        self.ended += 1


def test_a_ticket_that_comes_out_counts_as_taken() -> None:
    stand = Stand(Printed())
    stand.owes(FIRST)
    assert stand.books.said == [
        (FIRST.ticket_id, "printing"),
        (FIRST.ticket_id, "printed"),
        (FIRST.ticket_id, "settled", "taken"),
    ]
    assert (stand.ended, stand.reprints.any, stand.marked()) == (1, False, [False])


def test_two_are_printed_in_their_order_and_the_end_is_told_once() -> None:
    stand = Stand(Printed(), Printed())
    stand.owes(FIRST, SECOND)
    assert [one.job_id for one in stand.printer.papers] == [FIRST.ticket_id, SECOND.ticket_id]
    assert stand.books.settled() == [(FIRST.ticket_id, "taken"), (SECOND.ticket_id, "taken")]
    assert stand.ended == 1


def test_the_second_waits_until_the_first_has_ended() -> None:
    stand = Stand(NO_PAPER, Printed(), Printed())
    stand.owes(FIRST, SECOND)
    assert [one.job_id for one in stand.printer.papers] == [FIRST.ticket_id]
    assert (stand.ended, stand.reprints.any) == (0, True)
    stand.looks_again()
    assert stand.books.settled() == [(FIRST.ticket_id, "taken"), (SECOND.ticket_id, "taken")]


@pytest.mark.parametrize("lost", [LOST, Overdue()], ids=["no confirmation", "hung"])
def test_after_some_doubtful_slips_no_more_are_sent_and_the_ticket_is_voided(
    lost: PrintOutcome | Overdue,
) -> None:
    stand = Stand(*[lost] * DOUBTFUL_TRIES)
    stand.owes(FIRST)
    stand.looks_again(2 * DOUBTFUL_TRIES)
    assert stand.marked() == [False] + [True] * (DOUBTFUL_TRIES - 1)
    assert stand.books.settled() == [(FIRST.ticket_id, "voided")]
    assert stand.ended == 1


def test_a_printer_without_paper_is_asked_again_until_it_has_some() -> None:
    waits = 2 * DOUBTFUL_TRIES
    stand = Stand(*[NO_PAPER] * waits, Printed())
    stand.owes(FIRST)
    stand.looks_again(waits)
    assert stand.marked() == [False] * (waits + 1)
    assert stand.books.settled() == [(FIRST.ticket_id, "taken")]


def test_tries_without_paper_are_not_counted_among_the_doubtful() -> None:
    stand = Stand(*[NO_PAPER] * DOUBTFUL_TRIES, LOST, Printed())
    stand.owes(FIRST)
    stand.looks_again(DOUBTFUL_TRIES + 1)
    assert stand.marked() == [False] * (DOUBTFUL_TRIES + 1) + [True]
    assert stand.books.settled() == [(FIRST.ticket_id, "taken")]


def test_a_paper_that_may_lie_there_already_says_that_it_is_a_copy() -> None:
    stand = Stand(NO_PAPER, Printed())
    stand.owes(FIRST, copy=True)
    stand.looks_again()
    assert stand.marked() == [True, True]


def test_a_ticket_grown_too_old_is_voided_and_no_longer_printed() -> None:
    stand = Stand(NO_PAPER, NO_PAPER)
    stand.clock.advance(WITHIN.total_seconds())
    stand.owes(FIRST)
    assert stand.books.settled() == []
    stand.looks_again()
    assert stand.books.settled() == [(FIRST.ticket_id, "voided")]
    stand.looks_again()
    assert (len(stand.printer.papers), stand.ended) == (2, 1)
