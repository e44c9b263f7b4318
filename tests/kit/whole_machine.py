"""A whole machine without a window: real flow, drivers, simulators and records; central at will."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from kiosk import config
from kiosk.bootstrap import build, new_visit_id
from kiosk.config import BenchConfig, Config
from kiosk.domain.document import DocumentKind
from kiosk.flows.application import events, states
from kiosk.forms.views import FieldKind, FieldView
from kiosk.runtime.machine import Machine
from kiosk.runtime.view import View
from tests.kit.form_filling import GOOD

ROOT = Path(__file__).resolve().parents[2]
S = TypeVar("S")
PATIENCE_S = 20.0


def demo_config(folder: Path, central: str) -> Config:
    """The demo's configuration with records in a folder, a central of the test, and no bench."""
    demo = config.load(ROOT / "config.toml")
    return demo.model_copy(
        update={
            "machine": demo.machine.model_copy(update={"data_folder": folder}),
            "central": demo.central.model_copy(update={"url": central, "citizen_deadline_s": 4.0}),
            "bench": BenchConfig(enabled=False),
        }
    )


class Citizen:
    """Stands at a machine: sees views, reports what a person would do.

    Args:
        machine: not started yet.
    """

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self._seen = threading.Condition()
        self._view: View | None = None
        machine.window_parts.listen(self._take)

    def _take(self, view: View) -> None:
        with self._seen:
            self._view = view
            self._seen.notify_all()

    @property
    def state(self) -> Any:
        """What the screen shows now."""
        assert self._view is not None, "nothing has been shown"
        return self._view.state

    @property
    def view(self) -> View:
        """Everything the screen shows now."""
        assert self._view is not None, "nothing has been shown"
        return self._view

    def sees(self, state: type[S], where: Callable[[S], bool] = lambda _state: True) -> S:
        """Wait until a state is shown."""

        def shown() -> bool:
            now = self._view.state if self._view else None
            return isinstance(now, state) and where(now)

        with self._seen:
            came = self._seen.wait_for(shown, PATIENCE_S)
        now = self._view.state if self._view else None
        assert came, f"waited for {state.__name__}, see {now}"
        assert isinstance(now, state)
        return now

    def does(self, *what: object) -> None:
        """Report one event after the other."""
        for event in what:
            self.machine.window_parts.report(event)

    def simulator(self, name: str) -> Any:
        """The peer of a device."""
        return self.machine.parts.equipment.simulators[name]

    def turn(self, name: str, knob: str, value: str | int | bool | None = None) -> None:
        """Turn a knob of a simulator."""
        found = {one.key: one for one in self.simulator(name).knobs()}
        found[knob].set(value)

    # Parts of the journey.

    def chooses(self, *documents: DocumentKind) -> None:
        """From the welcome screen to waiting for the card."""
        self.sees(states.Welcome)
        self.does(events.BeginAsked(), *(events.DocumentToggled(one) for one in documents))
        self.sees(states.ChoosingDocuments, lambda now: set(now.chosen) == set(documents))
        self.does(events.NextAsked())
        self.sees(states.WaitingForCard)

    def lays(self, person: str) -> None:
        """Lay the card of a synthetic person on the reader."""
        self.turn("id_card_reader", "card", person)

    def fills_the_form(self) -> None:
        """From the met person to the review, answering whatever is asked."""
        self.does(events.NextAsked())
        while True:
            state = self.sees_one_of(states.FillingForm, states.Reviewing)
            if isinstance(state, states.Reviewing):
                return
            self._answers_page(state)

    def sees_one_of(self, *kinds: type[Any]) -> Any:
        """Wait until one of several states is shown."""
        with self._seen:
            came = self._seen.wait_for(lambda: isinstance(self.state, kinds), PATIENCE_S)
        assert came, f"waited for {kinds}, see {self.state}"
        return self.state

    def _answers_page(self, state: states.FillingForm) -> None:
        key = state.page.key
        while empty := next((one for one in self._page_fields(key) if _is_asked(one)), None):
            self._gives(key, empty.key, _answer_to(empty))
        self.does(events.NextAsked())
        self.waits(lambda: not self._page_fields(key), f"{key} goes on")

    def _gives(self, page: str, field: str, answer: Any) -> None:
        self.does(events.AnswerGiven(field, answer))
        self.waits(lambda: self._value(page, field) == answer, f"{field} on {page}")

    def _page_fields(self, key: str) -> tuple[FieldView, ...]:
        state = self.state
        on_page = isinstance(state, states.FillingForm) and state.page.key == key
        return state.page.fields if on_page else ()

    def _value(self, key: str, field: str) -> Any:
        return next((one.value for one in self._page_fields(key) if one.key == field), None)

    def waits(self, until: Callable[[], bool], what: str) -> None:
        """Wait until something the screen shows is so."""
        with self._seen:
            assert self._seen.wait_for(until, PATIENCE_S), f"{what}: still {self.state}"

    def submits(self) -> str:
        """Submit what is reviewed; returns the visit's id."""
        self.sees(states.Reviewing)
        visit_id = new_visit_id()
        self.does(events.SubmitAsked(visit_id))
        return visit_id


def _is_asked(field: FieldView) -> bool:
    empty = field.value in ("", ())
    return empty and not field.locked and not field.optional and field.kind is not FieldKind.YES_NO


def _answer_to(field: FieldView) -> Any:
    """What a patient citizen answers to a field that is empty."""
    if field.kind is FieldKind.CHOICES:
        return (field.options[0].code,)
    return field.options[0].code if field.options else GOOD[field.key]


@contextmanager
def citizen_at(folder: Path, central: str) -> Any:
    """A running machine and the citizen before it."""
    machine = build(demo_config(folder, central))
    citizen = Citizen(machine)
    with machine:
        yield citizen
