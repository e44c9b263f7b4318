"""A visitor's card, read for one of several purposes; every one of them works without it."""

from dataclasses import replace

from kiosk.domain.closed import lacks
from kiosk.domain.queueing import Need, TicketClass
from kiosk.flows.application.events import (
    BackAsked,
    CardFound,
    CardRead,
    CardTroubled,
    ServiceResumed,
)
from kiosk.flows.application.filling import claim_of
from kiosk.flows.application.states import CardTrouble, Welcome
from kiosk.flows.effects import ReadIdCard, StopReadingIdCard
from kiosk.flows.machine import Step
from kiosk.flows.session import TimerRang
from kiosk.flows.ticket import booking, progress
from kiosk.flows.ticket.events import WithoutCardAsked
from kiosk.flows.ticket.finding import Reached, look_for, typing
from kiosk.flows.ticket.states import (
    ChoosingService,
    NeedOffer,
    NothingFound,
    Purpose,
    Query,
    ReadingHolder,
    State,
    TellingNeed,
    Visitor,
    WaitingForHolder,
)
from kiosk.flows.times import CARD_TRIES_MAX
from kiosk.policy.queue_day import queue_on


def find(state: WaitingForHolder, _event: CardFound) -> Step[State]:
    """A card lies there."""
    reading = ReadingHolder(state.purpose, state.service_id, state.tries, state.visit_id)
    return Step(reading)


def trouble_before_reading(state: WaitingForHolder, event: CardTroubled) -> Step[State]:
    """Say what is wrong and wait again; an absent reader is tried again by a timer."""
    return _again(replace(state, trouble=event.trouble, tries=state.tries + 1))


def trouble_while_reading(state: ReadingHolder, event: CardTroubled) -> Step[State]:
    """Say what is wrong and wait again; the visitor may always go on without the card."""
    return _again(_waiting(state, event.trouble))


def _waiting(state: ReadingHolder, trouble: CardTrouble) -> WaitingForHolder:
    return WaitingForHolder(
        state.purpose, state.service_id, trouble, state.tries + 1, state.visit_id
    )


def _again(waiting: WaitingForHolder) -> Step[State]:
    away = waiting.trouble is CardTrouble.READER_AWAY
    # A forgotten card that cannot be read must not keep the reader busy.
    tired = waiting.tries >= CARD_TRIES_MAX
    return Step(waiting, () if away or tired else (ReadIdCard(),))


def reader_silent(state: ReadingHolder, _event: TimerRang) -> Step[State]:
    """A read that never ends: the reader counts as away."""
    return Step(_waiting(state, CardTrouble.READER_AWAY), (StopReadingIdCard(),))


def try_reader(state: WaitingForHolder, _event: TimerRang) -> Step[State]:
    """Ask an absent reader again."""
    return Step(state, (ReadIdCard(),))


def reader_back(state: WaitingForHolder, event: ServiceResumed) -> Step[State] | None:
    """The absent reader is back: the card may be laid down."""
    away = lacks(event.closed, "id_card_reader")
    if state.trouble is not CardTrouble.READER_AWAY or away:
        return None
    return Step(replace(state, trouble=None), (ReadIdCard(),))


def leave_card(state: WaitingForHolder, _event: BackAsked) -> Step[Reached]:
    """Back to where the visitor came from."""
    before = ChoosingService() if state.purpose is Purpose.NUMBER else Welcome()
    return Step(before, (StopReadingIdCard(),))


def read(state: ReadingHolder, event: CardRead) -> Step[Reached]:
    """Go on as the card's holder."""
    claim = claim_of(event.person, event.today)
    if state.purpose is Purpose.PLACE:
        return look_for(Query(holder_number=event.person.number))
    if state.purpose is Purpose.BOOKING:
        return booking.check_in(
            state.visit_id, Query(holder_number=event.person.number), claim.need
        )
    if state.purpose is Purpose.PROGRESS:
        return progress.look_for(event.person.number)
    by_age = claim.need is Need.AGE
    return Step(ask_need(Visitor(state.service_id, event.today, event.person.number, by_age)))


def go_without(state: WaitingForHolder, event: WithoutCardAsked) -> Step[Reached]:
    """Go on as somebody of whom nothing is known."""
    if state.purpose is Purpose.PLACE:
        return Step(typing(), (StopReadingIdCard(),))
    if state.purpose is Purpose.BOOKING:
        return Step(booking.typing(state.visit_id), (StopReadingIdCard(),))
    if state.purpose is Purpose.PROGRESS:
        return Step(NothingFound(progress.CARD_NEEDED), (StopReadingIdCard(),))
    return Step(ask_need(Visitor(state.service_id, event.today)), (StopReadingIdCard(),))


def ask_need(visitor: Visitor) -> TellingNeed:
    """Whether something lets a visitor go first."""
    return TellingNeed(visitor, offers_of(visitor, TicketClass.PRIORITY))


def offers_of(visitor: Visitor, ticket_class: TicketClass) -> tuple[NeedOffer, ...]:
    """The reasons that give a class, as they are on the visitor's day."""
    rows = queue_on(visitor.today).offered(ticket_class)
    return tuple(NeedOffer(row.need, row.with_proof) for row in rows)
