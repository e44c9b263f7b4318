"""From the empty field to the thanks; nobody need say who they are."""

from kiosk.domain.phone import MAX_DIGITS, is_phone
from kiosk.domain.text import Text
from kiosk.flows.application.events import BackAsked, NextAsked
from kiosk.flows.application.states import Welcome
from kiosk.flows.effects import WipeSession
from kiosk.flows.machine import Step
from kiosk.flows.session import TimerRang
from kiosk.flows.suggestion.effects import KeepSuggestion
from kiosk.flows.suggestion.events import (
    SuggestionAsked,
    SuggestionKept,
    SuggestionLost,
    SuggestionTyped,
)
from kiosk.flows.suggestion.states import (
    KeepingSuggestion,
    LeavingContact,
    State,
    SuggestionEnded,
    WritingSuggestion,
)
from kiosk.forms.views import FieldKind, FieldView, Finding

TEXT, PHONE = "suggestion_text", "suggestion_phone"
LONGEST = 200
"""characters; what fits the screen and central's contract"""

Reached = State | Welcome


def begin(_state: Welcome, event: SuggestionAsked) -> Step[Reached]:
    """An empty field."""
    return Step(writing(event.suggestion_id))


def writing(
    suggestion_id: str, text: str = "", finding: Finding | None = None
) -> WritingSuggestion:
    """The field for what they want to say."""
    field = FieldView(
        key=TEXT,
        kind=FieldKind.PROSE,
        label=Text("suggestion.writing.label"),
        value=text,
        hint=Text("suggestion.writing.hint"),
        max_length=LONGEST,
        finding=finding,
    )
    return WritingSuggestion(suggestion_id, field)


def contact(
    suggestion_id: str, text: str, phone: str = "", finding: Finding | None = None
) -> LeavingContact:
    """The field for a number."""
    field = FieldView(
        key=PHONE,
        kind=FieldKind.DIGITS,
        label=Text("suggestion.contact.label"),
        value=phone,
        hint=Text("suggestion.contact.hint"),
        optional=True,
        max_length=MAX_DIGITS,
        finding=finding,
    )
    return LeavingContact(suggestion_id, text, field)


def type_text(state: WritingSuggestion, event: SuggestionTyped) -> Step[Reached]:
    """Keep what was typed."""
    return Step(writing(state.suggestion_id, event.text[:LONGEST]))


def type_phone(state: LeavingContact, event: SuggestionTyped) -> Step[Reached]:
    """A digit more or less."""
    return Step(contact(state.suggestion_id, state.text, event.text[:MAX_DIGITS]))


def written(state: WritingSuggestion, _event: NextAsked) -> Step[Reached]:
    """On to the number, if anything was written."""
    text = str(state.field.value).strip()
    if not text:
        nothing = Finding(TEXT, Text("suggestion.writing.empty"))
        return Step(writing(state.suggestion_id, "", nothing))
    return Step(contact(state.suggestion_id, text))


def back_to_text(state: LeavingContact, _event: BackAsked) -> Step[Reached]:
    """Change what was written; the number is forgotten."""
    return Step(writing(state.suggestion_id, state.text))


def leave(_state: WritingSuggestion, _event: BackAsked) -> Step[Reached]:
    """Nothing said."""
    return Step(Welcome(), (WipeSession(),))


def hand_in(state: LeavingContact, _event: NextAsked) -> Step[Reached]:
    """Keep it, with a number if one was typed."""
    phone = str(state.field.value)
    if phone and not is_phone(phone):
        wrong = Finding(PHONE, Text("suggestion.contact.wrong"))
        return Step(contact(state.suggestion_id, state.text, phone, wrong))
    keep = KeepSuggestion(state.suggestion_id, state.text, phone)
    return Step(KeepingSuggestion(state.suggestion_id), (keep,))


def kept(state: KeepingSuggestion | SuggestionEnded, event: SuggestionKept) -> Step[Reached] | None:
    """It is durable: only now is anybody thanked."""
    if event.suggestion_id != state.suggestion_id:
        return None
    return Step(SuggestionEnded(state.suggestion_id, kept=True))


def lost(state: KeepingSuggestion, event: SuggestionLost | TimerRang) -> Step[Reached] | None:
    """It could not be written down, or it takes too long to promise anything."""
    if isinstance(event, SuggestionLost) and event.suggestion_id != state.suggestion_id:
        return None
    return Step(SuggestionEnded(state.suggestion_id, kept=False))


def close(_state: SuggestionEnded, _event: NextAsked | TimerRang) -> Step[Reached]:
    """Read."""
    return Step(Welcome(), (WipeSession(),))
