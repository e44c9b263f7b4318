"""A slot booked before: the ticket it is worth here and now, or why it does not hold."""

import re

from kiosk.domain.queueing import Need
from kiosk.domain.text import Text
from kiosk.flows.application.events import BackAsked
from kiosk.flows.application.states import PrintingTicket, Submitting, Welcome
from kiosk.flows.effects import PrintTicket, ReadIdCard
from kiosk.flows.machine import Step
from kiosk.flows.session import TimerRang
from kiosk.flows.ticket.effects import CheckInBooking
from kiosk.flows.ticket.events import (
    BookingAsked,
    BookingRefused,
    BookingUnknown,
    CheckedIn,
    OrdinaryAsked,
)
from kiosk.flows.ticket.states import (
    BookingNotHeld,
    CheckingIn,
    NothingFound,
    Purpose,
    Query,
    State,
    TypingNumber,
    WaitingForHolder,
)
from kiosk.forms.views import FieldKind, FieldView, Finding

CODE = re.compile(r"[0-9]{8}")
CODE_LENGTH = 8
LATE = Text("booking.unknown.away")

Reached = State | Welcome | Submitting | PrintingTicket


def begin(_state: Welcome, event: BookingAsked) -> Step[Reached]:
    """The card it was booked with, or the code."""
    waiting = WaitingForHolder(Purpose.BOOKING, visit_id=event.visit_id)
    return Step(waiting, (ReadIdCard(),))


def typing(visit_id: str, text: str = "", finding: Finding | None = None) -> TypingNumber:
    """The field for the code."""
    code = FieldView(
        key="booking_code",
        kind=FieldKind.DIGITS,
        label=Text("booking.typing.label"),
        value=text,
        hint=Text("booking.typing.hint"),
        max_length=CODE_LENGTH,
        finding=finding,
    )
    return TypingNumber(code, visit_id)


def look(state: TypingNumber) -> Step[Reached]:
    """Ask central, unless no booking can have this code."""
    code = str(state.field.value).strip()
    if not CODE.fullmatch(code):
        wrong = Finding(state.field.key, Text("booking.typing.wrong"))
        return Step(typing(state.visit_id, code, wrong))
    return check_in(state.visit_id, Query(number=code))


def check_in(
    visit_id: str, query: Query, need: Need | None = None, *, fall_back: bool = False
) -> Step[Reached]:
    """Ask central."""
    order = CheckInBooking(visit_id, query, fall_back, need)
    return Step(CheckingIn(visit_id, query, fall_back, need), (order,))


def held(state: CheckingIn, event: CheckedIn) -> Step[Reached] | None:
    """The ticket is there: print it."""
    if event.visit_id != state.visit_id:
        return None
    printing = PrintingTicket(event.ticket, copy=event.copy)
    return Step(printing, (PrintTicket(event.ticket, copy=event.copy),))


def not_held(state: CheckingIn, event: BookingRefused) -> Step[Reached] | None:
    """Say why, and when and where they are expected."""
    if event.visit_id != state.visit_id:
        return None
    told = BookingNotHeld(state.visit_id, state.query, event.trouble, event.slot, state.need)
    return Step(told)


def unknown(state: CheckingIn, event: BookingUnknown) -> Step[Reached] | None:
    """Say so; the enquiry window helps."""
    return Step(NothingFound(event.reason)) if event.visit_id == state.visit_id else None


def late(_state: CheckingIn, _event: TimerRang) -> Step[Reached]:
    """Nobody answered in time; checking in again finds what central may have given."""
    return Step(NothingFound(LATE))


def fall_back(state: BookingNotHeld, _event: OrdinaryAsked) -> Step[Reached]:
    """Queue like everybody; age still goes first."""
    return check_in(state.visit_id, state.query, state.need, fall_back=True)


def leave(_state: BookingNotHeld, _event: BackAsked) -> Step[Reached]:
    """Back to the welcome screen."""
    return Step(Welcome())
