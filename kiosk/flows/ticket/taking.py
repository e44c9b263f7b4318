"""From the choice of a service to the number; the paper is the errand "apply"'s."""

from dataclasses import replace

from kiosk.domain.claim import Claim
from kiosk.domain.queueing import Need, TicketClass
from kiosk.flows.application.events import BackAsked
from kiosk.flows.application.filling import claim_of, lacking_page, review, services_for
from kiosk.flows.application.states import FillingForm, Reviewing, Submitting, Welcome
from kiosk.flows.effects import ReadIdCard, SubmitApplication
from kiosk.flows.machine import Step
from kiosk.flows.ticket.events import (
    NeedToggled,
    NumberAsked,
    NumberTaken,
    PriorityAsked,
    ServiceChosen,
    UrgencyAsked,
)
from kiosk.flows.ticket.identifying import ask_need, offers_of
from kiosk.flows.ticket.states import (
    ChoosingService,
    Purpose,
    State,
    TellingNeed,
    TellingUrgency,
    Visitor,
    WaitingForHolder,
)

Reached = State | Welcome | Submitting | Reviewing | FillingForm


def begin(_state: Welcome, _event: NumberAsked) -> Step[Reached]:
    """Choose what for."""
    return Step(ChoosingService())


def leave(_state: ChoosingService, _event: BackAsked) -> Step[Reached]:
    """Back to the welcome screen."""
    return Step(Welcome())


def choose(_state: ChoosingService, event: ServiceChosen) -> Step[Reached]:
    """On to the card."""
    return Step(WaitingForHolder(Purpose.NUMBER, event.service_id), (ReadIdCard(),))


def toggle(state: TellingNeed | TellingUrgency, event: NeedToggled) -> Step[Reached] | None:
    """Name a reason, or take it back; only one counts."""
    if event.need not in (offer.need for offer in state.offers):
        return None
    chosen = None if state.chosen is event.need else event.need
    return Step(replace(state, chosen=chosen))


def read_urgencies(state: TellingNeed, _event: UrgencyAsked) -> Step[Reached]:
    """The reasons of the green channel."""
    offers = offers_of(state.visitor, TicketClass.GREEN_CHANNEL)
    return Step(TellingUrgency(state.visitor, offers))


def leave_urgencies(state: TellingUrgency, _event: BackAsked) -> Step[Reached]:
    """Back to the first question."""
    return Step(ask_need(state.visitor))


def ask_after_form(state: Reviewing, _event: PriorityAsked) -> Step[Reached]:
    """The same question to somebody who has filled in the form, once that is complete."""
    draft = state.draft
    if (to_mend := lacking_page(draft)) is not None:
        return Step(to_mend)
    claim = claim_of(draft.person, draft.today)
    by_age = claim.need is Need.AGE
    return Step(ask_need(Visitor("", draft.today, claim.holder_number, by_age, draft)))


def leave_need(state: TellingNeed, _event: BackAsked) -> Step[Reached]:
    """Back to the card, or to the form."""
    if state.visitor.draft is not None:
        return Step(review(state.visitor.draft))
    return Step(WaitingForHolder(Purpose.NUMBER, state.visitor.service_id), (ReadIdCard(),))


def take(state: TellingNeed | TellingUrgency, event: NumberTaken) -> Step[Reached] | None:
    """Get the number; the green channel gives none without a reason."""
    if isinstance(state, TellingUrgency) and state.chosen is None:
        return None
    visitor = state.visitor
    need = state.chosen or (Need.AGE if visitor.by_age else None)
    draft = visitor.draft
    services = services_for(draft.documents) if draft else (visitor.service_id,)
    claim = Claim(need, visitor.holder_number)
    bundle = draft.bundle() if draft else None
    order = SubmitApplication(event.visit_id, bundle, services, claim)
    return Step(Submitting(draft, event.visit_id), (order,))
