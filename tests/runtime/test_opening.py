"""The window opens before its machine: nothing said meanwhile is lost, and nothing is hidden."""

import threading
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kiosk import config
from kiosk.bootstrap.opening import Behind, opening
from kiosk.flows.application.events import BeginAsked, NextAsked
from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.errand import Errand
from kiosk.flows.evaluator.table import EVALUATOR_ERRAND
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.flows.session import Offers, Touched
from kiosk.runtime.opening import Opening
from kiosk.runtime.view import View
from tests.kit.central import WallClock
from tests.kit.patience import Ear, until

SHIPPED = Path(__file__).resolve().parents[2] / "config.toml"
ERRANDS = {
    "endorsement": ENDORSEMENT_MACHINE,
    "evaluator": EVALUATOR_ERRAND,
    "kiosk": HALL_KIOSK,
}


@dataclass
class Standing:
    """A machine that was put together."""

    heard: list[object] = field(default_factory=list)
    shows: list[Any] = field(default_factory=list)
    text_input: str = "pinyin"

    def report(self, event: object) -> None:
        self.heard.append(event)

    def offers(self, _state: object) -> Offers:
        return Offers(back=True, cancel=True, help_topic="")

    def listen(self, show: Any) -> None:
        self.shows.append(show)


def opened(role: str = "kiosk") -> Opening:
    return opening(config.load(SHIPPED, role), WallClock())


@pytest.mark.parametrize("role", sorted(ERRANDS))
def test_what_it_shows_is_where_the_machine_begins(role: str) -> None:
    errand: Errand = ERRANDS[role]
    shown: Ear[View] = Ear()
    window = opened(role)
    window.listen(shown)
    first = shown.next()
    assert first.state == errand.flow.home
    assert window.offers(first.state) == errand.offers(errand.flow.home)
    # Before any of them is open: whoever sees the screen must know what is not real.
    assert first.machine.simulated
    assert shown.quiet


def test_what_is_said_meanwhile_is_the_machines_in_order() -> None:
    window, machine = opened(), Standing()
    window.listen(lambda _view: None)
    said = [Touched(), BeginAsked(), NextAsked()]
    for event in said:
        window.report(event)
    assert not window.whole
    assert window.text_input is None
    window.hand_over(machine)
    window.report(Touched())
    assert machine.heard == [*said, Touched()]
    assert len(machine.shows) == 1
    assert window.whole
    assert window.text_input == "pinyin"
    assert window.offers(object()).back


def test_the_machine_ends_when_the_window_has_closed() -> None:
    done: list[str] = []
    stands = threading.Event()

    def bring_up(running: ExitStack) -> None:
        running.callback(done.append, "central")
        running.callback(done.append, "machine")
        stands.set()

    behind = Behind(bring_up, failed=lambda: done.append("failed"))
    behind.start()
    until(stands.is_set)
    behind.close()
    assert done == ["machine", "central"]


def test_a_machine_that_cannot_stand_closes_the_window_and_says_why() -> None:
    done: list[str] = []

    def bring_up(running: ExitStack) -> None:
        running.callback(done.append, "central ended")
        raise config.ConfigError(["devices: no device is configured"])

    behind = Behind(bring_up, failed=lambda: done.append("window closes"))
    behind.start()
    with pytest.raises(config.ConfigError):
        behind.close()
    assert done == ["window closes", "central ended"]


def test_a_window_that_closes_before_it_was_drawn_leaves_nothing_to_end() -> None:
    Behind(lambda _running: None, failed=lambda: None).close()
