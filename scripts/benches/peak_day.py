"""One peak day on a simulated clock: 1,500 people at 4 windows, and how long each class waits.

Laws: nothing lost, no number twice, each ticket finished once. The waits depend on the arrivals and
on visits drawn so that the windows are nearly always busy; they compare the classes, not halls.
"""

import tempfile
from pathlib import Path
from statistics import quantiles
from time import perf_counter

from scripts.benches.figure import Figure, at_most
from tests.kit.peak_day import DayReport, PeakDay
from tests.kit.queue_hall import open_hall

PEOPLE = 1_500
QUICK = 300
_CLASSES = ("green_channel", "booked", "priority", "ordinary")


def measure(*, quick: bool) -> list[Figure]:
    """Live the day once."""
    people = QUICK if quick else PEOPLE
    with tempfile.TemporaryDirectory(prefix="peak-day-") as top:
        hall = open_hall(str(Path(top) / "central.db"))
        began = perf_counter()
        report = PeakDay(hall, people).live()
        took_s = perf_counter() - began
        hall.office.database.close()
    return [*_laws(report, people), *_waits(report), *_day(report, took_s)]


def _laws(report: DayReport, people: int) -> list[Figure]:
    ended = report.states["finished"] + report.states["no_show"]
    return [
        at_most("peak-day.lost", people - ended, "tickets", 0),
        at_most("peak-day.served_twice", report.finished_twice, "tickets", 0),
        at_most("peak-day.number_twice", report.doubles, "tickets", 0),
    ]


def _waits(report: DayReport) -> list[Figure]:
    found = []
    for name in _CLASSES:
        waits = sorted(report.waits_min.get(name, [0.0, 0.0]))
        cuts = quantiles(waits, n=10, method="inclusive")
        found += [
            Figure(f"peak-day.{name}.people", len(waits), "people"),
            Figure(f"peak-day.{name}.wait_p50", round(cuts[4], 1), "min"),
            Figure(f"peak-day.{name}.wait_p90", round(cuts[8], 1), "min"),
            Figure(f"peak-day.{name}.wait_max", round(waits[-1], 1), "min"),
        ]
    return found


def _day(report: DayReport, took_s: float) -> list[Figure]:
    closed = report.closed_at.hour + report.closed_at.minute / 60
    return [
        Figure("peak-day.merged_after_cut", report.merged, "tickets"),
        Figure("peak-day.missed_for_good", report.states["no_show"], "tickets"),
        Figure("peak-day.last_served_at", round(closed, 2), "hour"),
        Figure("peak-day.simulated_in", round(took_s, 1), "s"),
    ]
