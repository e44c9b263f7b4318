"""A peak day of 150 people: everybody served once, nothing lost, who should go first does."""

from pathlib import Path
from statistics import median

import pytest

from kiosk.central.server import lines
from tests.kit.central import MORNING
from tests.kit.peak_day import DayReport, PeakDay
from tests.kit.queue_hall import open_hall

PEOPLE = 150


@pytest.fixture(scope="module")
def report(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> DayReport:
    database = tmp_path_factory.mktemp("day") / "central.db"
    database.write_bytes(migrated_file.read_bytes())
    hall = open_hall(str(database))
    lived = PeakDay(hall, PEOPLE).live()
    hall.office.database.close()
    return lived


def test_everybody_has_one_ticket_and_is_served_once(report: DayReport) -> None:
    assert report.taken == PEOPLE
    assert report.states["finished"] + report.states["no_show"] == PEOPLE
    assert (report.finished_twice, report.doubles) == (0, 0)


def test_the_hour_without_a_network_is_merged(report: DayReport) -> None:
    assert report.merged > 5


def test_people_with_bookings_meet_every_answer(report: DayReport) -> None:
    assert {"on_time", "early", "late"} <= set(report.outcomes)


def test_who_should_go_first_waits_less(report: DayReport) -> None:
    waits = report.waits_min
    assert set(waits) == {"green_channel", "booked", "priority", "ordinary"}
    assert median(waits["booked"]) <= median(waits["ordinary"])
    assert median(waits["green_channel"]) <= median(waits["ordinary"])


def test_nobody_waits_beyond_the_stated_bound(report: DayReport) -> None:
    bound_min = lines.policy_of(MORNING.date()).bound_min
    assert max(max(one) for one in report.waits_min.values()) < bound_min
