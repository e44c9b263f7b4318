"""The cabinet: lamps that follow the flow without holding it up, doors, key and mains watched."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, get_args

import pytest

from hardware.errors import NoAnswerError
from hardware.interfaces.panel_io import (
    Door,
    Flash,
    Lamp,
    LampState,
    Mains,
    OperatorSwitch,
    PanelState,
)
from hardware.outcome import Done, Failed, Withdrawn
from kiosk.flows.endorsement import states
from kiosk.flows.endorsement.states import Purpose, State
from kiosk.flows.maintenance.events import MaintenanceAsked, SwitchTurnedBack
from kiosk.flows.maintenance.states import STAFF_STATES, LoggingIn
from kiosk.flows.maintenance.states import Door as WayIn
from kiosk.runtime.endorsing.lamps import LAMPS
from kiosk.runtime.maintenance.panel_lamps import PanelLamps
from kiosk.runtime.maintenance.panel_watch import (
    LOOK_EVERY_S,
    MAINS_LOST,
    SAFE_OPEN,
    PanelSays,
    PanelWatch,
)
from tests.kit.fake_clock import FakeClock

CLOSED = (states.OutOfService, *STAFF_STATES)
QUIET = PanelState({"cabinet": Door.CLOSED, "safe": Door.CLOSED}, OperatorSwitch.RUN, Mains.GOOD)


class Handle:
    def cancel(self) -> None:
        """Too late."""


class Panel:
    """Lamps and contacts, and a line to them that can be slow, silent or broken."""

    def __init__(self) -> None:
        self.lit: dict[Lamp, Flash] = {}
        self.says = QUIET
        self.confirms = True
        self.broken = False
        self.waiting: list[Callable[[], None]] | None = None
        self.calls = 0

    def light(self, lamps: Mapping[Lamp, LampState]) -> bool:
        self.calls += 1
        if self.confirms:
            self.lit |= {lamp: one.flash for lamp, one in lamps.items()}
        return self.confirms

    def read_panel(self) -> PanelState:
        return self.says

    def call(self, name: str, fn: Any, deadline_s: float, done: Callable[[Any], None]) -> Handle:
        assert name == "panel_io"

        def run() -> None:
            broken = Failed(NoAnswerError(name, "silent"))
            done(broken if self.broken else Done(fn(self, None)))

        if self.waiting is None:
            run()
        else:
            self.waiting.append(run)
        return Handle()

    def shining(self) -> set[Lamp]:
        return {lamp for lamp, flash in self.lit.items() if flash is not Flash.OFF}


def lamps_of(panel: Panel) -> PanelLamps:
    lamps = PanelLamps(panel, LAMPS, CLOSED, states.Resting())
    lamps.again()
    return lamps


def test_every_named_state_is_one_of_the_flow() -> None:
    assert set(LAMPS) <= set(get_args(State))


def test_a_resting_machine_shows_that_it_serves_and_nothing_else() -> None:
    panel = Panel()
    lamps_of(panel)
    assert panel.shining() == {Lamp.STATUS_IN_SERVICE}


@pytest.mark.parametrize(
    ("state", "lamp", "flash"),
    [
        (states.InsertingPermit(), Lamp.CARD_READER, Flash.MEDIUM),
        (states.PlacingIdCard(Purpose.ENDORSEMENT), Lamp.ID_CARD_READER, Flash.MEDIUM),
        (states.TakingCard(30.0, made=True), Lamp.CARD_READER, Flash.QUICK),
        (states.PrintingSlip(), Lamp.RECEIPT_PRINTER, Flash.CONTINUOUS),
    ],
)
def test_a_lamp_shows_where_and_goes_dark_again(state: Any, lamp: Lamp, flash: Flash) -> None:
    panel = Panel()
    lamps = lamps_of(panel)
    lamps.moved(states.Resting(), state)
    assert panel.lit[lamp] is flash
    lamps.moved(state, states.Resting())
    assert panel.shining() == {Lamp.STATUS_IN_SERVICE}


@pytest.mark.parametrize("state", [states.OutOfService(()), LoggingIn()])
def test_a_machine_that_serves_nobody_says_so_from_afar(state: Any) -> None:
    panel = Panel()
    lamps_of(panel).moved(states.Resting(), state)
    assert panel.shining() == {Lamp.STATUS_BAD}


def test_a_slow_panel_holds_up_nobody_and_ends_with_the_last_state() -> None:
    panel = Panel()
    lamps = lamps_of(panel)
    panel.waiting = []
    for state in (states.InsertingPermit(), states.PrintingSlip(), states.OpeningChip()):
        lamps.moved(states.Resting(), state)
    assert len(panel.waiting) == 1
    while panel.waiting:
        panel.waiting.pop()()
    assert panel.lit[Lamp.CARD_READER] is Flash.CONTINUOUS
    assert panel.calls == 3


def test_a_silent_panel_is_tried_again_with_the_next_state_only() -> None:
    panel = Panel()
    panel.confirms = False
    lamps = lamps_of(panel)
    assert panel.calls == 1
    panel.confirms = True
    lamps.moved(states.Resting(), states.InsertingPermit())
    assert panel.shining() == {Lamp.STATUS_IN_SERVICE, Lamp.CARD_READER}


def test_a_panel_that_came_back_is_told_everything_anew() -> None:
    panel = Panel()
    lamps = lamps_of(panel)
    panel.lit.clear()
    lamps.again()
    assert panel.shining() == {Lamp.STATUS_IN_SERVICE}


class Watched:
    """A watch over a panel, and all that it told."""

    def __init__(self) -> None:
        self.panel = Panel()
        self.clock = FakeClock()
        self.recorded: list[tuple[str, dict[str, Any]]] = []
        self.called: list[tuple[str, str]] = []
        self.reported: list[object] = []
        self.looks = 0
        says = PanelSays(
            record=lambda event, fields: self.recorded.append((event, dict(fields))),
            call_staff=lambda reason, subject: self.called.append((reason, subject)),
            report=self.reported.append,
            changed=self._changed,
        )
        rest = (states.Resting, states.OutOfService)
        self.watch = PanelWatch(self.panel, self.clock, says, rest)
        self.watch.begin()
        self.recorded.clear()

    def now(self, **changes: Any) -> None:
        self.panel.says = replace(self.panel.says, **changes)
        self.later()

    def later(self) -> None:
        self.clock.advance(LOOK_EVERY_S)

    def _changed(self) -> None:
        self.looks += 1


def test_an_open_safe_is_recorded_calls_staff_and_ends_the_service_until_it_is_closed() -> None:
    seen = Watched()
    seen.now(doors={"cabinet": Door.CLOSED, "safe": Door.OPEN})
    assert seen.recorded == [("door_moved", {"door": "safe", "state": "open"})]
    assert seen.called == [(SAFE_OPEN, "safe")]
    assert (seen.watch.reasons, seen.looks) == ((SAFE_OPEN,), 1)
    seen.later()
    assert len(seen.called) == 1
    seen.now(doors=QUIET.doors)
    assert (seen.watch.reasons, seen.looks) == ((), 2)


def test_silence_closes_no_door() -> None:
    seen = Watched()
    seen.now(doors={"cabinet": Door.CLOSED, "safe": Door.OPEN})
    seen.panel.broken = True
    seen.later()
    assert seen.watch.reasons == (SAFE_OPEN,)
    assert seen.recorded[-2] == ("door_moved", {"door": "safe", "state": "unknown"})
    seen.panel.broken = False
    seen.now(doors=QUIET.doors)
    assert seen.watch.reasons == ()


def test_an_open_cabinet_calls_staff_and_the_machine_goes_on() -> None:
    seen = Watched()
    seen.now(doors={"cabinet": Door.OPEN, "safe": Door.CLOSED})
    assert seen.called == [("service.panel.cabinet_open", "cabinet")]
    assert seen.watch.reasons == ()


def test_on_battery_nothing_new_is_begun() -> None:
    seen = Watched()
    seen.now(mains=Mains.LOST)
    assert (seen.watch.reasons, seen.called) == ((MAINS_LOST,), [(MAINS_LOST, "")])
    seen.now(mains=Mains.UNKNOWN)
    assert seen.watch.reasons == (MAINS_LOST,)
    seen.now(mains=Mains.GOOD)
    assert seen.watch.reasons == ()


def test_the_key_lets_staff_in_and_out() -> None:
    seen = Watched()
    seen.now(operator_switch=OperatorSwitch.MAINTENANCE)
    seen.now(operator_switch=OperatorSwitch.SUPERVISOR)
    seen.now(operator_switch=OperatorSwitch.RUN)
    assert seen.reported == [MaintenanceAsked(WayIn.SWITCH), SwitchTurnedBack()]
    positions = [fields["position"] for _, fields in seen.recorded]
    assert positions == ["maintenance", "supervisor", "run"]


def test_a_key_turned_during_a_visit_counts_when_the_visit_is_over_and_once() -> None:
    seen = Watched()
    seen.now(operator_switch=OperatorSwitch.MAINTENANCE)
    seen.watch.moved(states.InsertingPermit(), states.OpeningChip())
    assert len(seen.reported) == 1
    seen.watch.moved(states.Finished, states.Resting())
    assert seen.reported == [MaintenanceAsked(WayIn.SWITCH)] * 2
    seen.watch.moved(states.Resting(), LoggingIn())
    seen.watch.moved(LoggingIn(), states.Resting())
    assert len(seen.reported) == 2


def test_a_moment_of_silence_turns_no_key() -> None:
    seen = Watched()
    seen.now(operator_switch=OperatorSwitch.MAINTENANCE)
    seen.now(operator_switch=OperatorSwitch.UNKNOWN)
    seen.now(operator_switch=OperatorSwitch.MAINTENANCE)
    assert seen.reported == [MaintenanceAsked(WayIn.SWITCH)]


def test_a_closed_watch_looks_no_more() -> None:
    seen = Watched()
    seen.watch.close()
    seen.now(mains=Mains.LOST)
    assert seen.recorded == []
    seen.watch._ended(Withdrawn())
    assert seen.recorded == []
