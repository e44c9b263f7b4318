"""Whoever the machine cannot serve to the end is told which windows to go to."""

from dataclasses import replace

import pytest

from kiosk.domain.transaction.outcome import Ended, Outcome, Reason
from kiosk.domain.transaction.progress import OpeningChip, Progress
from kiosk.runtime.endorsing.windows import with_windows
from tests.kit.fake_clock import FakeClock
from tests.kit.fake_hall import FakeHall

OFFERED = FakeHall(FakeClock()).offer("hs-1")
UNPROVEN = Ended(Outcome.TURNED_BACK, Reason.NOT_PROVEN.value)


def told(progress: Progress, *, known: bool = True) -> Progress:
    heard: list[Progress] = []
    with_windows(heard.append, lambda: OFFERED if known else None)(progress)
    (one,) = heard
    return one


@pytest.mark.parametrize(
    "end", [UNPROVEN, Ended(Outcome.CARD_KEPT), Ended(Outcome.NOT_BEGUN), Ended(Outcome.MADE)]
)
def test_an_end_without_windows_gets_those_for_permits(end: Ended) -> None:
    assert told(end) == replace(end, windows=("1", "2"))


def test_what_central_said_stays() -> None:
    refused = Ended(Outcome.TURNED_BACK, Reason.REFUSED.value, windows=("9",))
    assert told(refused) == refused


def test_nothing_else_is_changed() -> None:
    assert told(OpeningChip()) == OpeningChip()


def test_before_the_first_catalogue_no_window_is_invented() -> None:
    assert told(UNPROVEN, known=False) == UNPROVEN
