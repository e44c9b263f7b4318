"""The citizen's card: taken in, and given back and taken, or kept with a reason (design 8, law 3).

The sensors are the truth, not the rows: every decision begins with a look. What cannot be seen or
moved after a bounded number of tries ends as `stuck` or `missing`, each of them a case.
"""

from collections.abc import Callable
from typing import TypeVar

from hardware.interfaces.card_printer import (
    CardMove,
    CardMoved,
    CardNotMoved,
    CardPosition,
    CardPrinter,
    PathTrouble,
)
from hardware.interfaces.device import Cancel
from hardware.outcome import Done
from kiosk.domain.transaction.progress import CardPresented, WaitingForCard
from kiosk.saga.book import Book
from kiosk.saga.ports import CARD_PRINTER, NEVER, Parts
from kiosk.saga.rows import Phase, Step
from kiosk.saga.values import Card

T = TypeVar("T")

_OUT_OF_REACH = (Card.TAKEN, Card.KEPT, Card.OUT, Card.STUCK, Card.MISSING)
_AT_THE_MOUTH = (PathTrouble.WRONG_WAY, PathTrouble.NOT_A_CARD, PathTrouble.NO_CARD)


class Custody:
    """Moves the card of one transaction.

    Args:
        parts: of the machine.
    """

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def where(self) -> CardPosition:
        """Where the sensors see a card; UNKNOWN only after they could not say again and again."""
        for ask in range(self._parts.limits.asks):
            if ask:
                self._parts.pause(self._parts.limits.ask_again_s)
            seen = self._use(lambda printer, _cancel: printer.where())
            if seen and seen.position is not CardPosition.UNKNOWN:
                return seen.position
        return CardPosition.UNKNOWN

    def move_to(self, station: CardPosition) -> bool:
        """Move the card inside to a station; whether the sensors saw it arrive."""
        for _ in range(self._parts.limits.acts):
            moved = self._use(lambda printer, cancel: printer.move_to(station, cancel))
            if isinstance(moved, CardMoved) and moved.position is station:
                return True
            if moved is None and self.where() is station:
                return True
        return False

    def take_in(self, book: Book) -> bool:
        """Open the mouth and wait for a card; whether the machine holds one now."""
        tell, limits = self._parts.tell, self._parts.limits
        inbox = self._parts.inbox
        trouble, caught = "", False
        ends_at = self._parts.clock.monotonic_s() + limits.card_in_s
        book.write(Step.CARD_IN, Phase.INTENT)
        while (left_s := ends_at - self._parts.clock.monotonic_s()) > 0:
            tell(WaitingForCard(trouble))
            came = self._accept(left_s)
            if isinstance(came, CardMoved) and came.position.inside:
                book.write(Step.CARD_IN, Phase.DONE)
                return True
            caught = isinstance(came, CardNotMoved) and came.trouble is PathTrouble.JAMMED
            if not isinstance(came, CardNotMoved) or came.trouble not in _AT_THE_MOUTH:
                break
            trouble = came.trouble.value
            if inbox.withdrawn.is_set():
                break
            # Who put it in wrongly takes it out first; the mouth need not hurry.
            self._parts.pause(limits.ask_again_s)
        return self._did_it_come_in(book, caught=caught)

    def _did_it_come_in(self, book: Book, *, caught: bool) -> bool:
        """Nobody said that a card came in; only the sensors can say that none did.

        One that is caught in the mouth is the machine's to give back, like one inside.
        """
        position = self.where()
        at_the_mouth = position is CardPosition.ENTRY and not caught
        if position is CardPosition.NONE or at_the_mouth:
            book.write(Step.CARD_IN, Phase.NOT_DONE)
            return False
        phase = Phase.UNKNOWN if position is CardPosition.UNKNOWN else Phase.DONE
        book.write(Step.CARD_IN, phase)
        return position.inside

    def give(self, book: Book) -> None:
        """Give the card back, wait until it is taken, keep it when nobody takes it.

        Ends with the card taken, kept, stuck or missing, or never come in; may be repeated.
        """
        for _ in range(self._parts.limits.acts):
            if book.state.card in _OUT_OF_REACH:
                return
            if book.state.card is Card.KEEPING:
                self.keep(book, book.state.kept_why)
                return
            position = self.where()
            if position is CardPosition.UNKNOWN:
                break
            if position is CardPosition.NONE:
                self._gone(book)
            elif book.state.card is Card.ASKED and position is CardPosition.ENTRY:
                # It lies in the mouth of a machine that was interrupted: its owner's to take.
                book.write(Step.CARD_IN, Phase.DONE)
            else:
                self._present(book)
        if book.state.card not in _OUT_OF_REACH:
            self._stuck(book, "not_presented")

    def keep(self, book: Book, why: str) -> None:
        """Move the card into the bin; ends with it kept, or stuck. May be repeated.

        Args:
            book: of the transaction.
            why: a code; staff see it.
        """
        if book.state.card in _OUT_OF_REACH:
            return
        for _ in range(self._parts.limits.acts):
            if self.where() is CardPosition.NONE:
                self._gone(book)
                return
            book.write(Step.KEEP, Phase.INTENT, why=why)
            moved = self._use(lambda printer, cancel: printer.retain(cancel))
            if isinstance(moved, CardMoved) and moved.position is CardPosition.NONE:
                book.write(Step.KEEP, Phase.DONE, seen=True)
                return
        if self.where() is CardPosition.NONE:
            self._gone(book)
        else:
            self._stuck(book, why)

    def _present(self, book: Book) -> None:
        limits = self._parts.limits
        book.write(Step.PRESENT, Phase.INTENT)
        self._parts.tell(CardPresented(limits.take_card_s))
        moved = self._use(lambda printer, cancel: printer.eject(cancel))
        if not isinstance(moved, CardMoved) and self.where() is not CardPosition.ENTRY:
            return
        taken = self._use(
            lambda printer, cancel: printer.wait_until_taken(limits.take_card_s, cancel),
            limits.take_card_s + limits.move_s,
        )
        if taken:
            book.write(Step.PRESENT, Phase.DONE)
        elif self.where() is CardPosition.ENTRY:
            self.keep(book, "not_taken")

    def _gone(self, book: Book) -> None:
        """No sensor sees the card."""
        if book.state.card is Card.PRESENTED:
            book.write(Step.PRESENT, Phase.DONE)
        elif book.state.card is Card.ASKED:
            book.write(Step.CARD_IN, Phase.NOT_DONE)
        elif book.state.card is Card.KEEPING:
            # In the bin, or snatched from the mouth at the last moment: the case says to look.
            book.write(Step.KEEP, Phase.DONE, seen=False)
        else:
            book.write(Step.PRESENT, Phase.UNKNOWN)

    def _stuck(self, book: Book, why: str) -> None:
        if book.state.card is Card.ASKED:
            book.write(Step.CARD_IN, Phase.UNKNOWN)
        elif book.state.card is Card.KEEPING:
            book.write(Step.KEEP, Phase.NOT_DONE, why=why)
        else:
            book.write(Step.PRESENT, Phase.NOT_DONE, why=why)

    def _accept(self, limit_s: float) -> CardMove | None:
        outcome = self._parts.devices.call(
            CARD_PRINTER,
            lambda printer, cancel: printer.accept(cancel, lambda: None),
            limit_s,
            self._parts.inbox.withdrawn,
        )
        return outcome.value if isinstance(outcome, Done) else None

    def _use(
        self, fn: Callable[[CardPrinter, Cancel], T], limit_s: float | None = None
    ) -> T | None:
        """None when the device gave no answer."""
        limit = self._parts.limits.move_s if limit_s is None else limit_s
        outcome = self._parts.devices.call(CARD_PRINTER, fn, limit, NEVER)
        return outcome.value if isinstance(outcome, Done) else None
