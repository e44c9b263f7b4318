"""Beginnings of stories about what the hall kiosk does without a form."""

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.domain.progress import Progress
from kiosk.domain.queueing import QueueState
from kiosk.flows.application import events as apply_events
from kiosk.flows.conductor import Conductor
from kiosk.flows.effects import ReadIdCard
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.flows.ticket import events, states
from kiosk.flows.ticket.standing import Application, Standing
from tests.kit.applicants import ADULT, TODAY, ticket
from tests.kit.application_stories import fill
from tests.kit.flow_script import FlowScript


class AtOnce:
    """A service thread that does everything in the call."""

    def run(self, call: object) -> None:
        """Do it."""
        assert callable(call)
        call()


def conductor() -> Conductor:
    """All errands of the hall kiosk, as the machine runs them."""
    return Conductor(HALL_KIOSK.flow, HALL_KIOSK.conduct)


def at_rest() -> FlowScript:
    """Nobody is here."""
    return FlowScript(conductor())


def at_holder(service: str = "collect") -> FlowScript:
    """A service is chosen and the card may be laid down."""
    story = at_rest().do(events.NumberAsked(), events.ServiceChosen(service))
    return story.expect(ReadIdCard()).see(states.WaitingForHolder)


def telling(service: str = "collect") -> FlowScript:
    """Somebody without a card is asked whether they go first."""
    return at_holder(service).do(events.WithoutCardAsked(TODAY)).see(states.TellingNeed)


def applications() -> tuple[Application, ...]:
    """A passport that is being made."""
    making = Standing("passport", Progress.MAKING, TODAY, "progress.next.making")
    return (Application({"zh_CN": "大厅"}, TODAY, (making,)),)


def reviewing(person: Person = ADULT) -> FlowScript:
    """A form is filled in at a machine that can do more than that."""
    story = at_rest().do(apply_events.BeginAsked())
    story.do(apply_events.DocumentToggled(DocumentKind.PASSPORT), apply_events.NextAsked())
    story.do(apply_events.CardFound(), apply_events.CardRead(person, TODAY))
    return fill(story.do(apply_events.NextAsked()))


def found(queue_state: QueueState = QueueState.WAITING) -> FlowScript:
    """A ticket was found by its number."""
    story = at_rest().do(events.PlaceAsked(), events.WithoutCardAsked(TODAY))
    story.do(events.TextTyped("A023"), apply_events.NextAsked())
    place = states.Place(ticket(), queue_state)
    return story.do(events.PlaceFound(states.Query(number="A023"), place)).see(states.SeeingPlace)
