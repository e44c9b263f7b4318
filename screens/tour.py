"""A citizen's journey through the real window, by touch: how one sees the product without a screen.

Devices answer through their simulators, central through its server; the tour only taps, lays cards
on the reader and turns the knobs that the bench shows.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from kiosk.flows.application import states
from kiosk.forms.views import FieldKind, FieldView
from screens.app import KioskApp, WindowParts, open_window
from screens.person import Person

PATIENCE_S = 30.0
TYPED = {
    "phone": "13800000001",
    "emergency_phone": "13900000001",
    "recipient_phone": "13600000001",
    "postcode": "435000",
    "hk_macao_number": "CA0000001",
}
"""What the citizen types; numbers nobody has."""
SPOKEN = {"emergency_name": "CESHI"}
"""What the citizen types by pinyin, taking the first candidate."""


class World(Protocol):
    """What the tour may turn besides the screen."""

    def turn(self, simulator: str, knob: str, value: str | bool | None = None) -> None:
        """Turn a knob of the bench."""

    def papers(self) -> list[tuple[str, bytes]]:
        """Names and pictures of the paper that came out."""

    def hold_central(self) -> None:
        """Central stops answering, without breaking a connection."""

    def release_central(self) -> None:
        """Central answers again."""


class Tour:
    """Plays the journeys and saves what is seen.

    Args:
        parts: of the machine's window.
        world: devices and central.
        folder: for the pictures.
        language: locale in which the citizen reads.
    """

    def __init__(self, parts: WindowParts, world: World, folder: Path, language: str) -> None:
        self._world = world
        self._folder = folder
        self._language = language
        self._app: KioskApp = open_window(parts, motion=False)
        self._person = Person(PATIENCE_S)
        self._pictures: list[Path] = []

    def play(self, begin: Callable[[], object]) -> list[Path]:
        """Play everything.

        Args:
            begin: starts the machine, once the window stands.

        Returns:
            The pictures, in the order they were taken.
        """
        self._app.start_embedded()
        begin()
        for journey in (
            self._to_the_ticket,
            self._without_paper,
            self._other_ways,
            self._cut_off,
            self._out_of_service,
        ):
            self._at(states.Welcome)
            journey()
        for name, png in self._world.papers():
            path = self._folder / name
            path.write_bytes(png)
            self._pictures.append(path)
        self._app.end_embedded()
        return self._pictures

    # Journeys.

    def _to_the_ticket(self) -> None:
        """From the welcome screen to the ticket, with every page of the form."""
        self._speak()
        self._shot("welcome")
        self._tap("second")
        self._at(states.ReadingWhatToBring)
        self._shot("what-to-bring")
        self._tap("back")
        self._begin("passport", "hk_macao_permit", "taiwan_permit")
        self._read("adult")
        self._fill("form")
        self._review()
        self._world.hold_central()
        self._tap("main")
        self._at(states.Submitting)
        self._shot("submitting")
        self._world.turn("ticket_printer", "slow", True)
        self._world.release_central()
        self._at(states.PrintingTicket)
        self._shot("printing-ticket")
        self._world.turn("ticket_printer", "slow", False)
        self._at(states.TakingTicket)
        self._shot("taking-ticket")
        self._tap("main")
        self._at(states.Thanks)
        self._shot("thanks")
        self._tap("main")

    def _without_paper(self) -> None:
        """The printer runs out of paper; the number is shown instead."""
        self._unsuited("hong_kong_resident")
        self._shot("card-not-suited")
        self._world.hold_central()
        self._tap("main")
        self._at(states.Submitting)
        self._world.turn("ticket_printer", "paper", "out")
        self._world.release_central()
        self._at(states.WaitingForPaper)
        self._shot("waiting-for-paper")
        self._tap("main")
        self._at(states.ShowingNumber)
        self._shot("showing-number")
        self._world.turn("ticket_printer", "paper", "full")
        self._tap("main")
        self._at(states.Thanks)
        self._tap("main")
        self._at(states.Welcome)

    def _other_ways(self) -> None:
        """A minor with a guardian; large type, high contrast, language, help, cancel."""
        self._speak()
        self._tap("large_type")
        self._shot("welcome-large-type")
        self._begin("passport", shots=False)
        self._shot("card-large-type")
        self._read("minor", shots=False)
        self._shot("person-minor-large-type")
        self._tap("main")
        self._at(states.FillingForm)
        self._shot("form-large-type")
        self._tap("large_type")
        self._tap("high_contrast")
        self._shot("form-high-contrast")
        for name in ("help", "language"):
            self._tap(name)
            self._person.frames(4)
            self._shot(name)
            self._close()
        self._tap("high_contrast")
        self._tap("cancel")
        self._person.frames(4)
        self._shot("cancel-question")
        self._tap("second")

    def _cut_off(self) -> None:
        """Central away: a number held in reserve, then none left."""
        self._world.hold_central()
        self._unsuited("foreigner_2023")
        self._tap("main")
        self._at(states.TakingTicket)
        self._shot("taking-ticket-central-away")
        self._tap("main")
        self._at(states.Thanks)
        self._tap("main")
        self._unsuited("foreigner_2023")
        self._tap("main")
        self._at(states.WithoutNumber)
        self._shot("without-number")
        self._tap("main")
        self._at(states.Welcome)
        self._world.release_central()

    def _out_of_service(self) -> None:
        """The printer is out of paper before anybody came; then it has paper again."""
        self._speak()
        self._world.turn("ticket_printer", "paper", "out")
        self._at(states.OutOfService)
        self._shot("out-of-service")
        self._world.turn("ticket_printer", "paper", "full")
        self._at(states.Welcome)

    # Parts of journeys.

    def _begin(self, *documents: str, shots: bool = True) -> None:
        self._tap("main")
        self._at(states.ChoosingDocuments)
        for document in documents:
            self._tap(document)
        wanted = len(documents)
        self._person.until(lambda: len(self._state.chosen) == wanted, "the choice")
        if shots:
            self._shot("choosing-documents")
        self._tap("main")
        self._at(states.WaitingForCard)
        if shots:
            self._shot("waiting-for-card")

    def _read(self, card: str, *, shots: bool = True) -> None:
        self._world.turn("id_card_reader", "card", card)
        if shots:
            self._at(states.ReadingCard)
            self._shot("reading-card")
        self._at(states.MeetingPerson)
        self._world.turn("id_card_reader", "card", "none")
        if shots:
            self._shot("meeting-person")

    def _unsuited(self, card: str) -> None:
        self._speak()
        self._begin("passport", shots=False)
        self._world.turn("id_card_reader", "card", card)
        self._at(states.CardNotSuited)
        self._world.turn("id_card_reader", "card", "none")

    def _fill(self, name: str) -> None:
        self._tap("main")
        self._at(states.FillingForm)
        while isinstance(self._state, states.FillingForm):
            key = self._state.page.key
            while empty := self._asked():
                self._answer(empty)
            self._shot(f"{name}-{key.replace('_', '-')}")
            self._tap("main")
            self._person.until(partial(self._left, key), f"{key} goes on")

    def _asked(self) -> FieldView | None:
        """The next field on the page that is empty and must be answered."""
        return next(
            (
                field
                for field in self._state.page.fields
                if field.value in ("", ())
                and not field.locked
                and not field.optional
                and field.kind is not FieldKind.YES_NO
            ),
            None,
        )

    def _answer(self, field: FieldView) -> None:
        if field.options:
            self._tap(field.options[0].code)
        else:
            self._tap(field.key)
            letters = SPOKEN.get(field.key) or TYPED[field.key]
            self._person.type(letters)
            if field.key in SPOKEN:
                self._shot("keyboard-pinyin")
                self._tap("space")
            elif field.key == "phone":
                self._shot("keyboard-number-pad")
            self._tap("done")
        self._person.until(lambda: self._answered(field.key), f"an answer to {field.key}")

    def _answered(self, key: str) -> bool:
        return any(one.key == key and one.value for one in self._state.page.fields)

    def _left(self, page: str) -> bool:
        return not isinstance(self._state, states.FillingForm) or self._state.page.key != page

    def _review(self) -> None:
        self._at(states.Reviewing)
        for index in range(len(self._state.sections)):
            self._tap(f"section_{index}")
            self._person.until(partial(self._shows_section, index), "the section")
            self._shot(f"reviewing-{index + 1}")

    def _shows_section(self, index: int) -> bool:
        return bool(self._state.shown == index)

    def _speak(self) -> None:
        """Choose the tour's language, as a citizen does on the welcome screen."""
        self._at(states.Welcome)
        self._tap(f"speak_{self._language}")
        self._person.frames(4)

    def _close(self) -> None:
        """Close what lies over the screen."""
        self._tap("main")
        self._person.frames(4)

    # What a tour does all the time.

    @property
    def _state(self) -> Any:
        view = self._app.navigator.drawn
        return view.state if view else None

    def _at(self, state: type[Any]) -> None:
        self._person.until(lambda: isinstance(self._state, state), state.__name__)
        # A screen that is shown for the first time is laid out within the next frames.
        self._person.frames(6)

    def _tap(self, name: str) -> None:
        self._person.tap(name=name)

    def _shot(self, name: str) -> None:
        number = len(self._pictures) + 1
        self._pictures.append(self._person.shot(self._folder / f"{number:02d}-{name}.png"))


def play(
    parts: WindowParts, world: World, folder: Path, language: str, begin: Callable[[], object]
) -> list[Path]:
    """Play the tour.

    Args:
        parts: of the machine's window.
        world: devices and central.
        folder: for the pictures; pictures of an earlier tour in it are removed.
        language: locale in which the citizen reads.
        begin: starts the machine.

    Returns:
        The pictures.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.png"):
        old.unlink()
    return Tour(parts, world, folder, language).play(begin)
