"""How far the documents of a card's holder are: from the card to the list."""

from kiosk.domain.text import Text
from kiosk.flows.application.events import NextAsked
from kiosk.flows.application.states import PrintingTicket, Submitting, Welcome
from kiosk.flows.effects import ReadIdCard, WipeSession
from kiosk.flows.machine import Step
from kiosk.flows.session import TimerRang
from kiosk.flows.ticket.effects import FindApplications
from kiosk.flows.ticket.events import ProgressAsked, ProgressFound, ProgressUnknown
from kiosk.flows.ticket.states import (
    LookingForApplications,
    NothingFound,
    Purpose,
    Query,
    SeeingProgress,
    State,
    WaitingForHolder,
)

LATE = Text("progress.unknown.away")
CARD_NEEDED = Text("progress.unknown.card")

Reached = State | Welcome | Submitting | PrintingTicket


def begin(_state: Welcome, _event: ProgressAsked) -> Step[Reached]:
    """Only the applicant's own card opens it."""
    return Step(WaitingForHolder(Purpose.PROGRESS), (ReadIdCard(),))


def look_for(holder_number: str) -> Step[Reached]:
    """Ask central."""
    query = Query(holder_number=holder_number)
    return Step(LookingForApplications(query), (FindApplications(query),))


def found(state: LookingForApplications, event: ProgressFound) -> Step[Reached] | None:
    """Show them; an answer to somebody else's question is nobody's."""
    return Step(SeeingProgress(event.applications)) if event.query == state.query else None


def unknown(state: LookingForApplications, event: ProgressUnknown) -> Step[Reached] | None:
    """Say why, and what helps."""
    return Step(NothingFound(event.reason)) if event.query == state.query else None


def late(_state: LookingForApplications, _event: TimerRang) -> Step[Reached]:
    """Nobody answered in time."""
    return Step(NothingFound(LATE))


def leave(_state: SeeingProgress, _event: NextAsked) -> Step[Reached]:
    """Read."""
    return Step(Welcome(), (WipeSession(),))
