"""A citizen of the world: what they do when asked, and when they walk away."""

from dataclasses import dataclass, field
from typing import TypeVar

from kiosk.domain.payment import Means
from kiosk.domain.transaction import commands, progress
from kiosk.domain.transaction.commands import CancelAsked, Command
from kiosk.saga.inbox import Inbox
from tests.kit.fake_clock import FakeClock
from tests.kit.saga_world.card_path import WorldCard

C = TypeVar("C")


@dataclass
class WorldCitizen:
    """One citizen with one card.

    Args:
        name: also of the card.
        means: how they try to pay, in this order; cancels when all have failed.
        notes: what they put into the acceptor, in this order; then they stop.
        code: on their phone.
        stops_at: name of the report at which they cancel.
        leaves_at: name of the report at which they walk away without a word.
        takes_card: whether they take the card from the mouth.
        face_right: what they say of the picture.
    """

    name: str
    means: tuple[Means, ...] = (Means.BANK_CARD,)
    notes: tuple[int, ...] = (2000, 1000)
    code: str = "134567890123456789"
    stops_at: str = ""
    leaves_at: str = ""
    takes_card: bool = True
    face_right: bool = True
    card: WorldCard | None = None
    tried: int = 0
    put_in: int = 0
    heard: list[progress.Progress] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.card = self.card or WorldCard(self.name)

    def offer(self) -> WorldCard | None:
        """The card for the mouth, once."""
        if "WaitingForCard" in (self.stops_at, self.leaves_at):
            return None
        card, self.card = self.card, None
        return card

    def next_note(self) -> int | None:
        """The next note, None when they stop."""
        if self.put_in >= len(self.notes):
            return None
        self.put_in += 1
        return self.notes[self.put_in - 1]

    def answer(self, kinds: tuple[type, ...]) -> Command | None:
        """What they do now, None for nothing."""
        asked = type(self.heard[-1]).__name__ if self.heard else ""
        if asked == self.stops_at:
            return CancelAsked()
        if asked == self.leaves_at:
            return None
        if commands.PayBy in kinds:
            return self._pay()
        if commands.ChoiceConfirmed in kinds:
            return self._choose()
        if commands.PersonIdentified in kinds:
            return commands.PersonIdentified("420299199003077316", "test")
        if commands.PersonProven in kinds:
            return commands.PersonProven((commands.Proof.ID_CARD, commands.Proof.FACE))
        return commands.FaceSeen(self.face_right)

    def _choose(self) -> Command:
        offered = self.heard[-1]
        assert isinstance(offered, progress.Choosing), "a choice follows an offer"
        return commands.ChoiceConfirmed(offered.choices[:1])

    def _pay(self) -> Command | None:
        due = self.heard[-1]
        assert isinstance(due, progress.AmountDue), "money follows an amount"
        if not due.means:
            return None
        while self.tried < len(self.means):
            self.tried += 1
            if self.means[self.tried - 1] in due.means:
                return commands.PayBy(self.means[self.tried - 1])
        return CancelAsked()


class WorldInbox(Inbox):
    """Answers at once with what the citizen does; waiting for nothing lets the clock run.

    Args:
        clock: of the world.
        citizen: who stands there.
    """

    def __init__(self, clock: FakeClock, citizen: WorldCitizen) -> None:
        super().__init__(clock)
        self._fake_clock = clock
        self._citizen = citizen

    def wait(self, limit_s: float, *kinds: type[C]) -> C | CancelAsked | None:
        """What the citizen does."""
        said = self._citizen.answer(kinds)
        if said is None:
            self._fake_clock.advance(limit_s)
            return None
        if isinstance(said, CancelAsked):
            return said
        return said if isinstance(said, kinds) else None
