"""The hall kiosk's tour beside the application: numbers, bookings, places, the guide."""

from kiosk.flows.application import states as apply_states
from kiosk.flows.guide import states as guide
from kiosk.flows.slip import SlipState
from kiosk.flows.suggestion import states as suggestion
from kiosk.flows.ticket import states
from screens.tours.tour import Tour

_PAGES = {"materials": guide.ReadingMaterials, "notices": guide.ReadingNotices}


class Visits(Tour):
    """What brings people besides an application."""

    def _speak(self) -> None:
        """Choose the tour's language and look, as a citizen does on the welcome screen."""
        self.at(apply_states.Welcome)
        self.tap(f"speak_{self.language}")
        self.person.frames(4)
        self.wear()

    def take_a_number(self) -> None:
        """By card, with a reason to go first; the green channel is only read."""
        self._speak()
        self.tap("number")
        self.at(states.ChoosingService)
        self.shot("choosing-service")
        self.tap("collect")
        self.at(states.WaitingForHolder)
        self.shot("waiting-for-holder")
        self.world.turn("id_card_reader", "card", "adult")
        self.at(states.ReadingHolder)
        self.shot("reading-holder")
        self.at(states.TellingNeed)
        self.world.turn("id_card_reader", "card", "none")
        self.tap("second")
        self.at(states.TellingUrgency)
        self.shot("telling-urgency")
        self.tap("back")
        self.at(states.TellingNeed)
        self.tap("soldier")
        self.person.until(lambda: self.state.chosen is not None, "the reason")
        self.shot("telling-need")
        self.tap("main")
        self.at(apply_states.TakingTicket)
        self.shot("taking-number")
        self.tap("main")
        self.at(apply_states.Thanks)
        self.tap("main")

    def find_a_ticket(self) -> None:
        """The same card finds the ticket; a number that nobody has finds nothing."""
        self._speak()
        self.tap("place")
        self.at(states.WaitingForHolder)
        self.world.hold_central()
        self.world.turn("id_card_reader", "card", "adult")
        self.at(states.LookingForTicket)
        self.shot("looking-for-ticket")
        self.world.release_central()
        self.at(states.SeeingPlace)
        self.world.turn("id_card_reader", "card", "none")
        self.shot("seeing-place")
        self.tap("main")
        self._speak()
        self.tap("place")
        self.at(states.WaitingForHolder)
        self.tap("second")
        self.at(states.TypingNumber)
        for key in "Z999":
            self.tap(key)
        self.shot("typing-number")
        self.tap("done")
        self.at(states.NothingFound)
        self.shot("nothing-found")
        self.tap("main")

    def check_in(self) -> None:
        """A code that nobody has; what a booking is worth depends on the hour of the tour."""
        self._speak()
        self.tap("booking")
        self.at(states.WaitingForHolder)
        self.shot("waiting-for-booking-card")
        self.tap("second")
        self.at(states.TypingNumber)
        for key in "12345678":
            self.tap(key)
        self.shot("typing-booking-code")
        self.world.hold_central()
        self.tap("done")
        self.at(states.CheckingIn)
        self.shot("checking-in")
        self.world.release_central()
        self.at(states.NothingFound)
        self.shot("booking-unknown")
        self.tap("main")

    def see_progress(self) -> None:
        """The card of whoever has applied before; without a card only the enquiry window helps."""
        self._speak()
        self.tap("progress")
        self.at(states.WaitingForHolder)
        self.shot("waiting-for-applicant")
        self.world.hold_central()
        self.world.turn("id_card_reader", "card", "adult")
        self.at(states.LookingForApplications)
        self.shot("looking-for-applications")
        self.world.release_central()
        self.at(states.SeeingProgress)
        self.world.turn("id_card_reader", "card", "none")
        self.shot("seeing-progress")
        self.tap("main")
        self._speak()
        self.tap("progress")
        self.at(states.WaitingForHolder)
        self.tap("second")
        self.at(states.NothingFound)
        self.shot("progress-without-card")
        self.tap("main")

    def say_something(self) -> None:
        """A word into the suggestions box, with nobody's name and no number."""
        self._speak()
        self.tap("suggestion")
        self.at(suggestion.WritingSuggestion)
        self.person.type("CESHI")
        self.tap("space")
        self.person.until(lambda: self.state.field.value, "the text")
        self.shot("writing-suggestion")
        self.tap("done")
        self.at(suggestion.LeavingContact)
        self.shot("leaving-contact")
        self.tap("main")
        self.at(suggestion.SuggestionEnded)
        self.shot("suggestion-kept")
        self.tap("main")

    def read_the_guide(self) -> None:
        """Every topic, and one of them on paper."""
        self.world.notice()
        self._speak()
        self.tap("guide")
        topics = self._topics()
        self.shot("guide")
        for topic in topics:
            self.tap(topic)
            self.at(_PAGES.get(topic, guide.ReadingTopic))
            self.shot(f"guide-{topic.replace('_', '-')}")
            if topic == "lost":
                self.tap("second")
                self.person.until(lambda: self.state.slip is SlipState.PRINTED, "the slip")
                self.shot("guide-printed")
            self.tap("back")
            self._topics()
        self.tap("back")
        self.at(apply_states.Welcome)

    def _topics(self) -> tuple[str, ...]:
        self.at(guide.ChoosingTopic)
        topics: tuple[str, ...] = self.state.topics
        return topics
