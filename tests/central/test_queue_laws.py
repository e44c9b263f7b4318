"""Any sequence of acts by many clerks and kiosks keeps the laws of the queue."""

import shutil
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from kiosk.central.contract import PaperOutcome, PaperReport
from kiosk.central.contract.queue import TicketMove
from kiosk.central.server import lines, tickets
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue.tables import window
from kiosk.central.server.tables import counter, ticket, ticket_change
from kiosk.domain.queueing import AT_WINDOW, MOVES, WAITS, Need, QueueState
from tests.kit.queue_hall import Clerk, Hall, open_hall

SERVICES = ("passport", "hk_macao_permit", "taiwan_permit", "enquiry")
CALLS = {
    "1": ("passport", "hk_macao_permit"),
    "2": ("passport",),
    "4": ("hk_macao_permit", "taiwan_permit"),
    "6": ("enquiry", "passport"),
}
EDGES = {(of.value, to.value) for (of, _move), to in MOVES.items()}
REGRADED = {(one.value, one.value) for one in QueueState}
RARELY = 5
EXAMPLES = 12
"""in the suite; a night's run may have more"""

windows = st.sampled_from(sorted(CALLS))


class QueueDay(RuleBasedStateMachine):
    """One day of a hall: the real service functions on a real database."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="queue-laws-"))
        shutil.copy(self.template, self.folder / "central.db")
        self.hall: Hall = open_hall(str(self.folder / "central.db"))
        self.clerks: dict[str, Clerk] = {}
        self.moved: set[str] = set()
        """tickets whose place is no longer that of when they were taken"""

    @initialize()
    def open_up(self) -> None:
        self.clerks = {name: self.hall.window(name, *calls) for name, calls in CALLS.items()}

    @rule(
        services=st.lists(st.sampled_from(SERVICES), min_size=1, max_size=3, unique=True),
        need=st.sampled_from([None, None, None, *Need]),
        booked=st.integers(1, RARELY).map(lambda n: n == 1),
    )
    def take(self, services: list[str], need: Need | None, booked: bool) -> None:
        self.hall.take(*services, need=None if booked else need, booked=booked)

    @rule(minutes=st.sampled_from([0.5, 3, 20, 61, 130]))
    def wait(self, minutes: float) -> None:
        assume(self.hall.clock.moment.hour < 21)
        self.hall.later(minutes)

    @rule(name=windows)
    def call(self, name: str) -> None:
        waiting = self.tickets(lambda row: row["due_ms"] is not None)
        busy = self.at(name) is not None
        in_reach = any(row["service_id"] in CALLS[name] for row in waiting)
        if busy or not in_reach:
            with pytest.raises(RefusalError):
                self.clerks[name].next()
        else:
            self.check_order(name, self.clerks[name].next(), waiting)

    def check_order(self, name: str, called: str, waiting: list[dict[str, Any]]) -> None:
        policy = lines.policy_of(self.hall.clock.today())
        chosen = next(row for row in waiting if row["ticket_id"] == called)
        assert chosen["service_id"] in CALLS[name]
        for other in waiting:
            if other["service_id"] not in CALLS[name] or other["ticket_id"] in self.moved:
                continue
            later_s = (chosen["taken_at"] - other["taken_at"]).total_seconds()
            assert later_s <= policy.bound_min * 60, "overtaken for longer than the stated bound"
            if called in self.moved:
                continue
            leads = policy.lead_min[chosen["ticket_class"]], policy.lead_min[other["ticket_class"]]
            assert later_s <= (leads[0] - leads[1]) * 60, "out of order"

    @precondition(lambda self: bool(self.tickets()))
    @rule(name=windows, move=st.sampled_from(list(TicketMove)), data=st.data())
    def act(self, name: str, move: TicketMove, data: st.DataObject) -> None:
        chosen = self.some_ticket(name, data)
        before = self.hall.row(chosen)
        try:
            self.clerks[name].act(chosen, move)
        except RefusalError:
            assert self.hall.row(chosen) == before
            return
        if move is TicketMove.RETURN:
            self.moved.add(chosen)

    @precondition(lambda self: bool(self.tickets()))
    @rule(name=windows, service=st.sampled_from(SERVICES), data=st.data())
    def transfer(self, name: str, service: str, data: st.DataObject) -> None:
        chosen = self.some_ticket(name, data)
        try:
            self.clerks[name].transfer(chosen, service)
        except RefusalError:
            return
        assert self.hall.place(chosen).service_id == service

    @precondition(lambda self: bool(self.tickets()))
    @rule(name=windows, need=st.sampled_from([None, *Need]), data=st.data())
    def regrade(self, name: str, need: Need | None, data: st.DataObject) -> None:
        chosen = self.some_ticket(name, data)
        try:
            self.clerks[name].regrade(chosen, need)
        except RefusalError:
            return
        self.moved.add(chosen)

    @precondition(lambda self: bool(self.tickets()))
    @rule(outcome=st.sampled_from(list(PaperOutcome)), data=st.data())
    def paper(self, outcome: PaperOutcome, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from([row["ticket_id"] for row in self.tickets()]))
        report = PaperReport(outcome=outcome, at=self.hall.clock.now())
        try:
            self.hall.do(lambda tx, office: tickets.report_paper(tx, office, chosen, report))
        except RefusalError:
            return

    @invariant()
    def the_counters_know_who_stands_in_line(self) -> None:
        in_line = Counter(
            row["service_id"] for row in self.tickets(lambda row: row["due_ms"] is not None)
        )
        prefix = {"passport": "A", "hk_macao_permit": "B", "taiwan_permit": "C", "enquiry": "D"}
        with self.hall.office.database.transaction() as tx:
            counted = {row.prefix: row.waiting for row in tx.execute(select(counter))}
        for service_id, letter in prefix.items():
            assert counted.get(letter, 0) == in_line[service_id]

    @invariant()
    def whoever_is_at_a_window_is_at_one_and_nobody_else_is_there(self) -> None:
        there = {
            row["ticket_id"]: row for row in self.tickets(lambda r: r["queue_state"] in AT_WINDOW)
        }
        with self.hall.office.database.transaction() as tx:
            held = {row.window: row.ticket_id for row in tx.execute(select(window))}
        occupied = [one for one in held.values() if one is not None]
        assert sorted(occupied) == sorted(there)
        for name, ticket_id in held.items():
            assert ticket_id is None or there[ticket_id]["window"] == name

    @invariant()
    def who_stands_in_line_waits_and_nobody_else_does(self) -> None:
        for row in self.tickets():
            assert (row["due_ms"] is not None) == (row["queue_state"] in WAITS)

    def teardown(self) -> None:
        """Every ticket moved along the table only, and no service was served twice in a row."""
        try:
            with self.hall.office.database.transaction() as tx:
                changes = list(tx.execute(select(ticket_change).order_by(ticket_change.c.id)))
            at: dict[str, str] = {}
            for row in changes:
                if row.line == "paper":
                    at.setdefault(row.ticket_id, "waiting")
                    continue
                assert row.from_state == at[row.ticket_id]
                assert (row.from_state, row.to_state) in EDGES | REGRADED
                at[row.ticket_id] = row.to_state
            assert at == {row["ticket_id"]: row["queue_state"] for row in self.tickets()}
        finally:
            self.hall.office.database.close()
            shutil.rmtree(self.folder)

    def tickets(self, wanted: Any = lambda _row: True) -> list[dict[str, Any]]:
        with self.hall.office.database.transaction() as tx:
            rows = [dict(row) for row in tx.execute(select(ticket)).mappings()]
        return [row for row in rows if wanted(row)]

    def at(self, name: str) -> str | None:
        query = select(window.c.ticket_id).where(window.c.window == name)
        with self.hall.office.database.transaction() as tx:
            found: str | None = tx.execute(query).scalar()
        return found

    def some_ticket(self, name: str, data: st.DataObject) -> str:
        """Mostly the one at the window, so that visits get to their end."""
        own = self.at(name)
        if own is not None and data.draw(st.integers(1, RARELY)) > 1:
            return own
        return str(data.draw(st.sampled_from([row["ticket_id"] for row in self.tickets()])))


def test_every_sequence_of_acts_keeps_the_laws(migrated_file: Path) -> None:
    QueueDay.template = migrated_file
    run_state_machine_as_test(
        QueueDay,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_laws_find_a_planted_mistake(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queue that calls the last first is found out."""
    QueueDay.template = migrated_file
    taken = lines.moment_ms
    monkeypatch.setattr(
        lines.QueuePolicy, "place_ms", lambda _self, taken_at, _class: -taken(taken_at)
    )
    day = QueueDay()
    day.open_up()
    day.take(["passport"], None, False)
    day.hall.later(3)
    day.take(["passport"], None, False)
    with pytest.raises(AssertionError, match="out of order"):
        day.call("1")
    day.teardown()
