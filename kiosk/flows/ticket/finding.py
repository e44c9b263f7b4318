"""A ticket taken before: where it stands, and its paper once more."""

import re
from dataclasses import replace

from kiosk.domain.queueing import ENDED
from kiosk.domain.text import Text
from kiosk.flows.application.events import BackAsked, EnquiryTicketAsked, NextAsked
from kiosk.flows.application.identifying import ENQUIRY
from kiosk.flows.application.states import PrintingTicket, Submitting, Welcome
from kiosk.flows.effects import PrintTicket, ReadIdCard, SubmitApplication, WipeSession
from kiosk.flows.machine import Step
from kiosk.flows.session import TimerRang
from kiosk.flows.ticket import booking
from kiosk.flows.ticket.effects import FindTicket
from kiosk.flows.ticket.events import PaperAsked, PlaceAsked, PlaceFound, PlaceUnknown, TextTyped
from kiosk.flows.ticket.states import (
    LookingForTicket,
    NothingFound,
    Purpose,
    Query,
    SeeingPlace,
    State,
    TypingNumber,
    WaitingForHolder,
)
from kiosk.forms.views import FieldKind, FieldView, Finding

NUMBER = re.compile(r"[A-Z][0-9]{3,6}")
"""As called in the hall."""
LONGEST = 7
LATE = Text("place.unknown.away")

Reached = State | Welcome | Submitting | PrintingTicket


def begin(_state: Welcome, _event: PlaceAsked) -> Step[Reached]:
    """The card first: it finds a ticket whose number nobody remembers."""
    return Step(WaitingForHolder(Purpose.PLACE), (ReadIdCard(),))


def typing(text: str = "", finding: Finding | None = None) -> TypingNumber:
    """The field for the number."""
    return TypingNumber(
        FieldView(
            key="ticket_number",
            kind=FieldKind.DOCUMENT_NUMBER,
            label=Text("place.typing.label"),
            value=text,
            hint=Text("place.typing.hint"),
            max_length=LONGEST,
            finding=finding,
        )
    )


def type_number(state: TypingNumber, event: TextTyped) -> Step[Reached]:
    """Keep what was typed."""
    if state.visit_id:
        return Step(booking.typing(state.visit_id, event.text[: booking.CODE_LENGTH]))
    return Step(typing(event.text[:LONGEST]))


def leave_typing(state: TypingNumber, _event: BackAsked) -> Step[Reached]:
    """Back to the card."""
    purpose = Purpose.BOOKING if state.visit_id else Purpose.PLACE
    return Step(WaitingForHolder(purpose, visit_id=state.visit_id), (ReadIdCard(),))


def look(state: TypingNumber, _event: NextAsked) -> Step[Reached]:
    """Ask central, unless no ticket can have this number."""
    if state.visit_id:
        return booking.look(state)
    number = str(state.field.value).strip().upper()
    if not NUMBER.fullmatch(number):
        finding = Finding(state.field.key, Text("place.typing.wrong"))
        return Step(replace(state, field=replace(state.field, finding=finding)))
    return look_for(Query(number=number))


def look_for(query: Query) -> Step[Reached]:
    """Ask central."""
    return Step(LookingForTicket(query), (FindTicket(query),))


def found(state: LookingForTicket, event: PlaceFound) -> Step[Reached] | None:
    """Show it; an answer to somebody else's question is nobody's."""
    return Step(SeeingPlace(event.place)) if event.query == state.query else None


def unknown(state: LookingForTicket, event: PlaceUnknown) -> Step[Reached] | None:
    """Say why, and what helps."""
    return Step(NothingFound(event.reason)) if event.query == state.query else None


def late(_state: LookingForTicket, _event: TimerRang) -> Step[Reached]:
    """Nobody answered in time."""
    return Step(NothingFound(LATE))


def may_print(state: SeeingPlace) -> bool:
    """Whether paper still serves: the visit is not over."""
    return state.place.queue_state not in ENDED


def print_again(state: SeeingPlace, _event: PaperAsked) -> Step[Reached] | None:
    """The same number once more; the paper says that it is a copy."""
    if not may_print(state):
        return None
    ticket = state.place.ticket
    return Step(PrintingTicket(ticket, copy=True), (PrintTicket(ticket, copy=True),))


def leave(_state: SeeingPlace | NothingFound, _event: NextAsked) -> Step[Reached]:
    """The visit at the machine is over."""
    return Step(Welcome(), (WipeSession(),))


def to_enquiry_window(_state: NothingFound, event: EnquiryTicketAsked) -> Step[Reached]:
    """A ticket for the enquiry window."""
    order = SubmitApplication(event.visit_id, None, (ENQUIRY,))
    return Step(Submitting(None, event.visit_id), (order,))
