"""The pages of the form and the review."""

from datetime import date

from kiosk.domain.claim import Claim
from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.flows.application.events import (
    AnswerGiven,
    BackAsked,
    ChangeAsked,
    FieldFocused,
    NextAsked,
    SectionShown,
    SubmitAsked,
)
from kiosk.flows.application.states import (
    FillingForm,
    MeetingPerson,
    Reviewing,
    State,
    Submitting,
)
from kiosk.flows.effects import SubmitApplication
from kiosk.flows.machine import Step
from kiosk.forms.draft import Draft
from kiosk.forms.eligibility import Suited, assess
from kiosk.forms.views import Answer, FieldKind, FieldView, PageView
from kiosk.policy.queue_day import queue_on


def open_form(draft: Draft) -> State:
    """The page to begin with: the first, or for somebody who was here before what is left.

    The first time every page is shown, those the card has filled as well.
    """
    page = _first_to_mend(draft) if draft.answers else draft.pages()[0]
    return FillingForm(draft, page) if page else review(draft)


def review(draft: Draft) -> Reviewing:
    """Everything once more."""
    return Reviewing(draft, draft.review())


def focus(state: FillingForm, event: FieldFocused) -> Step[State] | None:
    """Give the keyboard to a field, or put it away."""
    if event.field and not _open_field(state.page, event.field):
        return None
    return Step(FillingForm(state.draft, state.page, event.field, state.from_review))


def answer(state: FillingForm, event: AnswerGiven) -> Step[State] | None:
    """Keep an answer; the pages may change with it, the one shown stays."""
    field = _open_field(state.page, event.field)
    if field is None or not _fits(field.kind, event.value):
        return None
    draft = state.draft.answered(event.field, event.value)
    page = _page(draft, state.page.key)
    if page is None:
        return Step(open_form(draft))
    focused = state.focus if _open_field(page, state.focus) else ""
    return Step(FillingForm(draft, page, focused, state.from_review))


def next_page(state: FillingForm, _event: NextAsked) -> Step[State]:
    """On, unless something on this page is still to mend."""
    here = state.page.key
    if state.draft.findings(here):
        return Step(_to_mend(state.draft, here, from_review=state.from_review))
    pages = state.draft.pages()
    following = [page for page in pages if page.index > state.page.index]
    if following and not state.from_review:
        return Step(FillingForm(state.draft, following[0]))
    return Step(_review_or_mend(state.draft, from_review=state.from_review))


def previous_page(state: FillingForm, _event: BackAsked) -> Step[State]:
    """Back by one page, or to where the form was entered from."""
    if state.from_review:
        return Step(review(state.draft))
    earlier = [page for page in state.draft.pages() if page.index < state.page.index]
    if earlier:
        return Step(FillingForm(state.draft, earlier[-1]))
    return Step(_person(state.draft))


def show_section(state: Reviewing, event: SectionShown) -> Step[State] | None:
    """Turn to another document."""
    if not 0 <= event.index < len(state.sections):
        return None
    return Step(Reviewing(state.draft, state.sections, event.index))


def change(state: Reviewing, event: ChangeAsked) -> Step[State] | None:
    """Open the page of a fact; it leads back here."""
    page = _page(state.draft, event.page)
    return Step(FillingForm(state.draft, page, from_review=True)) if page else None


def leave_review(state: Reviewing, _event: BackAsked) -> Step[State]:
    """Back to the last page."""
    return Step(FillingForm(state.draft, state.draft.pages()[-1]))


def submit(state: Reviewing, event: SubmitAsked) -> Step[State]:
    """Hand in what is complete; what is not is mended first."""
    if (to_mend := lacking_page(state.draft)) is not None:
        return Step(to_mend)
    order = SubmitApplication(
        event.visit_id,
        state.draft.bundle(),
        services_for(state.draft.documents),
        claim_of(state.draft.person, state.draft.today),
    )
    return Step(Submitting(state.draft, event.visit_id), (order,))


def lacking_page(draft: Draft) -> FillingForm | None:
    """The page that still has something to mend before anything is handed in; None for none."""
    page = _first_to_mend(draft)
    return _to_mend(draft, page.key, from_review=True) if page else None


def claim_of(person: Person, today: date) -> Claim:
    """What the card alone says: whose ticket it is, and whether its holder's age goes first."""
    return Claim(queue_on(today).need_by_age(person.age_on(today)), person.number)


def services_for(documents: tuple[DocumentKind, ...]) -> tuple[str, ...]:
    """Ids of the services in the order of the documents; a service bears its document's name."""
    return tuple(kind.value for kind in documents)


def _review_or_mend(draft: Draft, *, from_review: bool) -> State:
    page = _first_to_mend(draft)
    return _to_mend(draft, page.key, from_review=from_review) if page else review(draft)


def _to_mend(draft: Draft, page: str, *, from_review: bool) -> FillingForm:
    asked = draft.asked_to_go_on(page)
    shown = _page(asked, page)
    assert shown is not None, "a page with something to mend is among the pages"
    first = next((field.key for field in shown.fields if field.finding and not field.locked), "")
    return FillingForm(asked, shown, first, from_review)


def _person(draft: Draft) -> State:
    assessed = assess(draft.person, draft.documents, draft.today)
    return MeetingPerson(draft, assessed.warnings if isinstance(assessed, Suited) else ())


def _first_to_mend(draft: Draft) -> PageView | None:
    return next((page for page in draft.pages() if draft.findings(page.key)), None)


def _page(draft: Draft, key: str) -> PageView | None:
    return next((page for page in draft.pages() if page.key == key), None)


def _open_field(page: PageView, key: str) -> FieldView | None:
    return next((one for one in page.fields if one.key == key and not one.locked), None)


def _fits(kind: FieldKind, value: Answer) -> bool:
    if kind is FieldKind.YES_NO:
        return isinstance(value, bool)
    if kind is FieldKind.CHOICES:
        return isinstance(value, tuple)
    return isinstance(value, str)
