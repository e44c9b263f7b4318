"""From the welcome screen to the choice of documents."""

from typing import Any

from kiosk.domain.document import DocumentKind
from kiosk.flows.application.events import (
    BackAsked,
    BeginAsked,
    DocumentToggled,
    NextAsked,
    ServiceResumed,
    ServiceStopped,
)
from kiosk.flows.application.filling import open_form
from kiosk.flows.application.states import (
    CardNotSuited,
    ChoosingDocuments,
    OutOfService,
    State,
    WaitingForCard,
    Welcome,
)
from kiosk.flows.closed.table import closing
from kiosk.flows.effects import ReadIdCard
from kiosk.flows.machine import Step
from kiosk.forms.draft import Draft
from kiosk.forms.eligibility import NotSuited, assess

_CLOSED = closing("apply")


def begin(_state: Welcome, _event: BeginAsked) -> Step[State]:
    """Choose documents."""
    return Step(ChoosingDocuments())


def toggle(state: ChoosingDocuments, event: DocumentToggled) -> Step[State]:
    """Choose a document, or take the choice back."""
    chosen = set(state.chosen) ^ {event.document}
    in_order = tuple(kind for kind in DocumentKind if kind in chosen)
    return Step(ChoosingDocuments(in_order, state.draft))


def go_home(state: ChoosingDocuments, _event: BackAsked) -> Step[State] | None:
    """Back to the welcome screen; where answers would be lost only "cancel" leads out."""
    return Step(Welcome()) if state.draft is None else None


def chosen(state: ChoosingDocuments, _event: NextAsked) -> Step[State]:
    """On to the card; with a card read before, straight on to the form."""
    if not state.chosen:
        return Step(ChoosingDocuments(draft=state.draft, nothing_chosen=True))
    if state.draft is None:
        return Step(WaitingForCard(state.chosen), (ReadIdCard(),))
    return Step(_go_on_with(state.draft, state.chosen))


def _go_on_with(draft: Draft, documents: tuple[DocumentKind, ...]) -> State:
    # A document chosen later may not be for this person.
    assessed = assess(draft.person, documents, draft.today)
    if isinstance(assessed, NotSuited):
        return CardNotSuited(assessed.reason, documents, draft)
    return open_form(draft.with_documents(documents))


def close(_state: State, event: ServiceStopped) -> Step[State]:
    """Out of service: nothing of anybody's is at stake here."""
    return Step(OutOfService(event.reasons))


def close_choice(state: ChoosingDocuments, event: ServiceStopped) -> Step[State] | None:
    """Out of service, unless somebody's answers are at stake."""
    return Step(OutOfService(event.reasons)) if state.draft is None else None


def reopen(_state: State, event: ServiceResumed) -> Step[State]:
    """Serve again, or with more or less than before."""
    return Step(Welcome(event.closed))


def close_form(state: ChoosingDocuments, event: ServiceResumed) -> Step[Any] | None:
    """No application now, unless somebody's answers are at stake."""
    return _CLOSED(state, event) if state.draft is None else None
