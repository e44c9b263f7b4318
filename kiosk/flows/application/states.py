"""States of the errand "apply": what the person or the paper is doing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from kiosk.domain.closed import Closed
from kiosk.domain.document import DocumentKind
from kiosk.domain.ticket import Ticket
from kiosk.forms.views import PageView, ReviewSection, Text

if TYPE_CHECKING:
    # A window that opens draws the first state long before anybody has a form, and the rules of
    # the form with their dated tables take as long to import as the window takes to open.
    from kiosk.forms.draft import Draft


class CardTrouble(StrEnum):
    """Why no card could be read, in the words of the flow; same values as the reader's."""

    MOVED = "moved"
    UNREADABLE = "unreadable"
    NOT_AUTHENTIC = "not_authentic"
    NOT_AN_ID_CARD = "not_an_id_card"
    READER_AWAY = "reader_away"
    """the reader itself does not answer"""


class PaperTrouble(StrEnum):
    """Why no paper came, in the words of the flow; same values as the printer's."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    JAMMED = "jammed"
    HARDWARE = "hardware"
    LINK_LOST = "link_lost"


@dataclass(frozen=True, slots=True)
class Welcome:
    """Nobody is here; or somebody is about to begin.

    Args:
        closed: errands that the machine cannot carry through now.
    """

    closed: tuple[Closed, ...] = ()


@dataclass(frozen=True, slots=True)
class ChoosingDocuments:
    """The person chooses what to apply for.

    Args:
        chosen: so far, in the order of `DocumentKind`.
        draft: answers given before coming back here, or None.
        nothing_chosen: the person wanted to go on without a choice.
    """

    chosen: tuple[DocumentKind, ...] = ()
    draft: "Draft | None" = None
    nothing_chosen: bool = False


@dataclass(frozen=True, slots=True)
class WaitingForCard:
    """The reader waits for an identity card.

    Args:
        documents: chosen.
        trouble: what went wrong in the last try, None in the first.
        tries: failed reads so far; after three the screen offers the window.
        draft: answers of the person who was read before, or None; kept for that person only.
    """

    documents: tuple[DocumentKind, ...]
    trouble: CardTrouble | None = None
    tries: int = 0
    draft: "Draft | None" = None


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """A card lies on the reader and is being read; it must not be moved.

    Args:
        documents: chosen.
        tries: failed reads so far.
        draft: answers of the person who was read before, or None.
    """

    documents: tuple[DocumentKind, ...]
    tries: int = 0
    draft: "Draft | None" = None


@dataclass(frozen=True, slots=True)
class MeetingPerson:
    """The person sees who the card says they are, and any warning.

    Args:
        draft: prefilled.
        warnings: for example that the card has expired, or that a guardian must come along.
    """

    draft: "Draft"
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class CardNotSuited:
    """The card is genuine but this form is not for its holder; the person is told where to go.

    Args:
        reason: says why and where to go.
        documents: chosen.
        draft: answers given before, or None; another choice of documents may suit their person.
    """

    reason: Text
    documents: tuple[DocumentKind, ...] = ()
    draft: "Draft | None" = None


@dataclass(frozen=True, slots=True)
class FillingForm:
    """The person answers one page of the form.

    Args:
        draft: all answers.
        page: what is shown, findings included.
        focus: key of the field the keyboard writes to, empty for none.
        from_review: came from the review to change one page, and goes back there.
    """

    draft: "Draft"
    page: PageView
    focus: str = ""
    from_review: bool = False


@dataclass(frozen=True, slots=True)
class Reviewing:
    """The person reads everything once more, by document.

    Args:
        draft: complete.
        sections: what is shown.
        shown: index of the section on the screen.
    """

    draft: "Draft"
    sections: tuple[ReviewSection, ...]
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Submitting:
    """The application is being kept and a number fetched.

    Args:
        draft: what was submitted; None for a ticket without an application.
        visit_id: id of the visit.
    """

    draft: "Draft | None"
    visit_id: str


@dataclass(frozen=True, slots=True)
class PrintingTicket:
    """The ticket is coming out of the printer.

    Args:
        ticket: durable since before it was printed.
        tries: print orders sent before this one.
        copy: whether an earlier order may have printed it.
        by_form: whether an application was filled in for it.
    """

    ticket: Ticket
    tries: int = 0
    copy: bool = False
    by_form: bool = False


@dataclass(frozen=True, slots=True)
class WaitingForPaper:
    """The printer could not print; it will once it is mended, or the number is shown instead.

    Args:
        ticket: whose paper is owed.
        trouble: what is wrong with the printer.
        tries: print orders sent so far.
        copy: whether some paper may have come out already.
        by_form: whether an application was filled in for it.
    """

    ticket: Ticket
    trouble: PaperTrouble
    tries: int = 1
    copy: bool = False
    by_form: bool = False


@dataclass(frozen=True, slots=True)
class TakingTicket:
    """The paper is out; the person takes it and sees their number.

    Args:
        ticket: on the paper.
        by_form: whether an application was filled in for it.
    """

    ticket: Ticket
    by_form: bool = False


@dataclass(frozen=True, slots=True)
class ShowingNumber:
    """No paper: the number stands on the screen, staff were told, the desk prints the paper.

    Args:
        ticket: whose number it is.
        by_form: whether an application was filled in for it.
    """

    ticket: Ticket
    by_form: bool = False


@dataclass(frozen=True, slots=True)
class WithoutNumber:
    """No number could be had; the application is kept and the person is sent to the desk.

    Args:
        reason: says why and where to go.
        reference: short code of the kept application, empty when there is none.
        by_form: whether an application was filled in.
    """

    reason: Text
    reference: str = ""
    by_form: bool = False


@dataclass(frozen=True, slots=True)
class Thanks:
    """Done; the session is wiped. The number stays on the screen for a moment.

    Args:
        number: of the ticket.
        ticket_id: of the visit, which the person may rate; empty where nothing is to be rated.
        services: of the ticket.
    """

    number: str
    ticket_id: str = ""
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfService:
    """The machine cannot serve; it comes back by itself when the reasons are gone.

    Args:
        reasons: message keys of what is missing, for staff.
    """

    reasons: tuple[str, ...]


State = (
    Welcome
    | ChoosingDocuments
    | WaitingForCard
    | ReadingCard
    | MeetingPerson
    | CardNotSuited
    | FillingForm
    | Reviewing
    | Submitting
    | PrintingTicket
    | WaitingForPaper
    | TakingTicket
    | ShowingNumber
    | WithoutNumber
    | Thanks
    | OutOfService
)
