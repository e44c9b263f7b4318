"""The errand "apply", row by row."""

from typing import Any

from kiosk.flows.application import choosing, events, filling, identifying, states, ticketing
from kiosk.flows.application.conduct import conduct
from kiosk.flows.application.states import State
from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.closed.table import unless_closed
from kiosk.flows.errand import Errand
from kiosk.flows.machine import Flow
from kiosk.flows.rules import Offers
from kiosk.flows.session import TimerRang, Touched

_BACK, _NEXT = events.BackAsked, events.NextAsked


def _choose(flow: Flow[State]) -> None:
    welcome, documents = states.Welcome, states.ChoosingDocuments
    form = (states.FillingForm, states.Reviewing)
    onward = (documents, states.WaitingForCard, *form, states.CardNotSuited)
    closed = (states.OutOfService,)
    begun = (documents, ErrandClosed)
    flow.on(welcome, events.BeginAsked, unless_closed("apply", choosing.begin), begun)
    flow.on(documents, events.DocumentToggled, choosing.toggle)
    flow.on(documents, _NEXT, choosing.chosen, onward)
    flow.on(documents, _BACK, choosing.go_home, (welcome,))
    flow.on(welcome, events.ServiceStopped, choosing.close, closed)
    flow.on(welcome, events.ServiceResumed, choosing.reopen)
    flow.on(documents, events.ServiceResumed, choosing.close_form, (ErrandClosed,))
    flow.on(documents, events.ServiceStopped, choosing.close_choice, closed)
    flow.on(states.OutOfService, events.ServiceStopped, choosing.close)
    flow.on(states.OutOfService, events.ServiceResumed, choosing.reopen, (welcome,))


def _identify(flow: Flow[State]) -> None:
    waiting, reading, person, unsuited = (
        states.WaitingForCard,
        states.ReadingCard,
        states.MeetingPerson,
        states.CardNotSuited,
    )
    documents = states.ChoosingDocuments
    again = (waiting, unsuited)
    form = (states.FillingForm, states.Reviewing)
    back = (documents, person, unsuited)
    enquiry = (states.Submitting,)
    flow.on(waiting, events.CardFound, identifying.find, (reading,))
    flow.on(waiting, events.CardTroubled, identifying.trouble_before_reading)
    flow.on(waiting, TimerRang, identifying.try_reader)
    flow.on(waiting, events.ServiceResumed, identifying.reader_back)
    flow.on(waiting, _BACK, identifying.leave_card, back)
    flow.on(waiting, events.EnquiryTicketAsked, identifying.to_enquiry_window, enquiry)
    flow.on(reading, events.CardRead, identifying.read, (person, unsuited))
    flow.on(reading, events.CardTroubled, identifying.trouble_while_reading, again)
    flow.on(reading, TimerRang, identifying.reader_silent, (waiting,))
    flow.on(person, _NEXT, identifying.accept_person, form)
    flow.on(person, events.PersonDenied, identifying.deny_person, (waiting,))
    flow.on(person, _BACK, identifying.leave_person, (documents,))
    flow.on(unsuited, _BACK, identifying.leave_not_suited, (documents,))
    flow.on(unsuited, events.EnquiryTicketAsked, identifying.to_enquiry_window, enquiry)


def _fill(flow: Flow[State]) -> None:
    form, review = states.FillingForm, states.Reviewing
    flow.on(form, events.FieldFocused, filling.focus)
    flow.on(form, events.AnswerGiven, filling.answer, (form, review))
    flow.on(form, _NEXT, filling.next_page, (form, review))
    flow.on(form, _BACK, filling.previous_page, (form, review, states.MeetingPerson))
    flow.on(review, events.SectionShown, filling.show_section)
    flow.on(review, events.ChangeAsked, filling.change, (form,))
    flow.on(review, _BACK, filling.leave_review, (form,))
    flow.on(review, events.SubmitAsked, filling.submit, (states.Submitting, form))


def _ticket(flow: Flow[State]) -> None:
    submitting, desk = states.Submitting, states.WithoutNumber
    printing, owed = states.PrintingTicket, states.WaitingForPaper
    taking, showing, thanks = states.TakingTicket, states.ShowingNumber, states.Thanks
    no_paper = (owed, showing)
    home = (states.Welcome,)
    flow.on(submitting, events.TicketIssued, ticketing.print_it, (printing,))
    flow.on(submitting, events.NumberUnavailable, ticketing.send_to_desk, (desk,))
    flow.on(submitting, TimerRang, ticketing.number_late, (desk,))
    flow.on(desk, events.TicketIssued, ticketing.print_it, (printing,))
    flow.on(desk, _NEXT, ticketing.leave_desk, home)
    flow.on(desk, TimerRang, ticketing.leave_desk, home)
    flow.on(printing, events.TicketPrinted, ticketing.printed, (taking,))
    flow.on(printing, events.TicketNotPrinted, ticketing.not_printed, no_paper)
    flow.on(printing, events.TicketDoubtful, ticketing.doubtful, no_paper)
    flow.on(printing, TimerRang, ticketing.printer_silent, no_paper)
    flow.on(owed, events.PrinterReady, ticketing.print_again, (printing,))
    flow.on(owed, _NEXT, ticketing.print_again, (printing,))
    flow.on(owed, events.TicketPrinted, ticketing.printed, (taking,))
    flow.on(owed, events.ShowNumberAsked, ticketing.show_number, (showing,))
    flow.on(owed, TimerRang, ticketing.show_number, (showing,))
    flow.on(taking, events.PaperTaken, ticketing.take, (thanks,))
    flow.on(taking, _NEXT, ticketing.take, (thanks,))
    flow.on(taking, TimerRang, ticketing.take, (thanks,))
    flow.on(showing, _NEXT, ticketing.note_number, (thanks,))
    flow.on(showing, TimerRang, ticketing.note_number, (thanks,))
    flow.on(thanks, _NEXT, ticketing.leave_thanks, home)
    flow.on(thanks, Touched, ticketing.touch_thanks, home)
    flow.on(thanks, TimerRang, ticketing.leave_thanks, home)


def _table() -> Flow[State]:
    flow: Flow[State] = Flow("application", states.Welcome())
    for part in (_choose, _identify, _fill, _ticket):
        part(flow)
    return flow


APPLICATION = _table()
APPLICATION_CONDUCT = conduct()
APPLICATION_ERRAND = Errand(APPLICATION, APPLICATION_CONDUCT)


def offers(state: State) -> Offers:
    """Which of the buttons that every screen may have, a state accepts."""
    return APPLICATION_ERRAND.offers(state)


def accepts(state: State, event_type: type[Any]) -> bool:
    """Whether a state has a row for this type of event."""
    return APPLICATION.expects(state, event_type)
