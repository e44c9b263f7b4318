"""From the number to the paper in the person's hand. A number once given is never lost."""

from kiosk.domain.text import Text
from kiosk.domain.ticket import Ticket
from kiosk.flows.application.events import (
    NextAsked,
    NumberUnavailable,
    PaperTaken,
    PrinterReady,
    ShowNumberAsked,
    TicketDoubtful,
    TicketIssued,
    TicketNotPrinted,
    TicketPrinted,
)
from kiosk.flows.application.states import (
    PaperTrouble,
    PrintingTicket,
    ShowingNumber,
    State,
    Submitting,
    TakingTicket,
    Thanks,
    WaitingForPaper,
    Welcome,
    WithoutNumber,
)
from kiosk.flows.effects import CallStaff, Effect, PrintTicket, SettleTicket, WipeSession
from kiosk.flows.machine import Step
from kiosk.flows.session import TimerRang, Touched
from kiosk.flows.times import PRINT_ORDERS_MAX

TAKEN = "taken"
SHOWN = "shown"
NUMBER_LATE = Text("session.number.late")
STAFF_NO_NUMBER = "session.staff.no_number"
STAFF_NO_PAPER = "session.staff.no_paper"
STAFF_NUMBER_SHOWN = "session.staff.number_shown"


def print_it(state: Submitting | WithoutNumber, event: TicketIssued) -> Step[State]:
    """Print the number; it may have come after the machine had given up waiting."""
    printing = PrintingTicket(event.ticket, by_form=_by_form(state))
    return Step(printing, (PrintTicket(event.ticket),))


def _by_form(state: Submitting | WithoutNumber) -> bool:
    return state.draft is not None if isinstance(state, Submitting) else state.by_form


def send_to_desk(state: Submitting, event: NumberUnavailable) -> Step[State]:
    """No number: the desk helps, with the kept application."""
    call = CallStaff(STAFF_NO_NUMBER, event.reference or state.visit_id)
    return Step(WithoutNumber(event.reason, event.reference, _by_form(state)), (call,))


def number_late(state: Submitting, _event: TimerRang) -> Step[State]:
    """Nobody answered in time: the desk helps."""
    without = WithoutNumber(NUMBER_LATE, by_form=_by_form(state))
    return Step(without, (CallStaff(STAFF_NO_NUMBER, state.visit_id),))


def leave_desk(_state: WithoutNumber, _event: NextAsked | TimerRang) -> Step[State]:
    """The visit is over."""
    return Step(Welcome(), (WipeSession(),))


def printed(state: PrintingTicket | WaitingForPaper, event: TicketPrinted) -> Step[State] | None:
    """The paper is out, perhaps later than the machine would wait."""
    if event.ticket_id != state.ticket.ticket_id:
        return None
    return Step(TakingTicket(state.ticket, state.by_form))


def not_printed(state: PrintingTicket, event: TicketNotPrinted) -> Step[State] | None:
    """Surely no paper."""
    if event.ticket_id != state.ticket.ticket_id:
        return None
    return _paper_owed(state, event.trouble, copy=state.copy)


def doubtful(state: PrintingTicket, event: TicketDoubtful) -> Step[State] | None:
    """Perhaps paper: the next one says that it is a copy."""
    if event.ticket_id != state.ticket.ticket_id:
        return None
    return _paper_owed(state, event.trouble, copy=True)


def printer_silent(state: PrintingTicket, _event: TimerRang) -> Step[State]:
    """The printer never answered; anything may have come out."""
    return _paper_owed(state, PaperTrouble.LINK_LOST, copy=True)


def _paper_owed(state: PrintingTicket, trouble: PaperTrouble, *, copy: bool) -> Step[State]:
    orders = state.tries + 1
    if orders >= PRINT_ORDERS_MAX:
        return _number_shown(state)
    waiting = WaitingForPaper(state.ticket, trouble, orders, copy, state.by_form)
    return Step(waiting, (CallStaff(STAFF_NO_PAPER, state.ticket.ticket_id),))


def print_again(state: WaitingForPaper, _event: PrinterReady | NextAsked) -> Step[State]:
    """Try once more."""
    printing = PrintingTicket(state.ticket, state.tries, state.copy, state.by_form)
    return Step(printing, (PrintTicket(state.ticket, state.copy),))


def show_number(state: WaitingForPaper, _event: ShowNumberAsked | TimerRang) -> Step[State]:
    """No paper, but the number is theirs."""
    return _number_shown(state)


def _number_shown(state: PrintingTicket | WaitingForPaper) -> Step[State]:
    ticket = state.ticket
    effects: tuple[Effect, ...] = (
        SettleTicket(ticket.ticket_id, SHOWN),
        CallStaff(STAFF_NUMBER_SHOWN, ticket.ticket_id),
    )
    return Step(ShowingNumber(ticket, state.by_form), effects)


def take(state: TakingTicket, _event: PaperTaken | NextAsked | TimerRang) -> Step[State]:
    """The ticket is theirs."""
    settle = SettleTicket(state.ticket.ticket_id, TAKEN)
    return Step(_thanks(state.ticket), (settle, WipeSession()))


def note_number(state: ShowingNumber, _event: NextAsked | TimerRang) -> Step[State]:
    """The number was noted."""
    return Step(_thanks(state.ticket), (WipeSession(),))


def _thanks(ticket: Ticket) -> Thanks:
    return Thanks(ticket.number, ticket.ticket_id, ticket.services)


def leave_thanks(_state: Thanks, _event: NextAsked | TimerRang) -> Step[State]:
    """The next one, please."""
    return Step(Welcome())


def touch_thanks(state: Thanks, _event: Touched) -> Step[State] | None:
    """Any touch calls the next one, unless a finger may be on its way to the button for rating."""
    return None if state.ticket_id else Step(Welcome())
