"""One busy day of a hall on a simulated clock: arrivals, bookings, a kiosk cut off, calls.

Everything is drawn from a seed, so a day can be lived again. The day is served straight at the
service functions; visits take as long as four windows can bear, for what is asked is who waits.
"""

import heapq
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial

from sqlalchemy import select

from kiosk.central.contract import ErrorCode, LeasedNumber, TicketIn
from kiosk.central.contract.bookings import (
    Booking,
    CheckedIn,
    CheckIn,
    CheckInOutcome,
)
from kiosk.central.server.bookings import check_in
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.tables import ticket, ticket_change
from tests.kit.central import HALL, MORNING, new_id
from tests.kit.leased_numbers import numbers_for
from tests.kit.peak_crowd import CLOSES, OPENS, SERVICES, Crowd, Person, at
from tests.kit.queue_hall import Clerk, Hall, clerk

CUT, BACK = time(10), time(11)
_LOAD = 0.95
"""of what the windows could serve between opening and closing"""


@dataclass(slots=True)
class DayReport:
    """What became of the day.

    Args:
        waits_min: by class, of everybody who was called: from the ticket to the first call.
        taken: tickets.
        states: how many tickets ended in which state.
        finished_twice: tickets that were finished more than once.
        doubles: numbers given twice.
        merged: tickets given while cut off and reported later.
        outcomes: of checking in.
        closed_at: when the last person had been served.
    """

    waits_min: dict[str, list[float]] = field(default_factory=dict)
    taken: int = 0
    states: Counter[str] = field(default_factory=Counter)
    finished_twice: int = 0
    doubles: int = 0
    merged: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    closed_at: datetime = MORNING


class CutOffKiosk:
    """A kiosk that gives leased numbers while central is away.

    Args:
        hall: whose numbers it has.
    """

    def __init__(self, hall: Hall) -> None:
        self._hall = hall
        self._outbox: list[tuple[TicketIn, LeasedNumber]] = []
        self._numbers: dict[str, list[LeasedNumber]] = {}

    def lease(self) -> None:
        """Enough for the hour, as a machine does that tops its leases up."""
        self._numbers = numbers_for(self._hall, "kiosk-2", SERVICES, leases=3)

    def give(self, person: Person) -> None:
        """A ticket with a leased number; central hears of it later."""
        wanted = ticket_of(person, self._hall.clock.moment, "kiosk-2")
        first = min(person.services, key=SERVICES.index)
        self._outbox.append((wanted, self._numbers[first].pop(0)))

    def merge(self) -> int:
        """Report what was given; how many tickets that were."""
        for wanted, number in self._outbox:
            self._hall.do(partial(check_in.report, request=wanted, given=number))
        return len(self._outbox)


def ticket_of(person: Person, now: datetime, machine_id: str = "kiosk-1") -> TicketIn:
    """What a machine asks for somebody."""
    return TicketIn(
        ticket_id=new_id("t"),
        machine_id=machine_id,
        hall_id=HALL,
        services=person.services,
        taken_at=now,
        need=person.need,
        holder_number=person.number,
    )


class PeakDay:
    """A day to be lived.

    Args:
        hall: with an empty database.
        people: how many come.
        windows: that are open.
        seed: of everything drawn.
    """

    def __init__(self, hall: Hall, people: int, windows: int = 4, seed: int = 4) -> None:
        self._hall = hall
        self._people = people
        self._windows = windows
        self._rng = random.Random(seed)
        self._todo: list[tuple[datetime, int, Callable[[], None]]] = []
        self._turn = 0
        self._idle: list[Clerk] = []
        self._second = CutOffKiosk(hall)
        self._report = DayReport()
        seconds = (CLOSES.hour - OPENS.hour) * 3600
        self._visit_s = _LOAD * seconds * windows / people

    def live(self) -> DayReport:
        """From the bookings of the evening before to the last person served."""
        self._hall.clock.moment = at(time(8))
        drawing = Crowd(self._hall, self._rng)
        crowd = [drawing.person(n) for n in range(self._people)]
        self._hall.clock.moment = at(OPENS)
        self._second.lease()
        for name in range(1, self._windows + 1):
            actor = clerk(f"c{name}")
            self._idle.append(self._hall.window(str(name), *SERVICES, actor=actor))
        for one in crowd:
            self._later(one.comes, partial(self._arrive, one))
        self._later(at(BACK), self._merge)
        while self._todo:
            moment, _turn, act = heapq.heappop(self._todo)
            self._hall.clock.moment = moment
            act()
        self._report.closed_at = self._now
        self._count()
        return self._report

    def _arrive(self, person: Person) -> None:
        if person.at_second_kiosk and at(CUT) <= self._now < at(BACK):
            self._second.give(person)
            return
        if person.booking is None:
            wanted = ticket_of(person, self._now)
            self._hall.do(lambda tx, office: check_in.take(tx, office, wanted))
        elif not self._check_in(person, person.booking):
            return
        self._wake()

    def _check_in(self, person: Person, booking: Booking) -> bool:
        """Whether a ticket came out; whoever is early comes again when the time has come."""
        ticket_id = new_id("t")
        for fall_back in (False, True):
            asked = CheckIn(
                ticket_id=ticket_id,
                machine_id="kiosk-1",
                hall_id=HALL,
                holder_number=person.number,
                need=person.need,
                taken_at=self._now,
                fall_back=fall_back,
            )
            answer = self._hall.do(partial(check_in.check_in, request=asked)).value
            assert isinstance(answer, CheckedIn)
            if not fall_back:
                self._report.outcomes[answer.outcome] += 1
            if answer.outcome is CheckInOutcome.EARLY:
                self._later(booking.reminder.come_from, lambda: self._arrive(person))
                return False
            if answer.ticket is not None:
                return True
        raise AssertionError("falling back always gives a ticket")

    def _merge(self) -> None:
        self._report.merged = self._second.merge()
        self._wake()

    # ---- windows

    def _wake(self) -> None:
        idle, self._idle = self._idle, []
        for one in idle:
            self._call(one)

    def _call(self, window: Clerk) -> None:
        try:
            ticket_id = window.next()
        except RefusalError as refused:
            if refused.code is not ErrorCode.NOBODY_WAITS:
                raise
            self._idle.append(window)
            return
        if self._rng.random() < 0.97:
            self._after(10, lambda: self._serve(window, ticket_id))
        else:
            self._after(15, lambda: self._call_again(window, ticket_id))

    def _call_again(self, window: Clerk, ticket_id: str) -> None:
        """Two more calls; then the next person, and half of the missed come back."""
        for _ in range(2):
            window.act(ticket_id, "recall")
        window.act(ticket_id, "miss")
        if self._rng.random() < 0.5:
            self._after(300, lambda: self._come_back(window, ticket_id))
        self._call(window)

    def _come_back(self, window: Clerk, ticket_id: str) -> None:
        window.act(ticket_id, "return")
        self._wake()

    def _serve(self, window: Clerk, ticket_id: str) -> None:
        window.act(ticket_id, "begin")
        visit_s = max(5.0, self._rng.gammavariate(4, max(1.0, self._visit_s * 0.85 - 10) / 4))
        self._after(visit_s, lambda: self._finish(window, ticket_id))

    def _finish(self, window: Clerk, ticket_id: str) -> None:
        window.act(ticket_id, "finish")
        self._wake()
        self._call(window)

    # ---- time and the end

    @property
    def _now(self) -> datetime:
        return self._hall.clock.moment

    def _after(self, seconds: float, act: Callable[[], None]) -> None:
        self._later(self._now + timedelta(seconds=seconds), act)

    def _later(self, moment: datetime, act: Callable[[], None]) -> None:
        self._turn += 1
        heapq.heappush(self._todo, (moment, self._turn, act))

    def _count(self) -> None:
        rows = self._hall.do(lambda tx, _o: tx.execute(select(ticket)).all())
        called = select(ticket_change.c.ticket_id, ticket_change.c.to_state, ticket_change.c.at)
        changes = self._hall.do(
            lambda tx, _o: tx.execute(called.order_by(ticket_change.c.id)).all()
        )
        first: dict[str, datetime] = {}
        ended: Counter[str] = Counter()
        for change in changes:
            if change.to_state == "called":
                first.setdefault(change.ticket_id, change.at)
            ended[change.ticket_id] += change.to_state == "finished"
        report = self._report
        for row in rows:
            report.taken += 1
            report.states[row.queue_state] += 1
            if row.ticket_id in first:
                waited = (first[row.ticket_id] - row.taken_at).total_seconds() / 60
                report.waits_min.setdefault(row.ticket_class, []).append(waited)
        report.finished_twice = sum(1 for times in ended.values() if times > 1)
        report.doubles = len(rows) - len({(row.prefix, row.n) for row in rows})
