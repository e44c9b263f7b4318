"""From the card on the reader to the person who is met."""

from dataclasses import replace

from kiosk.domain.closed import lacks
from kiosk.domain.text import Text
from kiosk.flows.application.events import (
    BackAsked,
    CardFound,
    CardRead,
    CardTroubled,
    EnquiryTicketAsked,
    NextAsked,
    PersonDenied,
    ServiceResumed,
)
from kiosk.flows.application.filling import open_form
from kiosk.flows.application.states import (
    CardNotSuited,
    CardTrouble,
    ChoosingDocuments,
    MeetingPerson,
    ReadingCard,
    State,
    Submitting,
    WaitingForCard,
)
from kiosk.flows.effects import ReadIdCard, StopReadingIdCard, SubmitApplication
from kiosk.flows.machine import Step
from kiosk.flows.session import TimerRang
from kiosk.flows.times import CARD_TRIES_BEFORE_WINDOW, CARD_TRIES_MAX
from kiosk.forms.draft import Draft
from kiosk.forms.eligibility import NotSuited, assess

ENQUIRY = "enquiry"
"""Service id of the enquiry window."""
CARD_UNREADABLE = Text("session.card.unreadable")


def find(state: WaitingForCard, _event: CardFound) -> Step[State]:
    """A card lies there."""
    return Step(ReadingCard(state.documents, state.tries, state.draft))


def trouble_before_reading(state: WaitingForCard, event: CardTroubled) -> Step[State]:
    """Say what is wrong and wait again; an absent reader is tried again by a timer."""
    waiting = replace(state, trouble=event.trouble, tries=state.tries + 1)
    again = event.trouble is not CardTrouble.READER_AWAY
    return Step(waiting, (ReadIdCard(),) if again else ())


def trouble_while_reading(state: ReadingCard, event: CardTroubled) -> Step[State]:
    """Say what is wrong and wait again, but not for ever."""
    tries = state.tries + 1
    if tries >= CARD_TRIES_MAX:
        return Step(CardNotSuited(CARD_UNREADABLE, state.documents, state.draft))
    waiting = WaitingForCard(state.documents, event.trouble, tries, state.draft)
    again = event.trouble is not CardTrouble.READER_AWAY
    return Step(waiting, (ReadIdCard(),) if again else ())


def reader_silent(state: ReadingCard, _event: TimerRang) -> Step[State]:
    """A read that never ends: the reader counts as away."""
    away = WaitingForCard(state.documents, CardTrouble.READER_AWAY, state.tries + 1, state.draft)
    return Step(away, (StopReadingIdCard(),))


def try_reader(state: WaitingForCard, _event: TimerRang) -> Step[State]:
    """Ask an absent reader again."""
    return Step(state, (ReadIdCard(),))


def reader_back(state: WaitingForCard, event: ServiceResumed) -> Step[State] | None:
    """The absent reader is back: the person may lay the card down."""
    away = lacks(event.closed, "id_card_reader")
    if state.trouble is not CardTrouble.READER_AWAY or away:
        return None
    return Step(replace(state, trouble=None), (ReadIdCard(),))


def leave_card(state: WaitingForCard, _event: BackAsked) -> Step[State]:
    """Back to where the person came from, with everything they have told us."""
    stop = (StopReadingIdCard(),)
    if state.draft is not None:
        return Step(_met(state.draft), stop)
    return Step(ChoosingDocuments(state.documents), stop)


def read(state: ReadingCard, event: CardRead) -> Step[State]:
    """Meet the card's holder; answers stay only for the person who gave them."""
    assessed = assess(event.person, state.documents, event.today)
    same = state.draft is not None and state.draft.person.number == event.person.number
    kept = state.draft if same else None
    if isinstance(assessed, NotSuited):
        return Step(CardNotSuited(assessed.reason, state.documents, kept))
    draft = kept or Draft.begin(state.documents, event.person, event.today)
    return Step(MeetingPerson(draft.with_documents(state.documents), assessed.warnings))


def _met(draft: Draft) -> State:
    assessed = assess(draft.person, draft.documents, draft.today)
    if isinstance(assessed, NotSuited):
        return CardNotSuited(assessed.reason, draft.documents, draft)
    return MeetingPerson(draft, assessed.warnings)


def accept_person(state: MeetingPerson, _event: NextAsked) -> Step[State]:
    """That is me: on to the form."""
    return Step(open_form(state.draft))


def deny_person(state: MeetingPerson, _event: PersonDenied) -> Step[State]:
    """Another card; the answers wait in case the same card is laid down once more."""
    waiting = WaitingForCard(state.draft.documents, draft=state.draft)
    return Step(waiting, (ReadIdCard(),))


def leave_person(state: MeetingPerson, _event: BackAsked) -> Step[State]:
    """Back to the choice of documents."""
    return Step(ChoosingDocuments(state.draft.documents, state.draft))


def leave_not_suited(state: CardNotSuited, _event: BackAsked) -> Step[State]:
    """Back to the choice of documents."""
    return Step(ChoosingDocuments(state.documents, state.draft))


def to_enquiry_window(
    state: WaitingForCard | CardNotSuited, event: EnquiryTicketAsked
) -> Step[State] | None:
    """A ticket without an application, where the card or the reader has failed for good."""
    submit = SubmitApplication(event.visit_id, None, (ENQUIRY,))
    if isinstance(state, CardNotSuited):
        return Step(Submitting(None, event.visit_id), (submit,))
    away = state.trouble is CardTrouble.READER_AWAY
    if state.tries < CARD_TRIES_BEFORE_WINDOW and not away:
        return None
    return Step(Submitting(None, event.visit_id), (StopReadingIdCard(), submit))
