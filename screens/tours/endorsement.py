"""The endorsement machine's tour."""

from collections.abc import Callable

from kiosk.domain.payment import Means
from kiosk.domain.rating import Level
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.endorsement import states
from kiosk.flows.rating import states as rating
from screens.tours.staff import StaffVisit


class EndorsementTour(StaffVisit):
    """From the permit in the slot to the permit in the hand, and the ways that lead elsewhere."""

    def journeys(self) -> tuple[Callable[[], None], ...]:
        """In the order they are played."""
        return (
            self._made_with_cash,
            self._paid_by_bank_card,
            self._paid_by_code,
            self._journeys_left,
            self._slip_again,
            self._stopped,
            self._another_face,
            self._expired,
            self.a_case_is_closed,
            self._partly_closed,
            self._out_of_service,
        )

    def _made_with_cash(self) -> None:
        """Every screen of the straight way; an unused endorsement is cancelled knowingly."""
        self._rests()
        self.shot("resting")
        self._inserts("adult", shots=True)
        self._proves("adult", shots=True)
        self._chooses("HKG", "MAC", shots=True)
        self.tap(Means.CASH.value)
        self.at(states.InsertingNotes)
        self.shot("inserting-notes")
        self._pays_in_notes()
        self.at(states.MakingCard)
        self.shot("making-card")
        self._takes_what_was_made(shots=True)

    def _paid_by_bank_card(self) -> None:
        """A card without enough money, then one that pays; and how was it?"""
        self._rests()
        self._inserts("elder")
        self._proves("elder")
        self._chooses("MAC")
        self.world.turn("card_terminal", "customer_delay_ms", "60000")
        self.world.turn("card_terminal", "customer", "lacks_money")
        self.tap(Means.BANK_CARD.value)
        self._holds_the_card()
        self.at(states.ChoosingPayment)
        self.shot("choosing-payment-declined")
        self.world.turn("card_terminal", "customer", "pays")
        self.tap(Means.BANK_CARD.value)
        self.at(states.PayingByBankCard)
        self.shot("paying-by-bank-card")
        self._holds_the_card()
        self._has_the_card_made()
        self.tap("second")
        self.at(rating.ChoosingLevel)
        self.shot("rating-level")
        self.tap(Level.SATISFIED.value)
        self.at(rating.ChoosingReasons)
        self.shot("rating-reasons")
        self.tap("main")
        self.at(rating.ThankingForRating)
        self.shot("rating-thanks")

    def _paid_by_code(self) -> None:
        """A phone before the scanner; in large type."""
        self._rests()
        self.wear(large_type=True)
        self.shot("resting-large-type")
        self._inserts("long_term")
        self._proves("long_term")
        self._chooses("HKG")
        self.shot("choosing-payment-large-type")
        self.tap(Means.CODE.value)
        self.at(states.ShowingPaymentCode)
        self.shot("showing-payment-code-large-type")
        self._insists(
            lambda: self.world.turn("code_scanner", "scan_alipay"),
            lambda: not isinstance(self.state, states.ShowingPaymentCode),
            "the code is read",
        )
        self._takes_what_was_made()

    def _journeys_left(self) -> None:
        """What the first person has now."""
        self._rests()
        self.tap("entries")
        self.at(states.PlacingIdCard)
        self.shot("id-card-for-entries")
        self.world.turn("id_card_reader", "card", "adult")
        self.at(states.ShowingEntries)
        self.world.turn("id_card_reader", "card", "none")
        self.shot("showing-entries")
        self.tap("main")

    def _slip_again(self) -> None:
        """The first person's slip once more."""
        self._rests()
        self.tap("slip")
        self.at(states.PlacingIdCard)
        self.world.turn("id_card_reader", "card", "adult")
        self.at(states.ChoosingSlip)
        self.world.turn("id_card_reader", "card", "none")
        self.shot("choosing-slip")
        self.tap("slip_0")
        self.at(states.Thanks)
        self.shot("thanks")
        self.tap("main")

    def _stopped(self) -> None:
        """Somebody changes their mind with the permit inside; in high contrast."""
        self._rests()
        self.wear(high_contrast=True)
        self._inserts("adult")
        self.tap("cancel")
        self.person.frames(4)
        self.shot("cancel-question-high-contrast")
        self.tap("second")
        self._takes_as_it_was("finished-stopped-high-contrast")

    def _another_face(self) -> None:
        """Not the holder: a finger would do, and a window does."""
        self._rests()
        self._inserts("adult")
        self._lays("adult")
        self.at(states.LookingAtCamera)
        self.world.turn("camera", "person", "elder")
        self.at(states.FaceNotSeen)
        self.world.turn("camera", "person", "none")
        self.shot("face-not-seen")
        self.tap("main")
        self.at(states.PlacingFinger)
        self.shot("placing-finger")
        self.tap("second")
        self._takes_as_it_was("finished-window")

    def _expired(self) -> None:
        """The permit has expired."""
        self._rests()
        self._inserts("expired")
        self._proves("expired")
        self._takes_as_it_was("finished-expired")

    def _partly_closed(self) -> None:
        """The cash box is full; then the card path is dead, and queries still work."""
        self._rests()
        self.world.turn("cash_acceptor", "box_full", True)
        self.person.until(lambda: "cash_acceptor" in self.machine.devices_away, "cash is full")
        self.person.frames(6)
        self.shot("resting-cash-full")
        self.world.turn("cash_acceptor", "box_full", False)
        self.world.turn("card_printer", "unplugged", True)
        self.person.until(lambda: self.state.closed, "endorsements are closed")
        self.person.frames(6)
        self.shot("resting-partly-closed")
        self.tap("shut")
        self.at(ErrandClosed)
        self.shot("endorsement-closed")
        self.tap("main")
        self.at(states.Resting)
        self.world.turn("card_printer", "unplugged", False)
        self.person.until(lambda: not self.state.closed, "endorsements are open again")

    def _out_of_service(self) -> None:
        """No identity card can be read before anybody came; then it can be again."""
        self._rests()
        self.world.turn("id_card_reader", "unplugged", True)
        self.at(states.OutOfService)
        self.shot("out-of-service")
        self.world.turn("id_card_reader", "unplugged", False)
        self.at(states.Resting)
