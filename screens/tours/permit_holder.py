"""What somebody with a permit does at the endorsement machine, part by part."""

from collections.abc import Callable
from functools import partial

from kiosk.clock import SystemClock
from kiosk.flows.endorsement import states
from screens.tours.tour import Tour

INSIST_S = 3.0
"""A hand that holds out a note, or pulls at a card, tries again after so long."""


class PermitHolder(Tour):
    """The parts that journeys are made of."""

    def _rests(self) -> None:
        """Choose the tour's language and look, as a citizen does on the first screen."""
        self.at(states.Resting)
        self.tap(f"speak_{self.language}")
        self.person.frames(4)
        self.wear()

    def _inserts(self, citizen: str, *, shots: bool = False) -> None:
        self.tap("main")
        self.at(states.InsertingPermit)
        if shots:
            self.shot("inserting-permit")
        self.world.turn("card_printer", "card", citizen)
        self.at(states.PlacingIdCard)
        if shots:
            self.shot("placing-id-card")

    def _lays(self, citizen: str) -> None:
        self.world.turn("id_card_reader", "card", citizen)
        self.person.until(
            lambda: not isinstance(self.state, states.PlacingIdCard | states.ReadingIdCard),
            "the identity card is read",
        )
        self.world.turn("id_card_reader", "card", "none")

    def _proves(self, citizen: str, *, shots: bool = False) -> None:
        self._lays(citizen)
        self.at(states.LookingAtCamera)
        self.world.turn("camera", "person", citizen)
        if shots:
            self.person.until(lambda: self.state.guidance != "nobody", "the camera sees somebody")
            self.shot("looking-at-camera")
        self._is_compared()
        if isinstance(self.state, states.FaceNotSeen):
            # A computer that is busy with other things may look too seldom.
            self.tap("main")
            self._is_compared()
        self.world.turn("camera", "person", "none")

    def _is_compared(self) -> None:
        self.person.until(
            lambda: not isinstance(self.state, states.LookingAtCamera), "the face is compared"
        )

    def _chooses(self, *places: str, shots: bool = False) -> None:
        self.at(states.Choosing)
        for place in places:
            first = next(one for one in self.state.choices if one.destination == place)
            self.tap(f"{first.destination}_{first.kind}_{first.grant}")
        self.person.until(lambda: len(self.state.chosen) == len(places), "the choice")
        if shots:
            self.person.frames(4)
            self.shot("choosing")
        self.tap("main")
        self.at(states.Confirming)
        if shots:
            self.shot("confirming")
        self.tap("main")
        self.at(states.ChoosingPayment)
        if shots:
            self.shot("choosing-payment")

    def _pays_in_notes(self) -> None:
        while not self._paid():
            self.person.until(lambda: self._paid() or self.state.notes_fen, "notes are wanted")
            if self._paid():
                return
            rest_fen = self.state.rest_fen
            yuan = max(self.state.notes_fen) // 100
            self._insists(
                partial(self.world.turn, "cash_acceptor", f"insert_{yuan}"),
                partial(self._owes_less_than, rest_fen),
                "a note is taken",
            )

    def _paid(self) -> bool:
        return not isinstance(self.state, states.InsertingNotes)

    def _owes_less_than(self, rest_fen: int) -> bool:
        return self._paid() or bool(self.state.rest_fen < rest_fen)

    def _holds_the_card(self) -> None:
        """Hold a bank card to the terminal, which then does what the bank says."""
        self._insists(
            partial(self.world.turn, "card_terminal", "hurry_customer"),
            lambda: not isinstance(self.state, states.PayingByBankCard | states.CheckingPayment),
            "the bank has answered",
        )

    def _takes_what_was_made(self, *, shots: bool = False) -> None:
        self._has_the_card_made(shots=shots)
        self.tap("main")

    def _has_the_card_made(self, *, shots: bool = False) -> None:
        self.at(states.CheckingFace)
        if shots:
            self.shot("checking-face")
        self.tap("main")
        self.at(states.TakingCard)
        if shots:
            self.shot("taking-card")
        self._takes()
        self.at(states.Finished)
        if shots:
            self.shot("finished-made")

    def _takes_as_it_was(self, name: str) -> None:
        self.at(states.TakingCard)
        self._takes()
        self.at(states.Finished)
        self.shot(name)
        self.tap("main")

    def _takes(self) -> None:
        self._insists(
            lambda: self.world.turn("card_printer", "take"),
            lambda: not isinstance(self.state, states.TakingCard),
            "the card is taken",
        )

    def _insists(self, act: Callable[[], None], seen: Callable[[], bool], what: str) -> None:
        """Do something again and again until it is seen to have worked."""
        clock = SystemClock()
        next_s = clock.monotonic_s()

        def worked() -> bool:
            nonlocal next_s
            if seen():
                return True
            if clock.monotonic_s() >= next_s:
                next_s = clock.monotonic_s() + INSIST_S
                act()
            return False

        self.person.until(worked, what)
