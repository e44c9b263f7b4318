"""A day of the queue by any sequence of acts of many clerks and kiosks, and the laws it keeps."""

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from kiosk.central.contract import LeasedNumber, PaperOutcome, PaperReport, TicketIn
from kiosk.central.contract.queue import TicketMove, WindowState
from kiosk.central.server import lines, tickets
from kiosk.central.server.bookings import check_in
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue.tables import window
from kiosk.central.server.tables import counter, ticket, ticket_change
from kiosk.domain.queueing import AT_WINDOW, WAITS, Need
from tests.kit.central import HALL, new_id
from tests.kit.leased_numbers import numbers_for
from tests.kit.queue_hall import Clerk, Hall, open_hall
from tests.kit.queue_history import lawful_ends

SERVICES = ("passport", "hk_macao_permit", "taiwan_permit", "enquiry")
CALLS = {
    "1": ("passport", "hk_macao_permit"),
    "2": ("passport",),
    "4": ("hk_macao_permit", "taiwan_permit"),
    "6": ("enquiry", "passport"),
}
MACHINE = "kiosk-2"
RARELY = 5
windows = st.sampled_from(sorted(CALLS))


class Watched(RuleBasedStateMachine):
    """A hall with a database of its own, and what one can ask of it."""

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="queue-laws-"))
        shutil.copy(self.template, self.folder / "central.db")
        self.hall: Hall = open_hall(str(self.folder / "central.db"))
        self.clerks: dict[str, Clerk] = {}
        self.numbers: dict[str, list[LeasedNumber]] = {}
        self.moved: set[str] = set()
        """tickets whose place is no longer that of when they were taken"""

    def report_leased(self, row: dict[str, Any]) -> None:
        fields = {name: row[name] for name in ("ticket_id", "services", "need", "taken_at")}
        request = TicketIn(machine_id=MACHINE, hall_id=HALL, **fields)
        number = self.numbers[row["services"][0]].pop(0)
        self.hall.do(partial(check_in.report, request=request, given=number))

    def online(self) -> list[dict[str, Any]]:
        return self.tickets(lambda row: row["lease_id"] is None)

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

    def teardown(self) -> None:
        """Every ticket moved along the table only, and nothing was done for it twice."""
        try:
            with self.hall.office.database.transaction() as tx:
                changes = list(tx.execute(select(ticket_change).order_by(ticket_change.c.id)))
            ends = lawful_ends(changes)
            assert ends == {row["ticket_id"]: row["queue_state"] for row in self.tickets()}
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

    def state_of(self, name: str) -> WindowState:
        query = select(window.c.state).where(window.c.window == name)
        with self.hall.office.database.transaction() as tx:
            return WindowState(tx.execute(query).scalar_one())

    def some_ticket(self, name: str, data: st.DataObject) -> str:
        """Mostly the one at the window, so that visits get to their end."""
        own = self.at(name)
        if own is not None and data.draw(st.integers(1, RARELY)) > 1:
            return own
        return str(data.draw(st.sampled_from([row["ticket_id"] for row in self.tickets()])))


class QueueDay(Watched):
    """One day of a hall: the real service functions on a real database."""

    @initialize()
    def open_up(self) -> None:
        self.clerks = {name: self.hall.window(name, *calls) for name, calls in CALLS.items()}
        self.numbers = numbers_for(self.hall, MACHINE, SERVICES)

    @rule(
        services=st.lists(st.sampled_from(SERVICES), min_size=1, max_size=3, unique=True),
        need=st.sampled_from([None, None, None, *Need]),
        booked=st.integers(1, RARELY).map(lambda n: n == 1),
    )
    def take(self, services: list[str], need: Need | None, booked: bool) -> None:
        self.hall.take(*services, need=None if booked else need, booked=booked)

    @rule(
        service=st.sampled_from(SERVICES),
        need=st.sampled_from([None, Need.AGE]),
        ago_min=st.sampled_from([0, 3, 45]),
    )
    def report(self, service: str, need: Need | None, ago_min: int) -> None:
        """A machine that was cut off tells of a ticket that it gave by itself."""
        row: dict[str, Any] = {"ticket_id": new_id("t"), "services": [service], "need": need}
        row["taken_at"] = self.hall.clock.now() - timedelta(minutes=ago_min)
        self.report_leased(row)

    @precondition(lambda self: bool(self.online()))
    @rule(data=st.data())
    def report_after_a_lost_answer(self, data: st.DataObject) -> None:
        """Central's number never arrived: the paper has another, of the machine's own."""
        chosen = data.draw(st.sampled_from(self.online()))
        self.report_leased(chosen)
        assert self.hall.row(chosen["ticket_id"])["queue_state"] == chosen["queue_state"]

    @rule(minutes=st.sampled_from([0.5, 3, 20, 61, 130]))
    def wait(self, minutes: float) -> None:
        assume(self.hall.clock.moment.hour < 21)
        self.hall.later(minutes)

    @rule(name=windows)
    def call(self, name: str) -> None:
        waiting = self.tickets(lambda row: row["due_ms"] is not None)
        busy = self.at(name) is not None
        in_reach = any(row["service_id"] in CALLS[name] for row in waiting)
        if busy or not in_reach or self.state_of(name) is not WindowState.OPEN:
            with pytest.raises(RefusalError):
                self.clerks[name].next()
        else:
            self.check_order(name, self.clerks[name].next(), waiting)

    @rule(name=windows, what=st.sampled_from(["pause", "close"]))
    def rest(self, name: str, what: str) -> None:
        busy, state = self.at(name) is not None, self.state_of(name)
        if state is WindowState.CLOSED or (what == "close" and busy):
            with pytest.raises(RefusalError):
                getattr(self.clerks[name], what)()
            assert self.state_of(name) is state
        else:
            getattr(self.clerks[name], what)()
            assert self.state_of(name) is not WindowState.OPEN

    @rule(name=windows)
    def go_on(self, name: str) -> None:
        self.clerks[name].open(*CALLS[name])

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
