"""All that the supervisor's first page shows, read in one transaction."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from kiosk.central.contract.queue import QueueNow
from kiosk.central.server.office import Office
from kiosk.central.server.overview import figures, machines, signals
from kiosk.central.server.overview.figures import Group, Sums
from kiosk.central.server.overview.machines import Machine, Trouble
from kiosk.central.server.overview.signals import Signal
from kiosk.central.server.queue import picture
from kiosk.central.server.ratings import follow_up_views
from kiosk.central.server.ratings.endings import expire_hall
from kiosk.central.server.ratings.follow_up_views import FollowUp, Part, Tally
from kiosk.policy.working_days import unknown_year, work_calendar

_MOST_DUE = 6
_MOST_CALLS = 5


@dataclass(frozen=True, slots=True)
class Today:
    """A hall now.

    Args:
        day: business day.
        queue: who waits and who is called.
        sums: today's ratings.
        month: this month's.
        errors: mistakes found in files this month.
        visits: cases that windows served this month.
        windows: today's ratings by window.
        due: follow-ups whose term ends first.
        waiting: how many follow-ups are not closed, these with them.
        signals: what is odd.
        machines: health of all machines.
        cases: that machines opened.
        calls: for staff, today.
        unknown_year: whose holidays are not entered, so that terms take them for working days.
    """

    day: date
    queue: QueueNow
    sums: Sums
    month: Sums
    errors: int
    visits: int
    windows: list[Group]
    due: list[FollowUp]
    waiting: Tally
    signals: list[Signal]
    machines: list[Machine]
    cases: list[Trouble]
    calls: list[Trouble]
    unknown_year: int | None

    @property
    def error_pct(self) -> float | None:
        """Mistakes per hundred cases that windows served this month."""
        return figures.error_pct(self.errors, self.visits)


def look(connection: Connection, office: Office, hall_id: str) -> Today:
    """Read it."""
    expire_hall(connection, office, hall_id)
    day = office.clock.now().date()
    month = day.replace(day=1)
    counted = figures.of_day(connection, hall_id, day)
    return Today(
        day=day,
        queue=picture.hall(connection, office, hall_id),
        sums=counted.hall,
        month=figures.hall(connection, hall_id, month, day),
        errors=figures.errors(connection, hall_id, month, day),
        visits=figures.visits(connection, hall_id, month, day),
        windows=counted.windows,
        due=follow_up_views.of_hall(
            connection, office, hall_id, closed=False, part=Part(_MOST_DUE)
        ),
        waiting=follow_up_views.tally(connection, office, hall_id, closed=False),
        signals=signals.today(connection, hall_id, day, counted.machines),
        machines=machines.of_hall(connection, office, hall_id),
        cases=machines.cases(connection, office, hall_id),
        calls=machines.calls(connection, office, hall_id, _MOST_CALLS),
        unknown_year=unknown_year(day, work_calendar().holidays),
    )
