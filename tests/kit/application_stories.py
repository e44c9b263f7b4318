"""Beginnings of stories about the errand "apply"."""

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.flows.application import events, states
from kiosk.flows.application.table import APPLICATION, APPLICATION_CONDUCT
from kiosk.flows.conductor import Conductor
from kiosk.flows.effects import PrintTicket, ReadIdCard
from tests.kit.applicants import ADULT, TODAY, answer_for, ticket
from tests.kit.flow_script import FlowScript

PASSPORT = (DocumentKind.PASSPORT,)


def conductor() -> Conductor:
    """The errand as the machine runs it."""
    return Conductor(APPLICATION, APPLICATION_CONDUCT)


def at_welcome() -> FlowScript:
    """Nobody is here."""
    return FlowScript(conductor())


def at_card(*documents: DocumentKind) -> FlowScript:
    """Documents are chosen; a passport where none are given."""
    story = at_welcome().do(events.BeginAsked())
    for document in documents or PASSPORT:
        story.do(events.DocumentToggled(document))
    return story.do(events.NextAsked()).expect(ReadIdCard()).see(states.WaitingForCard)


def meeting(person: Person = ADULT, *documents: DocumentKind) -> FlowScript:
    """The card was read."""
    story = at_card(*documents).do(events.CardFound(), events.CardRead(person, TODAY))
    return story.see(states.MeetingPerson)


def filling(person: Person = ADULT, *documents: DocumentKind) -> FlowScript:
    """The first page of the form."""
    return meeting(person, *documents).do(events.NextAsked()).see(states.FillingForm)


def mend_page(story: FlowScript) -> FlowScript:
    """Answer what is still to mend on the page that is shown."""
    for _ in range(20):
        state = story.see(states.FillingForm).state
        left = {finding.field for finding in state.draft.findings(state.page.key)}
        field = next((one for one in state.page.fields if one.key in left), None)
        if field is None:
            return story
        story.do(events.AnswerGiven(field.key, answer_for(field)))
    msg = f"still to mend: {story.state.draft.findings(story.state.page.key)}"
    raise AssertionError(msg)


def reviewing(person: Person = ADULT, *documents: DocumentKind) -> FlowScript:
    """Every page filled in."""
    return fill(filling(person, *documents))


def fill(story: FlowScript) -> FlowScript:
    """Fill in every page, as a patient citizen does it."""
    for _ in range(40):
        if isinstance(story.state, states.Reviewing):
            return story
        mend_page(story).do(events.NextAsked())
    raise AssertionError(story.state)


def printing(ticket_id: str = "t-1") -> FlowScript:
    """A number was given and its ticket is being printed."""
    story = reviewing().do(events.SubmitAsked("v-1")).see(states.Submitting)
    story.do(events.TicketIssued(ticket(ticket_id)))
    return story.expect(PrintTicket(ticket(ticket_id))).see(states.PrintingTicket)
