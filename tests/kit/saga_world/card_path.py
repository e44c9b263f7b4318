"""The card's way: mouth, stations, bin, and the face that is printed on it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.interfaces.card_printer import (
    CardMove,
    CardMoved,
    CardNotMoved,
    CardPosition,
    FaceDoubtful,
    FaceJob,
    FaceNotPrinted,
    FaceOutcome,
    FacePrinted,
    PathTrouble,
    Probe,
    Whereabouts,
)
from hardware.interfaces.device import Cancel
from hardware.status import Media
from tests.kit.saga_world.device import WorldDevice
from tests.kit.saga_world.world import World


@dataclass
class WorldCard:
    """A permit.

    Args:
        owner: whose it is.
        record: order whose record counts on the chip; empty before the first.
        endorsements: of that record.
        writes: orders in the order of their writing.
        face: key of the job that the face shows.
        spoiled: whether the face shows neither the old nor the new.
        prints: jobs that came out well.
    """

    owner: str
    record: str = ""
    endorsements: tuple[object, ...] = ()
    writes: list[str] = field(default_factory=list)
    face: str = ""
    spoiled: bool = False
    prints: list[str] = field(default_factory=list)


class WorldCardPrinter(WorldDevice):
    """Obeys `CardPrinter`; holds its card while the machine is dead.

    Args:
        world: it is part of.
        offer: gives the citizen's card when the mouth opens, None when nobody puts one in.
        takes: whether the citizen takes the card from the mouth.
    """

    def __init__(
        self,
        world: World,
        offer: Callable[[], WorldCard | None],
        takes: Callable[[WorldCard], bool],
    ) -> None:
        self._world = world
        self._offer = offer
        self._takes = takes
        self.card: WorldCard | None = None
        self.position = CardPosition.NONE
        self.retained: list[WorldCard] = []
        self.taken: list[WorldCard] = []
        self.lost: list[WorldCard] = []
        self._printed = False

    def accept(self, cancel: Cancel, on_entering: Callable[[], None]) -> CardMove | None:
        """Take the offered card in."""
        if self.card is not None and self.position.inside:
            self._world.breaks("the mouth was opened with a card inside")
        card = self._offer()
        if card is None or cancel.is_set():
            return None
        on_entering()
        if self._world.strikes("card.wrong_way"):
            return CardNotMoved(PathTrouble.WRONG_WAY, CardPosition.ENTRY)
        self._world.happened("card.in")
        self.card, self._printed = card, False
        self.position = CardPosition.TRANSPORT
        self._world.point("card.in")
        if self._world.strikes("card.jam_at_mouth"):
            return self._jam()
        return CardMoved(self.position)

    def move_to(self, station: CardPosition, cancel: Cancel) -> CardMove:
        """Move between stations."""
        if self.card is None or not self.position.inside:
            return CardNotMoved(PathTrouble.NO_CARD, self.position)
        if self._world.strikes(f"card.jam_at_{station.value}"):
            return self._jam()
        if self._world.strikes("card.out_of_sight"):
            self.lost.append(self.card)
            self.card, self.position = None, CardPosition.NONE
            return CardNotMoved(PathTrouble.NO_CARD, self.position)
        self.position = station
        return CardMoved(station)

    def print_face(self, job: FaceJob, cancel: Cancel) -> FaceOutcome:
        """Print on the card inside."""
        if self.card is None or not self.position.inside:
            return FaceNotPrinted(PathTrouble.NO_CARD)
        if self._world.strikes("card.jam_at_print"):
            return FaceNotPrinted(PathTrouble.JAMMED)
        self.position = CardPosition.PRINT
        if self._world.strikes("face.head_worn"):
            return FaceNotPrinted(PathTrouble.HEAD_WORN)
        self._world.point("face.release")
        if self._world.strikes("face.nothing_happened"):
            return FaceDoubtful(PathTrouble.LINK_LOST)
        self.card.spoiled, self.card.face = True, ""
        self._world.point("face.half")
        # Where no camera sees the face, the printer's word has to do.
        seen = not self._world.faults["face.probe_unknown"]
        if seen and self._world.strikes("face.not_as_drawn"):
            return FacePrinted()
        if self._world.strikes("face.spoiled"):
            return FaceDoubtful(PathTrouble.HARDWARE)
        return self._comes_out(self.card, job)

    def _comes_out(self, card: WorldCard, job: FaceJob) -> FaceOutcome:
        """The face is as it should be; the chip may have suffered."""
        self._world.happened("face.print")
        card.spoiled, card.face = False, job.key
        card.prints.append(job.key)
        self._printed = True
        if self._world.strikes("chip.harmed_by_heat"):
            card.record, card.endorsements = "", ()
        self._world.point("face.printed")
        if self._world.strikes("face.reply_lost"):
            return FaceDoubtful(PathTrouble.LINK_LOST)
        return FacePrinted()

    def probe_face(self, job: FaceJob) -> Probe:
        """Look at the card."""
        if self._world.strikes("face.probe_unknown") or self.card is None:
            return Probe.UNKNOWN
        return Probe.DONE if self.card.face == job.key else Probe.NOT_DONE

    def where(self) -> Whereabouts:
        """Sensors."""
        if self._world.strikes("card.where_unknown"):
            return Whereabouts(CardPosition.UNKNOWN, Media.UNKNOWN)
        media = Media.NOT_PRESENT if self.card is None else Media.PRESENT
        return Whereabouts(self.position, media, printed=self._printed)

    def face_picture(self) -> bytes | None:
        """No camera over the card."""
        return None

    def eject(self, cancel: Cancel) -> CardMove:
        """To the mouth."""
        if self.card is None:
            return CardNotMoved(PathTrouble.NO_CARD, CardPosition.NONE)
        if self._world.strikes("card.jam_at_eject"):
            return self._jam()
        if self.position is not CardPosition.ENTRY:
            self._world.happened("card.eject")
        self.position = CardPosition.ENTRY
        self._world.point("card.eject")
        if self._world.strikes("card.snatched"):
            self._hand_over()
            return CardNotMoved(PathTrouble.LINK_LOST, CardPosition.UNKNOWN)
        return CardMoved(CardPosition.ENTRY)

    def wait_until_taken(self, limit_s: float, cancel: Cancel) -> bool:
        """The citizen takes it, or does not."""
        if self.card is None:
            return True
        if self.position is not CardPosition.ENTRY or not self._takes(self.card):
            return False
        self._hand_over()
        self._world.point("card.taken")
        return not self._world.strikes("card.taken_unseen")

    def retain(self, cancel: Cancel) -> CardMove:
        """Into the bin."""
        if self.card is None:
            return CardNotMoved(PathTrouble.NO_CARD, CardPosition.NONE)
        if self._world.strikes("card.bin_full"):
            return CardNotMoved(PathTrouble.BIN_FULL, self.position)
        self._world.happened("card.retain")
        self.retained.append(self.card)
        self.card, self.position = None, CardPosition.NONE
        self._world.point("card.retain")
        return CardMoved(CardPosition.NONE)

    def power_lost(self) -> None:
        """It forgets its jobs, and a feed that waits for a card ends."""
        self._printed = False

    def staff_clear(self) -> None:
        """Staff open the door, and the card goes to its citizen."""
        if self.card is not None:
            self._hand_over()
        self.taken += self.lost
        self.lost.clear()

    def _hand_over(self) -> None:
        assert self.card is not None, "somebody takes a card"
        self.taken.append(self.card)
        self.card, self.position = None, CardPosition.NONE

    def _jam(self) -> CardMove:
        return CardNotMoved(PathTrouble.JAMMED, self.position)
