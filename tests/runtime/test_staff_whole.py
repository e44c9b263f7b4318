"""A whole endorsement machine on simulated wires, without a window and without central."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk import config, operators
from kiosk.bootstrap import build
from kiosk.config import BenchConfig, Config
from kiosk.flows.endorsement.states import OutOfService
from kiosk.flows.maintenance import events
from kiosk.flows.maintenance.states import Entry, LoggingIn, PrinterTrial, Refusal, ServiceMenu
from kiosk.roles import CENTRAL_AWAY_REASON
from kiosk.runtime.maintenance.panel_watch import SAFE_OPEN
from tests.kit.windowless import Windowless

ROOT = Path(__file__).resolve().parents[2]
NO_CENTRAL = "http://127.0.0.1:9"
PIN = "294817"


def configured(folder: Path) -> Config:
    demo = config.load(ROOT / "config.toml", "endorsement")
    return demo.model_copy(
        update={
            "machine": demo.machine.model_copy(update={"data_folder": folder}),
            "central": demo.central.model_copy(update={"url": NO_CENTRAL}),
            "bench": BenchConfig(enabled=False),
        }
    )


@pytest.fixture
def staff(tmp_path: Path) -> Iterator[Windowless]:
    with build(configured(tmp_path)) as machine:
        someone = Windowless(machine)
        someone.sees(OutOfService, only_central_is_missing)
        yield someone


def only_central_is_missing(now: OutOfService) -> bool:
    return now.reasons == (CENTRAL_AWAY_REASON,)


def turn(someone: Windowless, knob: str, value: str | bool) -> None:
    knobs = someone.machine.parts.equipment.simulators["panel_io"].knobs()
    next(one for one in knobs if one.key == knob).set(value)


def types(someone: Windowless, digits: str) -> None:
    for digit in digits:
        someone.machine.window_parts.report(events.DigitTyped(digit))
    someone.machine.window_parts.report(events.NextAsked())


def test_the_key_a_number_and_a_pin_lead_to_the_machines_own_account_of_itself(
    staff: Windowless, tmp_path: Path
) -> None:
    report = staff.machine.window_parts.report
    turn(staff, "operator_switch", "maintenance")
    staff.sees(LoggingIn)
    types(staff, "1001")
    staff.sees(LoggingIn, lambda now: now.entry is Entry.PIN)
    types(staff, PIN)
    staff.sees(LoggingIn, lambda now: now.refusal is Refusal.NOBODY_ENROLLED)
    operators.book_of(configured(tmp_path)).add("Wang", PIN)
    types(staff, "1001")
    types(staff, PIN)
    found = staff.sees(ServiceMenu, lambda now: now.report is not None).report
    assert {one.name for one in found.devices} >= {"card_printer", "panel_io", "cash_acceptor"}
    assert (found.open_cases, found.cash_fen) == (0, 0)
    report(events.PrinterTrialAsked())
    staff.sees(ServiceMenu, lambda now: now.trial is PrinterTrial.PRINTED)
    turn(staff, "operator_switch", "run")
    staff.sees(OutOfService, only_central_is_missing)


def test_an_open_safe_is_a_reason_not_to_serve_until_it_is_shut(staff: Windowless) -> None:
    turn(staff, "door_safe", True)
    staff.sees(OutOfService, lambda now: SAFE_OPEN in now.reasons)
    turn(staff, "door_safe", False)
    staff.sees(OutOfService, only_central_is_missing)
