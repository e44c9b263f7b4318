"""After the pivot: face, read-back, confirmation; driven to its end, never undone."""

from collections.abc import Callable
from typing import TypeVar

from hardware.interfaces.card_printer import (
    CardPosition,
    CardPrinter,
    FaceJob,
    FaceNotPrinted,
    FacePrinted,
    Probe,
)
from hardware.interfaces.device import Cancel
from hardware.outcome import Done
from kiosk.domain.transaction.commands import CancelAsked, FaceSeen
from kiosk.domain.transaction.progress import Making as MakingReport
from kiosk.domain.transaction.progress import ShowingFace, Work
from kiosk.saga.book import Book
from kiosk.saga.cases import complain
from kiosk.saga.chip import PHASE_OF, Chip
from kiosk.saga.custody import Custody
from kiosk.saga.office import Office
from kiosk.saga.ports import CARD_PRINTER, NEVER, Parts
from kiosk.saga.rows import Phase, Step

T = TypeVar("T")


class Making:
    """Drives a written chip to its end.

    Args:
        parts: of the machine.
        custody: gives the card back or keeps it.
        chip: reads it back.
        office: has central issue.
    """

    def __init__(self, parts: Parts, custody: Custody, chip: Chip, office: Office) -> None:
        self._parts = parts
        self._custody = custody
        self._chip = chip
        self._office = office

    def forward(self, book: Book, *, live: bool) -> None:
        """Print, look, confirm, give; a card that is not as it should be is kept.

        Args:
            book: of the transaction.
            live: whether its citizen is at the machine and looks at the screen.
        """
        if not self._print(book):
            self._custody.keep(book, "face")
            return
        picture = self._picture() if live else None
        if not self._verify(book):
            self._custody.keep(book, "not_verified")
            return
        self._confirm(book)
        if book.state.steps.get(Step.CONFIRM) is Phase.NOT_DONE:
            self._custody.keep(book, "confirm_refused")
            return
        if live:
            self._show(book, picture)
        self._custody.give(book)

    def _print(self, book: Book) -> bool:
        """Whether the face shows what it should; bounded, and no blind second print."""
        state = book.state
        if state.steps.get(Step.FACE) is Phase.DONE:
            return True
        self._working(Work.PRINTING_FACE)
        assert state.order is not None, "nothing is made that was not approved"
        job = self._parts.papers.face(state.order)
        if state.steps.get(Step.FACE) is Phase.INTENT:
            self._look(book, job, "interrupted")
        while not state.face_given_up and state.steps.get(Step.FACE) is not Phase.DONE:
            if state.steps.get(Step.FACE) is Phase.UNKNOWN:
                book.write(Step.FACE, Phase.FACT, given_up="unknown")
            elif state.tries.get(Step.FACE, 0) >= self._parts.limits.acts:
                book.write(Step.FACE, Phase.FACT, given_up="not_printed")
            else:
                self._print_once(book, job)
        return not state.face_given_up

    def _print_once(self, book: Book, job: FaceJob) -> None:
        book.write(Step.FACE, Phase.INTENT)
        said = self._use(lambda printer, cancel: printer.print_face(job, cancel))
        if isinstance(said, FacePrinted):
            # It printed what it was sent: whether that is what was drawn, only a camera sees.
            looked = self._use(lambda printer, _cancel: printer.probe_face(job))
            if looked is Probe.NOT_DONE:
                book.write(Step.FACE, Phase.NOT_DONE, trouble="not_as_drawn")
            else:
                book.write(Step.FACE, Phase.DONE)
        elif isinstance(said, FaceNotPrinted):
            book.write(Step.FACE, Phase.NOT_DONE, trouble=said.trouble.value)
        else:
            self._look(book, job, said.trouble.value if said else "no_answer")

    def _look(self, book: Book, job: FaceJob, trouble: str) -> None:
        """Nobody said how the print ended: the card itself is looked at."""
        found = Probe.UNKNOWN
        for ask in range(self._parts.limits.asks):
            if ask:
                self._parts.pause(self._parts.limits.ask_again_s)
            found = self._use(lambda printer, _cancel: printer.probe_face(job)) or Probe.UNKNOWN
            if found is not Probe.UNKNOWN:
                break
        book.write(Step.FACE, PHASE_OF[found], trouble=trouble)

    def _verify(self, book: Book) -> bool:
        """Read the chip back once more: heat and moves may have harmed it."""
        if book.state.verified_at:
            return True
        if book.state.steps.get(Step.VERIFY) is None:
            self._working(Work.VERIFYING)
            book.write(Step.VERIFY, PHASE_OF[self._chip.probe(book.state)])
        return book.state.steps[Step.VERIFY] is Phase.DONE

    def _confirm(self, book: Book) -> None:
        """Once now; while central is away it stays owed, and the citizen gets the card."""
        if book.state.steps.get(Step.CONFIRM) in (Phase.DONE, Phase.NOT_DONE):
            return
        self._working(Work.CONFIRMING)
        if Step.CONFIRM not in book.state.steps:
            book.write(Step.CONFIRM, Phase.INTENT)
        self._office.confirm(book)

    def _show(self, book: Book, picture: bytes | None) -> None:
        self._parts.inbox.clear()
        self._parts.tell(ShowingFace(picture))
        seen = self._parts.inbox.wait(self._parts.limits.picture_s, FaceSeen)
        if seen and not isinstance(seen, CancelAsked) and not seen.right:
            complain(book)

    def _picture(self) -> bytes | None:
        self._custody.move_to(CardPosition.PRINT)
        return self._use(lambda printer, _cancel: printer.face_picture())

    def _working(self, work: Work) -> None:
        self._parts.tell(MakingReport(work, self._parts.limits.left_s(work)))

    def _use(self, fn: Callable[[CardPrinter, Cancel], T]) -> T | None:
        outcome = self._parts.devices.call(CARD_PRINTER, fn, self._parts.limits.print_s, NEVER)
        return outcome.value if isinstance(outcome, Done) else None
