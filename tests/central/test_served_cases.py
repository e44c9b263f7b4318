"""A served case counts once: at a window or a machine, rated or not, and taken up again."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from kiosk.central.contract.queue import TicketMove
from kiosk.central.server.ratings import tables
from tests.kit.central import Caller, RunningCentral, new_id, ticket_request
from tests.kit.permits_on_file import MachineAt, permit_on_file, put_on_file
from tests.kit.ratings import (
    Asked,
    ClerkAtWindow,
    asked,
    counted,
    finish,
    hello,
    later,
    look,
    own_request,
    rate,
    recounted,
    reopen,
)

PRINTED = {"outcome": "printed", "at": "2026-11-24T09:30:00+08:00"}
STEPS = 60


def at_kiosk(caller: Caller, outcome: str = "printed", **changes: Any) -> str:
    """Somebody takes a number at a kiosk; the ticket."""
    ticket_id = new_id("t")
    assert caller.post("/v1/tickets", ticket_request(ticket_id, **changes)).status == 201
    paper = caller.post(f"/v1/tickets/{ticket_id}/paper", {**PRINTED, "outcome": outcome})
    assert paper.status == 200
    return ticket_id


def confirmed(central: RunningCentral, caller: Caller, order_id: str = "o-1") -> None:
    """An endorsement machine makes what somebody has ordered and paid."""
    put_on_file(central, permit_on_file())
    machine = MachineAt(caller)
    order = machine.orders(order_id, ("MAC", "3m1"))
    assert order.status == 201
    assert machine.pays(order_id, "cash", order.body["amount_fen"]).status == 201
    assert machine.confirms(order_id).status == 200


def test_a_kiosk_errand_nobody_rated_is_served(central: RunningCentral, caller: Caller) -> None:
    at_kiosk(caller)
    at_kiosk(caller, "shown")
    at_kiosk(caller, "voided")
    assert counted(central) == recounted(central) == {"served": 2}


def test_an_endorsement_nobody_rated_is_served_when_it_is_made(
    central: RunningCentral, caller: Caller
) -> None:
    confirmed(central, caller)
    MachineAt(caller).confirms("o-1")
    assert counted(central) == recounted(central) == {"served": 1}


@pytest.mark.parametrize("first", ["paper", "question"])
def test_an_errand_and_its_question_are_one_case_whichever_comes_first(
    central: RunningCentral, caller: Caller, first: str
) -> None:
    ticket_id = new_id("t")
    caller.post("/v1/tickets", ticket_request(ticket_id))
    asks = own_request(case_id=ticket_id, asked_at=central.clock.now().isoformat())

    def paper() -> int:
        return caller.post(f"/v1/tickets/{ticket_id}/paper", PRINTED).status

    def question() -> int:
        return caller.post("/v1/rating-requests", asks).status

    told = (paper, question) if first == "paper" else (question, paper)
    assert {one() for one in told} == {200, 201}
    assert counted(central) == recounted(central) == {"served": 1, "asked": 1}
    (row,) = central.rows(tables.served_case)
    assert (row["case_kind"], row["case_id"]) == ("application", ticket_id)


def test_a_window_without_a_terminal_serves_all_the_same(
    central: RunningCentral, caller: Caller
) -> None:
    clerk = ClerkAtWindow(central)
    clerk.begin(caller, "t-1")
    clerk.move("t-1", TicketMove.FINISH)
    assert counted(central) == recounted(central) == {"served": 1}
    reopen(central)
    finish(central)
    assert counted(central) == {"served": 1}


@pytest.mark.parametrize("move", [TicketMove.VOID, TicketMove.MISS])
def test_who_was_called_and_did_not_come_is_not_served(
    central: RunningCentral, caller: Caller, move: TicketMove
) -> None:
    hello(caller)
    clerk = ClerkAtWindow(central)
    caller.post("/v1/tickets", ticket_request("t-1"))
    clerk.call()
    for _again in range(2 if move is TicketMove.MISS else 0):
        clerk.move("t-1", TicketMove.RECALL)
    clerk.move("t-1", move)
    assert counted(central) == recounted(central) == {}


def silent_then_asked_anew(central: RunningCentral, caller: Caller) -> tuple[Asked, Asked]:
    """A case is finished, nobody answers, it is taken up again and finished; both questions."""
    hello(caller)
    old = asked(central, caller)
    later(central, seconds=60)
    assert look(caller).body["request"] is None
    reopen(central)
    return old, asked(central, caller)


def test_a_silent_case_that_is_taken_up_again_is_served_and_asked_once(
    central: RunningCentral, caller: Caller
) -> None:
    _old, new = silent_then_asked_anew(central, caller)
    assert counted(central) == {"served": 1, "asked": 1}
    assert rate(caller, new.answer()).status == 201
    assert counted(central) == {"served": 1, "asked": 1, "stars_4": 1}


def test_an_answer_to_the_first_question_that_comes_late_is_heard_and_ends_the_second(
    central: RunningCentral, caller: Caller
) -> None:
    old, new = silent_then_asked_anew(central, caller)
    assert rate(caller, old.answer("dissatisfied")).status == 201
    assert look(caller).body["request"] is None
    refused = rate(caller, new.answer("very_satisfied"))
    assert (refused.status, refused.code) == (409, "already_rated")
    assert counted(central) == {"served": 1, "asked": 1, "stars_2": 1}


def test_an_answer_that_comes_after_two_silences_breaks_both(
    central: RunningCentral, caller: Caller
) -> None:
    old, _new = silent_then_asked_anew(central, caller)
    later(central, seconds=60)
    look(caller)
    assert counted(central) == {"served": 1, "asked": 1, "silent": 1}
    assert rate(caller, old.answer()).status == 201
    assert counted(central) == {"served": 1, "asked": 1, "stars_4": 1}


class Day:
    """A day at window 1 and the machines, as chance has it.

    Args:
        central: the server.
        caller: every machine.
        chance: with its seed.
    """

    def __init__(self, central: RunningCentral, caller: Caller, chance: random.Random) -> None:
        self._central, self._caller, self._chance = central, caller, chance
        self._clerk = ClerkAtWindow(central)
        self._served: list[str] = []
        self._unanswered: list[Asked] = []

    def step(self) -> None:
        """Something happens."""
        acts: list[Callable[[], object]] = [
            self._serve,
            self._serve,
            self._turn_away,
            self._take_up_again,
            self._answer,
            self._answer,
            self._wait,
            self._kiosk,
        ]
        self._chance.choice(acts)()

    def _serve(self) -> None:
        ticket_id = new_id("t")
        services = self._chance.choice((["passport"], ["passport", "enquiry"]))
        self._caller.post("/v1/tickets", ticket_request(ticket_id, services=services))
        assert self._clerk.call() == ticket_id
        self._clerk.move(ticket_id, TicketMove.BEGIN)
        self._clerk.move(ticket_id, TicketMove.FINISH)
        self._served.append(ticket_id)
        self._see()

    def _turn_away(self) -> None:
        ticket_id = new_id("t")
        self._caller.post("/v1/tickets", ticket_request(ticket_id))
        self._clerk.move(self._clerk.call(), TicketMove.VOID)

    def _take_up_again(self) -> None:
        if self._served:
            ticket_id = self._chance.choice(self._served)
            reopen(self._central, ticket_id)
            if self._chance.random() < 0.8:
                finish(self._central, ticket_id)
                self._see()

    def _see(self) -> None:
        question = look(self._caller).body["request"]
        if question is not None:
            self._unanswered.append(Asked(question))

    def _answer(self) -> None:
        if self._unanswered:
            question = self._chance.choice(self._unanswered)
            level = self._chance.choice(("very_satisfied", "satisfied", "very_dissatisfied"))
            after_s = self._chance.choice((0.5, 8.0, 50.0))
            rate(self._caller, question.answer(level, given_after_s=after_s))

    def _wait(self) -> None:
        later(self._central, seconds=self._chance.choice((3, 45)))
        look(self._caller)

    def _kiosk(self) -> None:
        ticket_id = at_kiosk(
            self._caller, self._chance.choice(("printed", "shown", "voided")), services=["enquiry"]
        )
        if self._chance.random() < 0.5:
            own = own_request(case_id=ticket_id, asked_at=self._central.clock.now().isoformat())
            kept = self._caller.post("/v1/rating-requests", own)
            self._unanswered.append(Asked({**kept.body, "token": own["token"]}))


@pytest.mark.parametrize("seed", range(3))
def test_the_counts_of_a_day_are_those_of_its_rows_after_every_step(
    ready_database: str, seed: int
) -> None:
    with RunningCentral(ready_database) as central:
        caller = Caller(central.port)
        hello(caller)
        day = Day(central, caller, random.Random(seed))
        for _step in range(STEPS):
            day.step()
            kept = counted(central)
            odd = {"quick", "burst", "clock_off"}
            assert {name: n for name, n in kept.items() if name not in odd} == recounted(central)
        assert kept["served"] > kept["asked"] > kept["silent"] > 0
        spots = [spot(one) for one in central.rows(tables.rating_day)]
        assert {spot(one) for one in central.rows(tables.served_case)} <= set(spots)
        for one in central.rows(tables.rating_day):
            assert one["served"] >= 0
            assert one["asked"] >= one["silent"] >= 0
        caller.close()


def spot(row: dict[str, Any]) -> tuple[Any, ...]:
    """Where something counts."""
    return tuple(row[name] for name in ("day", "window_name", "clerk_id", "machine_id"))
