"""States of the errand "take a number": what the visitor is doing."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kiosk.domain.queueing import Need, QueueState
from kiosk.domain.text import Text
from kiosk.domain.ticket import Ticket
from kiosk.flows.application.states import CardTrouble
from kiosk.flows.ticket.standing import Application
from kiosk.forms.draft import Draft
from kiosk.forms.views import FieldView


class Purpose(StrEnum):
    """What a visitor's card is read for."""

    NUMBER = "number"  # a ticket without a form
    PLACE = "place"  # a ticket taken before: where it stands, and its paper once more
    BOOKING = "booking"  # a slot booked before: the ticket that it is worth now
    PROGRESS = "progress"  # how far the holder's applications are


@dataclass(frozen=True, slots=True)
class NeedOffer:
    """A reason to go first, as a visitor is asked.

    Args:
        need: why.
        with_proof: whether the window looks at a proof.
    """

    need: Need
    with_proof: bool


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who takes a number, as far as the errand knows.

    Args:
        service_id: what for.
        today: the hall's date; the rules are those of that day.
        holder_number: of the card that was read, empty without one.
        by_age: whether the card alone lets them go first.
        draft: the form they have filled in; None without one.
    """

    service_id: str
    today: date
    holder_number: str = field(default="", repr=False)
    by_age: bool = False
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class ChoosingService:
    """The visitor chooses what they have come for, among the hall's services without a form."""


@dataclass(frozen=True, slots=True)
class WaitingForHolder:
    """The reader waits for an identity card; the visitor may go on without one.

    Args:
        purpose: what the card is read for.
        service_id: chosen before; empty where the purpose needs none.
        trouble: what went wrong in the last try, None in the first.
        tries: failed reads so far.
        visit_id: of the check-in; empty for other purposes.
    """

    purpose: Purpose
    service_id: str = ""
    trouble: CardTrouble | None = None
    tries: int = 0
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class ReadingHolder:
    """A card lies on the reader and is being read.

    Args:
        purpose: what it is read for.
        service_id: chosen before.
        tries: failed reads so far.
        visit_id: of the check-in; empty for other purposes.
    """

    purpose: Purpose
    service_id: str = ""
    tries: int = 0
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class TellingNeed:
    """The visitor is asked, kindly, whether something lets them go first.

    Args:
        visitor: who takes the number.
        offers: reasons that give priority.
        chosen: by the visitor, None for no reason.
    """

    visitor: Visitor
    offers: tuple[NeedOffer, ...]
    chosen: Need | None = None


@dataclass(frozen=True, slots=True)
class TellingUrgency:
    """The visitor reads which urgent reasons open the green channel.

    Args:
        visitor: who takes the number.
        offers: reasons of the green channel.
        chosen: by the visitor, None for no reason.
    """

    visitor: Visitor
    offers: tuple[NeedOffer, ...]
    chosen: Need | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """What a ticket is looked for by; an answer bears it, so that none reaches another visitor.

    Args:
        holder_number: of the card that was read, empty without one.
        number: as typed, for example `A023`, or a booking's code; empty with a card.
    """

    holder_number: str = field(default="", repr=False)
    number: str = ""


class BookingTrouble(StrEnum):
    """Why a booking does not hold here and now; same values as central's."""

    EARLY = "early"
    LATE = "late"
    WRONG_DAY = "wrong_day"
    WRONG_HALL = "wrong_hall"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class BookedSlot:
    """When and where somebody is expected.

    Args:
        starts_at: of the slot, hall time.
        come_from: from when on it holds, hall time.
        hall_names: by locale.
    """

    starts_at: datetime
    come_from: datetime
    hall_names: dict[str, str]


@dataclass(frozen=True, slots=True)
class CheckingIn:
    """Central is asked what a booking is worth here and now.

    Args:
        visit_id: the ticket's id, the same in every try.
        query: card or code.
        fall_back: an ordinary ticket is wanted where the booking does not hold.
        need: that the card shows by itself, None for none or with a code.
    """

    visit_id: str
    query: Query
    fall_back: bool = False
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class BookingNotHeld:
    """The visitor reads why the booking does not hold, and may queue like everybody.

    Args:
        visit_id: of the check-in.
        query: card or code.
        trouble: why.
        slot: when and where they are expected.
        need: that the card shows by itself, None for none or with a code.
    """

    visit_id: str
    query: Query
    trouble: BookingTrouble
    slot: BookedSlot
    need: Need | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A ticket that was found, and where it stands now.

    Args:
        ticket: with its expectation of this moment.
        queue_state: waiting, called and so on.
    """

    ticket: Ticket
    queue_state: QueueState


@dataclass(frozen=True, slots=True)
class TypingNumber:
    """The visitor types the number of the ticket, or the code of the booking.

    Args:
        field: what was typed so far, and what is wrong with it.
        visit_id: of the check-in; empty for a ticket's number.
    """

    field: FieldView
    visit_id: str = ""


@dataclass(frozen=True, slots=True)
class LookingForTicket:
    """Central is asked about a ticket.

    Args:
        query: what it is looked for by.
    """

    query: Query


@dataclass(frozen=True, slots=True)
class SeeingPlace:
    """The visitor reads where their ticket stands, and may have its paper again.

    Args:
        place: of the ticket.
    """

    place: Place


@dataclass(frozen=True, slots=True)
class NothingFound:
    """No ticket was found, or nobody can say now; the enquiry window helps.

    Args:
        reason: why, in a citizen's words.
    """

    reason: Text


@dataclass(frozen=True, slots=True)
class LookingForApplications:
    """Central is asked about the applications of a card's holder.

    Args:
        query: the card.
    """

    query: Query


@dataclass(frozen=True, slots=True)
class SeeingProgress:
    """The holder reads how far their documents are, and what comes next.

    Args:
        applications: newest first.
    """

    applications: tuple[Application, ...]


State = (
    ChoosingService
    | WaitingForHolder
    | ReadingHolder
    | TellingNeed
    | TellingUrgency
    | TypingNumber
    | LookingForTicket
    | SeeingPlace
    | NothingFound
    | CheckingIn
    | BookingNotHeld
    | LookingForApplications
    | SeeingProgress
)
