"""Every state has a screen, every screen a state."""

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from kiosk.flows.endorsement.table import ENDORSEMENT_ERRAND
from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.errand import Errand
from kiosk.flows.evaluator import states as evaluator
from kiosk.flows.evaluator.table import EVALUATOR_ERRAND
from kiosk.flows.hall_kiosk import ERRANDS, HALL_KIOSK
from kiosk.flows.maintenance.table import maintenance
from kiosk.flows.rating import states as rating
from tests.kit.laws.pictures import deaf_buttons, states_and_screens

ROOT = Path(__file__).resolve().parents[2]
EVERY_ERRAND = [
    pytest.param(errand, whole, id=errand.flow.name)
    for errand, whole in (
        *((one, HALL_KIOSK) for one in ERRANDS),
        (ENDORSEMENT_ERRAND, ENDORSEMENT_MACHINE),
    )
]
"""Each with all that its machine can do."""


class Resting:
    """A state."""


class Running:
    """Another state."""


def write(root: Path, table: str, screen: str = "RestingScreen") -> None:
    folder = root / "screens" / "application"
    folder.mkdir(parents=True)
    (folder / "pictures.py").write_text(table, encoding="utf-8")
    (folder / "resting.py").write_text(f"class {screen}: ...\n", encoding="utf-8")


@pytest.mark.parametrize(("errand", "whole"), EVERY_ERRAND)
def test_the_pictures_of_an_errand_are_complete(errand: Errand, whole: Errand) -> None:
    assert set(errand.conduct.rules) <= set(whole.conduct.rules)
    assert states_and_screens(ROOT, errand.flow.name, errand.conduct.rules) == []


def test_the_pictures_of_maintenance_are_complete_and_every_button_is_heard() -> None:
    staff = maintenance(Resting(), (Resting,))
    assert states_and_screens(ROOT, "maintenance", staff.conduct.rules) == []
    rows = [(row.state.__name__, row.event.__name__) for row in staff.flow.rows()]
    assert deaf_buttons(ROOT, "maintenance", rows) == []


def test_the_pictures_of_a_windows_terminal_are_complete() -> None:
    assert states_and_screens(ROOT, "evaluator", get_args(evaluator.State)) == []
    assert states_and_screens(ROOT, "rating", get_args(rating.State)) == []


def test_a_complete_table_is_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "SCREENS: dict[type, type] = {states.Resting: resting.RestingScreen}\n")
    assert states_and_screens(tmp_path, "application", [Resting]) == []


def test_a_state_without_a_screen_is_found(tmp_path: Path) -> None:
    write(tmp_path, "SCREENS = {Resting: RestingScreen}\n")
    assert states_and_screens(tmp_path, "application", [Resting, Running]) == [
        "no screen for Running"
    ]


def test_a_screen_without_a_state_is_found(tmp_path: Path) -> None:
    write(tmp_path, "SCREENS = {Resting: RestingScreen, Gone: RestingScreen}\n")
    assert states_and_screens(tmp_path, "application", [Resting]) != []


def test_a_screen_that_nobody_shows_is_found(tmp_path: Path) -> None:
    write(tmp_path, "SCREENS = {Resting: RestingScreen}\n", screen="ForgottenScreen")
    assert states_and_screens(tmp_path, "application", [Resting]) != []


def test_a_missing_table_is_found(tmp_path: Path) -> None:
    assert states_and_screens(tmp_path, "application", [Resting]) != []


@pytest.mark.parametrize(("errand", "whole"), EVERY_ERRAND)
def test_every_button_is_one_that_its_state_accepts(errand: Errand, whole: Errand) -> None:
    rows = [(row.state.__name__, row.event.__name__) for row in whole.flow.rows()]
    assert deaf_buttons(ROOT, errand.flow.name, rows) == []


def test_every_button_of_a_windows_terminal_is_heard() -> None:
    rows = [(row.state.__name__, row.event.__name__) for row in EVALUATOR_ERRAND.flow.rows()]
    assert deaf_buttons(ROOT, "evaluator", rows) == []
    assert deaf_buttons(ROOT, "rating", rows) == []


def test_a_button_that_nobody_hears_is_found(tmp_path: Path) -> None:
    write(tmp_path, "SCREENS = {Resting: RestingScreen}\n")
    screen = tmp_path / "screens" / "application" / "resting.py"
    source = "from kiosk.flows.application.events import NextAsked\nclass RestingScreen: ...\n"
    screen.write_text(source, encoding="utf-8")
    assert deaf_buttons(tmp_path, "application", [("Resting", "BackAsked")]) != []
    assert deaf_buttons(tmp_path, "application", [("Resting", "NextAsked")]) == []


def test_no_two_rules_of_pictures_bear_one_name() -> None:
    """Kivy lays both over whatever is called so, as soon as one process has loaded them."""
    rules = [
        rule
        for file in (ROOT / "screens").rglob("*.kv")
        for rule in re.findall(r"(?m)^<(\w+)", file.read_text(encoding="utf-8"))
    ]
    assert [one for one, times in Counter(rules).items() if times > 1] == []
