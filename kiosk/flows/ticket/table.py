"""The errand "take a number", row by row."""

from typing import Any

from kiosk.flows.application import events as apply_events
from kiosk.flows.application.states import (
    FillingForm,
    PrintingTicket,
    Reviewing,
    Submitting,
    Welcome,
)
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.closed.table import closing, unless_closed
from kiosk.flows.errand import Errand
from kiosk.flows.machine import Flow
from kiosk.flows.session import ServiceResumed, TimerRang
from kiosk.flows.ticket import booking, events, finding, identifying, progress, states, taking
from kiosk.flows.ticket.conduct import conduct

_BACK = apply_events.BackAsked


def _take(flow: Flow[Any]) -> None:
    service, waiting = states.ChoosingService, states.WaitingForHolder
    need, urgency = states.TellingNeed, states.TellingUrgency
    number = (Submitting,)
    begin = unless_closed(states.Purpose.NUMBER, taking.begin)
    flow.on(Welcome, events.NumberAsked, begin, (service, ErrandClosed))
    flow.on(service, ServiceResumed, closing(states.Purpose.NUMBER), (ErrandClosed,))
    flow.on(service, events.ServiceChosen, taking.choose, (waiting,))
    flow.on(service, _BACK, taking.leave, (Welcome,))
    flow.on(need, events.NeedToggled, taking.toggle)
    flow.on(need, events.UrgencyAsked, taking.read_urgencies, (urgency,))
    flow.on(need, events.NumberTaken, taking.take, number)
    flow.on(need, _BACK, taking.leave_need, (waiting, Reviewing))
    flow.on(Reviewing, events.PriorityAsked, taking.ask_after_form, (need, FillingForm))
    flow.on(urgency, events.NeedToggled, taking.toggle)
    flow.on(urgency, events.NumberTaken, taking.take, number)
    flow.on(urgency, _BACK, taking.leave_urgencies, (need,))


def _identify(flow: Flow[Any]) -> None:
    waiting, reading = states.WaitingForHolder, states.ReadingHolder
    looked_up = (states.LookingForTicket, states.CheckingIn, states.LookingForApplications)
    known = (states.TellingNeed, *looked_up)
    without = (states.TellingNeed, states.TypingNumber, states.NothingFound)
    flow.on(waiting, apply_events.CardFound, identifying.find, (reading,))
    flow.on(waiting, apply_events.CardTroubled, identifying.trouble_before_reading)
    flow.on(waiting, TimerRang, identifying.try_reader)
    flow.on(waiting, apply_events.ServiceResumed, identifying.reader_back)
    flow.on(waiting, events.WithoutCardAsked, identifying.go_without, without)
    flow.on(waiting, _BACK, identifying.leave_card, (states.ChoosingService, Welcome))
    flow.on(reading, apply_events.CardRead, identifying.read, known)
    flow.on(reading, apply_events.CardTroubled, identifying.trouble_while_reading, (waiting,))
    flow.on(reading, TimerRang, identifying.reader_silent, (waiting,))


def _find(flow: Flow[Any]) -> None:
    typing, looking = states.TypingNumber, states.LookingForTicket
    seeing, nothing = states.SeeingPlace, states.NothingFound
    begin = unless_closed(states.Purpose.PLACE, finding.begin)
    flow.on(Welcome, events.PlaceAsked, begin, (states.WaitingForHolder, ErrandClosed))
    flow.on(typing, events.TextTyped, finding.type_number)
    flow.on(typing, apply_events.NextAsked, finding.look, (typing, looking, states.CheckingIn))
    flow.on(typing, _BACK, finding.leave_typing, (states.WaitingForHolder,))
    flow.on(looking, events.PlaceFound, finding.found, (seeing,))
    flow.on(looking, events.PlaceUnknown, finding.unknown, (nothing,))
    flow.on(looking, TimerRang, finding.late, (nothing,))
    flow.on(seeing, events.PaperAsked, finding.print_again, (PrintingTicket,))
    flow.on(seeing, apply_events.NextAsked, finding.leave, (Welcome,))
    flow.on(nothing, apply_events.EnquiryTicketAsked, finding.to_enquiry_window, (Submitting,))
    flow.on(nothing, apply_events.NextAsked, finding.leave, (Welcome,))


def _book(flow: Flow[Any]) -> None:
    checking, refused = states.CheckingIn, states.BookingNotHeld
    nothing = (states.NothingFound,)
    begin = unless_closed(states.Purpose.BOOKING, booking.begin)
    flow.on(Welcome, events.BookingAsked, begin, (states.WaitingForHolder, ErrandClosed))
    flow.on(checking, events.CheckedIn, booking.held, (PrintingTicket,))
    flow.on(checking, events.BookingRefused, booking.not_held, (refused,))
    flow.on(checking, events.BookingUnknown, booking.unknown, nothing)
    flow.on(checking, TimerRang, booking.late, nothing)
    flow.on(refused, events.OrdinaryAsked, booking.fall_back, (checking,))
    flow.on(refused, _BACK, booking.leave, (Welcome,))


def _progress(flow: Flow[Any]) -> None:
    asked, seeing, nothing = (
        states.LookingForApplications,
        states.SeeingProgress,
        (states.NothingFound,),
    )
    begin = unless_closed(states.Purpose.PROGRESS, progress.begin)
    flow.on(Welcome, events.ProgressAsked, begin, (states.WaitingForHolder, ErrandClosed))
    flow.on(asked, events.ProgressFound, progress.found, (seeing,))
    flow.on(asked, events.ProgressUnknown, progress.unknown, nothing)
    flow.on(asked, TimerRang, progress.late, nothing)
    flow.on(seeing, apply_events.NextAsked, progress.leave, (Welcome,))


def _table() -> Flow[Any]:
    flow: Flow[Any] = Flow("ticket", Welcome())
    for part in (_take, _identify, _find, _book, _progress):
        part(flow)
    return flow


TICKET = _table()
TICKET_ERRAND = Errand(TICKET, conduct())
