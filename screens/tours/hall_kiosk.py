"""The hall kiosk's tour."""

from collections.abc import Callable
from functools import partial

from kiosk.domain.rating import Level
from kiosk.flows.application import states
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.rating import states as rating
from kiosk.forms.views import FieldKind, FieldView
from screens.tours.hall_visits import Visits

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


class HallKioskTour(Visits):
    """From the identity card to the ticket, and the ways that lead elsewhere."""

    def journeys(self) -> tuple[Callable[[], None], ...]:
        """In the order they are played."""
        return (
            self._to_the_ticket,
            self.take_a_number,
            self.find_a_ticket,
            self.check_in,
            self.see_progress,
            self.say_something,
            self.read_the_guide,
            self._without_paper,
            self._other_ways,
            self._cut_off,
            self._partly_closed,
            self._out_of_service,
        )

    # Journeys.

    def _to_the_ticket(self) -> None:
        """From the welcome screen to the ticket, with every page of the form."""
        self._speak()
        self.shot("welcome")
        self._begin("passport", "hk_macao_permit", "taiwan_permit")
        self._read("adult")
        self._fill("form")
        self._review()
        self.world.hold_central()
        self.tap("main")
        self.at(states.Submitting)
        self.shot("submitting")
        self.world.turn("ticket_printer", "slow", True)
        self.world.release_central()
        self.at(states.PrintingTicket)
        self.shot("printing-ticket")
        self.world.turn("ticket_printer", "slow", False)
        self.at(states.TakingTicket)
        self.shot("taking-ticket")
        self.tap("main")
        self.at(states.Thanks)
        self.shot("thanks")
        self._rate()

    def _rate(self) -> None:
        """Not satisfied, and wants to be called."""
        self.tap("second")
        self.at(rating.ChoosingLevel)
        self.shot("rating-level")
        self.tap(Level.DISSATISFIED.value)
        self.at(rating.ChoosingReasons)
        self.shot("rating-reasons")
        self.tap("second")
        self.at(rating.LeavingPhone)
        self.person.type("13800000001")
        self.shot("rating-phone")
        self.tap("done")
        self.at(rating.ThankingForRating)
        self.shot("rating-thanks")
        self.at(states.Welcome)

    def _without_paper(self) -> None:
        """The printer runs out of paper; the number is shown instead."""
        self._unsuited("hong_kong_resident")
        self.shot("card-not-suited")
        self.world.hold_central()
        self.tap("main")
        self.at(states.Submitting)
        self.world.turn("ticket_printer", "paper", "out")
        self.world.release_central()
        self.at(states.WaitingForPaper)
        self.shot("waiting-for-paper")
        self.tap("main")
        self.at(states.ShowingNumber)
        self.shot("showing-number")
        self.world.turn("ticket_printer", "paper", "full")
        self.tap("main")
        self.at(states.Thanks)
        self.tap("main")
        self.at(states.Welcome)

    def _other_ways(self) -> None:
        """A minor with a guardian; large type, high contrast, language, help, cancel."""
        self._speak()
        self.wear(large_type=True)
        self.shot("welcome-large-type")
        self._begin("passport", shots=False)
        self.shot("card-large-type")
        self._read("minor", shots=False)
        self.shot("person-minor-large-type")
        self.tap("main")
        self.at(states.FillingForm)
        self.shot("form-large-type")
        self.wear(high_contrast=True)
        self.shot("form-high-contrast")
        for name in ("help", "language"):
            self.tap(name)
            self.person.frames(4)
            self.shot(name)
            self._close()
        self.wear()
        self.tap("cancel")
        self.person.frames(4)
        self.shot("cancel-question")
        self.tap("second")

    def _cut_off(self) -> None:
        """Central away: a number held in reserve, then none left."""
        self.world.hold_central()
        self._unsuited("foreigner_2023")
        self.tap("main")
        self.at(states.TakingTicket)
        self.shot("taking-ticket-central-away")
        self.tap("main")
        self.at(states.Thanks)
        self.tap("main")
        self._unsuited("foreigner_2023")
        self.tap("main")
        self.at(states.WithoutNumber)
        self.shot("without-number")
        self.tap("main")
        self.at(states.Welcome)
        self.world.release_central()

    def _partly_closed(self) -> None:
        """The printer is out of paper before anybody came; what needs none still works."""
        self._speak()
        self.world.turn("ticket_printer", "paper", "out")
        self.person.until(lambda: self.state.closed, "what needs paper is closed")
        self.person.frames(6)
        self.shot("welcome-partly-closed")
        self.tap("shut")
        self.at(ErrandClosed)
        self.shot("application-closed")
        self.tap("main")
        self.at(states.Welcome)
        self.world.turn("ticket_printer", "paper", "full")
        self.person.until(lambda: not self.state.closed, "everything is open again")

    def _out_of_service(self) -> None:
        """The machine cannot write its records down; then it can again."""
        self._speak()
        self.world.hold_disk()
        # Whatever it wants to record next shows it.
        self.world.turn("ticket_printer", "paper", "out")
        self.at(states.OutOfService)
        self.shot("out-of-service")
        self.world.release_disk()
        self.world.turn("ticket_printer", "paper", "full")
        self.at(states.Welcome)

    # Parts of journeys.

    def _begin(self, *documents: str, shots: bool = True) -> None:
        self.tap("main")
        self.at(states.ChoosingDocuments)
        for document in documents:
            self.tap(document)
        wanted = len(documents)
        self.person.until(lambda: len(self.state.chosen) == wanted, "the choice")
        if shots:
            self.shot("choosing-documents")
        self.tap("main")
        self.at(states.WaitingForCard)
        if shots:
            self.shot("waiting-for-card")

    def _read(self, card: str, *, shots: bool = True) -> None:
        self.world.turn("id_card_reader", "card", card)
        if shots:
            self.at(states.ReadingCard)
            self.shot("reading-card")
        self.at(states.MeetingPerson)
        self.world.turn("id_card_reader", "card", "none")
        if shots:
            self.shot("meeting-person")

    def _unsuited(self, card: str) -> None:
        self._speak()
        self._begin("passport", shots=False)
        self.world.turn("id_card_reader", "card", card)
        self.at(states.CardNotSuited)
        self.world.turn("id_card_reader", "card", "none")

    def _fill(self, name: str) -> None:
        self.tap("main")
        self.at(states.FillingForm)
        while isinstance(self.state, states.FillingForm):
            key = self.state.page.key
            while empty := self._asked():
                self._answer(empty)
            self.shot(f"{name}-{key.replace('_', '-')}")
            self.tap("main")
            self.person.until(partial(self._left, key), f"{key} goes on")

    def _asked(self) -> FieldView | None:
        """The next field on the page that is empty and must be answered."""
        return next(
            (
                field
                for field in self.state.page.fields
                if field.value in ("", ())
                and not field.locked
                and not field.optional
                and field.kind is not FieldKind.YES_NO
            ),
            None,
        )

    def _answer(self, field: FieldView) -> None:
        if field.options:
            self.tap(field.options[0].code)
        else:
            self.tap(field.key)
            letters = SPOKEN.get(field.key) or TYPED[field.key]
            self.person.type(letters)
            if field.key in SPOKEN:
                self.shot("keyboard-pinyin")
                self.tap("space")
            elif field.key == "phone":
                self.shot("keyboard-number-pad")
            self.tap("done")
        self.person.until(lambda: self._answered(field.key), f"an answer to {field.key}")

    def _answered(self, key: str) -> bool:
        return any(one.key == key and one.value for one in self.state.page.fields)

    def _left(self, page: str) -> bool:
        return not isinstance(self.state, states.FillingForm) or self.state.page.key != page

    def _review(self) -> None:
        self.at(states.Reviewing)
        for index in range(len(self.state.sections)):
            if not self._shows_section(index):
                # Large type has no room for the tabs; there one turns the pages.
                tab = f"section_{index}"
                self.tap(tab if self.person.find(name=tab) else "section_next")
            self.person.until(partial(self._shows_section, index), "the section")
            self.shot(f"reviewing-{index + 1}")

    def _shows_section(self, index: int) -> bool:
        return bool(self.state.shown == index)

    def _close(self) -> None:
        """Close what lies over the screen."""
        self.tap("main")
        self.person.frames(4)
