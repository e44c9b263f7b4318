"""A whole endorsement machine whose devices go away: what works goes on, and all comes back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import config
from kiosk.domain.closed import closed_of
from kiosk.flows.closed.events import ClosedRead
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.endorsement import events
from kiosk.flows.endorsement.states import (
    InsertingPermit,
    OutOfService,
    PlacingIdCard,
    Purpose,
    Resting,
    ShowingEntries,
)
from kiosk.flows.maintenance.events import LeaveAsked, MaintenanceAsked
from kiosk.flows.maintenance.states import Door, LoggingIn
from kiosk.flows.session import CancelAsked, CancelConfirmed
from kiosk.roles import CENTRAL_AWAY_REASON
from kiosk.runtime.maintenance.panel_watch import SAFE_OPEN
from kiosk.touring import TourWorld, touring
from tests.kit.patience import PATIENCE_S, until
from tests.kit.windowless import Windowless

ROOT = Path(__file__).resolve().parents[2]
PERMIT = Purpose.ENDORSEMENT


@pytest.fixture(scope="module")
def stand() -> Iterator[tuple[Windowless, TourWorld]]:
    """At one machine with a central of its own; every test leaves it as it was."""
    shipped = config.load(ROOT / "config.toml", "endorsement")
    central = shipped.central.model_copy(update={"heartbeat_s": 1.0})
    often = shipped.model_copy(update={"central": central})
    with touring(often) as (machine, world):
        at_it = Windowless(machine)
        with machine:
            at_it.sees(Resting, everything_works)
            yield at_it, world


@pytest.fixture
def someone(stand: tuple[Windowless, TourWorld]) -> Windowless:
    return stand[0]


def everything_works(now: Resting) -> bool:
    return not now.closed


def only_queries(now: Resting) -> bool:
    return {one.errand for one in now.closed} == {PERMIT.value}


def test_without_its_card_path_the_machine_still_answers_and_comes_back(
    someone: Windowless,
) -> None:
    someone.turn("card_printer", "unplugged", True)
    why = closed_of(someone.sees(Resting, only_queries).closed, PERMIT)
    assert why is not None
    assert "service.card_printer.away" in why.reasons
    someone.does(events.BeginAsked(PERMIT))
    assert someone.sees(ErrandClosed).closed.errand == PERMIT
    someone.does(ClosedRead())
    someone.sees(Resting)
    someone.does(events.BeginAsked(Purpose.ENTRIES))
    someone.sees(PlacingIdCard)
    someone.turn("id_card_reader", "card", "adult")
    someone.sees(ShowingEntries)
    someone.turn("id_card_reader", "card", "none")
    someone.does(events.NextAsked())
    someone.sees(Resting, only_queries)
    someone.turn("card_printer", "unplugged", False)
    someone.sees(Resting, everything_works)
    someone.does(events.BeginAsked(PERMIT))
    someone.sees(InsertingPermit)
    someone.does(CancelAsked(), CancelConfirmed())
    someone.sees(Resting, everything_works)


def test_a_full_cash_box_takes_only_cash_away_until_it_is_emptied(someone: Windowless) -> None:
    someone.turn("cash_acceptor", "box_full", True)
    until(lambda: "cash_acceptor" in someone.view.machine.devices_away, PATIENCE_S)
    assert someone.sees(Resting).closed == ()
    someone.turn("cash_acceptor", "box_full", False)
    until(lambda: "cash_acceptor" not in someone.view.machine.devices_away, PATIENCE_S)


def test_without_paper_journeys_left_are_all_that_is_offered(someone: Windowless) -> None:
    someone.turn("ticket_printer", "paper", "out")
    someone.sees(Resting, lambda now: {one.errand for one in now.closed} == {PERMIT, Purpose.SLIP})
    someone.turn("ticket_printer", "paper", "full")
    someone.sees(Resting, everything_works)


def test_without_its_card_reader_it_serves_nobody_but_staff(someone: Windowless) -> None:
    someone.turn("id_card_reader", "unplugged", True)
    someone.sees(OutOfService)
    for asked_from in (OutOfService, ErrandClosed):
        if asked_from is ErrandClosed:
            someone.turn("id_card_reader", "unplugged", False)
            someone.sees(Resting, everything_works)
            someone.turn("card_printer", "unplugged", True)
            someone.sees(Resting, only_queries)
            someone.does(events.BeginAsked(PERMIT))
        someone.sees(asked_from)
        someone.does(MaintenanceAsked(Door.TOUCH))
        someone.sees(LoggingIn)
        someone.does(LeaveAsked())
        someone.leaves(LoggingIn)
    someone.turn("card_printer", "unplugged", False)
    someone.sees(Resting, everything_works)


def test_while_central_is_away_no_permit_is_taken_in(stand: tuple[Windowless, TourWorld]) -> None:
    someone, world = stand
    someone.sees(Resting, everything_works)
    shown = len(someone.history)
    world.hold_central()
    try:
        assert CENTRAL_AWAY_REASON in someone.sees(OutOfService).reasons
        someone.does(events.BeginAsked(PERMIT))
    finally:
        world.release_central()
    someone.sees(Resting, everything_works)
    assert not any(isinstance(one, InsertingPermit) for one in someone.history[shown:])


def test_an_open_safe_serves_nobody_until_it_is_shut(someone: Windowless) -> None:
    someone.sees(Resting, everything_works)
    someone.turn("panel_io", "door_safe", True)
    assert someone.sees(OutOfService).reasons == (SAFE_OPEN,)
    someone.turn("panel_io", "door_safe", False)
    someone.sees(Resting, everything_works)
