"""A whole machine on real drivers and wires, and a person who knows only its window."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from kiosk import config
from kiosk.bootstrap import build
from kiosk.clock import Alarm, SystemClock
from kiosk.config import BenchConfig, Config
from kiosk.flows.application import states
from kiosk.flows.application.events import AnswerGiven, NextAsked
from kiosk.forms.views import Answer, FieldKind, FieldView
from kiosk.runtime.machine import Machine
from kiosk.runtime.view import View
from tests.kit.form_filling import GOOD
from tests.kit.patience import PATIENCE_S

ROOT = Path(__file__).resolve().parents[2]


class HastyClock(SystemClock):
    """A real clock whose alarms come sooner when a test is in a hurry."""

    def __init__(self) -> None:
        super().__init__()
        self.speed = 1.0

    def call_later(self, delay_s: float, call: Callable[[], None]) -> Alarm:
        """After the delay, divided by the speed of this moment."""
        return super().call_later(delay_s / self.speed, call)


def machine_config(folder: Path, central: str, name: str) -> Config:
    """The demo's configuration with its own records, a central of the test, and no bench.

    Args:
        folder: for its records.
        central: address.
        name: of the machine.
    """
    demo = config.load(ROOT / "config.toml")
    return demo.model_copy(
        update={
            "machine": demo.machine.model_copy(update={"data_folder": folder, "machine_id": name}),
            "central": demo.central.model_copy(
                update={"url": central, "citizen_deadline_s": 2.0, "heartbeat_s": 1.0}
            ),
            "bench": BenchConfig(enabled=False),
        }
    )


class Visitor:
    """Sees the window, taps it, lays cards; waits for what a person would wait for.

    Args:
        machine: running.
        window: its window.
        clock: of the machine.
    """

    def __init__(self, machine: Machine, window: Any, clock: HastyClock) -> None:
        from screens.person import Person

        self.machine = machine
        self.clock = clock
        self.person = Person(PATIENCE_S)
        self._window = window

    @property
    def view(self) -> View:
        """What the screen shows now."""
        drawn = self._window.navigator.drawn
        assert isinstance(drawn, View), "nothing has been shown"
        return drawn

    @property
    def state(self) -> Any:
        """The state that the screen shows now."""
        drawn = self._window.navigator.drawn
        return drawn.state if drawn else None

    def at(self, kind: type[Any], where: Callable[[Any], object] = lambda _state: True) -> Any:
        """Wait until a state is shown."""

        def there() -> bool:
            return isinstance(self.state, kind) and bool(where(self.state))

        self.person.until(there, kind.__name__)
        self.person.frames(3)
        return self.state

    def taps(self, *names: str) -> None:
        """Touch one thing after the other."""
        for name in names:
            self.person.tap(name=name)

    def turn(self, device: str, knob: str, value: str | int | bool | None = None) -> None:
        """Turn a knob of a simulator."""
        knobs = self.machine.parts.equipment.simulators[device].knobs()
        next(one for one in knobs if one.key == knob).set(value)

    # Parts of the journey.

    def begins(self, *documents: str) -> None:
        """From the welcome screen to the reader."""
        self.at(states.Welcome)
        self.taps("main")
        self.at(states.ChoosingDocuments)
        self.taps(*documents)
        self.at(states.ChoosingDocuments, lambda now: len(now.chosen) == len(documents))
        self.taps("main")
        self.at(states.WaitingForCard)

    def lays(self, person: str) -> None:
        """Lay the card of a synthetic citizen on the reader."""
        self.turn("id_card_reader", "card", person)

    def is_met(self, person: str = "adult") -> None:
        """Lay a card, be greeted, take the card back and go on to the form."""
        self.lays(person)
        self.at(states.MeetingPerson)
        self.turn("id_card_reader", "pull")
        self.taps("main")
        self.at(states.FillingForm)

    def fills(self) -> None:
        """Answer whatever is asked, page by page, to the review."""
        while not isinstance(self.state, states.Reviewing):
            self.answers_page()

    def has_filled(self) -> None:
        """The same without touching: for tests in which the form is only the way."""
        while not isinstance(self.state, states.Reviewing):
            self._has_answered(self.at(states.FillingForm).page.key)

    def turns_to(self, field: str) -> str:
        """Answer without touching up to the page that asks for a field; returns the page."""
        while not any(one.key == field for one in self.at(states.FillingForm).page.fields):
            self._has_answered(self.state.page.key)
        self.person.frames(3)
        return str(self.state.page.key)

    def _has_answered(self, page: str) -> None:
        report = self.machine.window_parts.report
        while asked := next((one for one in self.fields(page) if _is_asked(one)), None):
            report(AnswerGiven(asked.key, _answer_to(asked)))
            self.person.until(partial(self.value, page, asked.key), asked.key)
        report(NextAsked())
        self.person.until(partial(self._left, page), f"{page} goes on")

    def _left(self, page: str) -> bool:
        return not self.fields(page)

    def answers_page(self) -> None:
        """Answer one page and go on."""
        page = self.at(states.FillingForm).page.key
        while asked := next((one for one in self.fields(page) if _is_asked(one)), None):
            self.answers(page, asked)
        self.taps("main")
        self.person.until(lambda: self._left(page), f"{page} goes on")
        self.person.frames(3)

    def answers(self, page: str, field: FieldView) -> None:
        """Answer one field by touch."""
        if field.options:
            self.taps(field.options[0].code)
        else:
            self.taps(field.key, *_letters(field), "done")
        self.person.until(lambda: self.value(page, field.key), f"an answer to {field.key}")

    def fields(self, page: str) -> tuple[FieldView, ...]:
        """What is asked on a page; empty when another one is shown."""
        state = self.state
        on_page = isinstance(state, states.FillingForm) and state.page.key == page
        return state.page.fields if on_page else ()

    def value(self, page: str, field: str) -> Any:
        """What an answer is now."""
        return next((one.value for one in self.fields(page) if one.key == field), "")

    def comes_to_the_review(self, *documents: str) -> None:
        """Everything up to the review, the form without touching."""
        self.begins(*documents)
        self.is_met()
        self.has_filled()
        self.person.frames(3)

    def takes_the_ticket(self) -> Any:
        """From the review to a ticket in the hand; returns the ticket."""
        self.at(states.Reviewing)
        self.taps("main")
        ticket = self.at(states.TakingTicket).ticket
        self.taps("main")
        self.at(states.Thanks)
        self.taps("main")
        self.at(states.Welcome)
        return ticket

    def papers(self) -> int:
        """How many papers came out."""
        return len(self.papers_read())

    def papers_read(self) -> tuple[str, ...]:
        """What stands on the papers that came out, oldest first."""
        pictures = self.machine.parts.equipment.simulators["ticket_printer"].pictures()
        return tuple(one.caption for one in pictures)


def _is_asked(field: FieldView) -> bool:
    empty = field.value in ("", ())
    return empty and not field.locked and not field.optional and field.kind is not FieldKind.YES_NO


def _answer_to(field: FieldView) -> Answer:
    if field.kind is FieldKind.CHOICES:
        return (field.options[0].code,)
    return field.options[0].code if field.options else GOOD[field.key]


def _letters(field: FieldView) -> tuple[str, ...]:
    """Keys a person presses; Chinese by pinyin, taking the first candidate."""
    if field.kind is FieldKind.CHINESE_TEXT:
        return (*"CESHI", "space")
    return tuple(GOOD[field.key])


@contextmanager
def visitor_at(folder: Path, central: str, name: str) -> Iterator[Visitor]:
    """A running machine with its window, and a visitor before it.

    Args:
        folder: for its records.
        central: address.
        name: of the machine.
    """
    from screens.app import open_window

    clock = HastyClock()
    machine = build(machine_config(folder, central, name), clock)
    window = open_window(machine.window_parts, motion=False)
    window.start_embedded()
    try:
        with machine:
            yield Visitor(machine, window, clock)
    finally:
        window.end_embedded()
