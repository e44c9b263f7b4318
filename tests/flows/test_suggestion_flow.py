"""The suggestions box: written without a name, kept before anybody is thanked."""

import pytest

from kiosk.domain.text import Text
from kiosk.flows.application import states as apply_states
from kiosk.flows.application.events import BackAsked, NextAsked
from kiosk.flows.effects import WipeSession
from kiosk.flows.session import CancelAsked, CancelQuestion
from kiosk.flows.suggestion import events, states, writing
from kiosk.flows.suggestion.effects import KeepSuggestion
from tests.kit.flow_script import FlowScript
from tests.kit.visit_stories import at_rest

SAID = "请多放几把椅子"
PHONE = "13800000001"


def written(text: str = SAID) -> FlowScript:
    story = at_rest().do(events.SuggestionAsked("s-1")).see(states.WritingSuggestion)
    return story.do(events.SuggestionTyped(text), NextAsked())


def keeping(phone: str = "") -> FlowScript:
    story = written().do(events.SuggestionTyped(phone), NextAsked())
    return story.expect(KeepSuggestion("s-1", SAID, phone)).see(states.KeepingSuggestion)


def test_whoever_leaves_no_number_stays_unknown() -> None:
    story = written().see(states.LeavingContact, text=SAID).do(NextAsked())
    story.expect(KeepSuggestion("s-1", SAID)).do(events.SuggestionKept("s-1"))
    story.see(states.SuggestionEnded, kept=True).do(NextAsked())
    story.see(apply_states.Welcome).expect(WipeSession())


def test_whoever_wants_an_answer_leaves_a_number() -> None:
    keeping(PHONE).do(events.SuggestionKept("s-1")).see(states.SuggestionEnded, kept=True)


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_written_is_said_at_once(text: str) -> None:
    story = written(text).see(states.WritingSuggestion)
    assert story.state.field.finding.says == Text("suggestion.writing.empty")
    story.do(events.SuggestionTyped("椅子")).see(states.WritingSuggestion)
    assert story.state.field.finding is None


def test_half_a_number_is_mended_or_deleted() -> None:
    story = written().do(events.SuggestionTyped("1380"), NextAsked()).expect_none(KeepSuggestion)
    assert story.see(states.LeavingContact).state.field.finding is not None
    story.do(events.SuggestionTyped(""), NextAsked()).expect(KeepSuggestion("s-1", SAID))


def test_a_text_longer_than_central_takes_ends_at_the_limit() -> None:
    written("字" * 500).see(states.LeavingContact, text="字" * writing.LONGEST)


def test_what_was_written_can_be_changed() -> None:
    story = written().do(BackAsked()).see(states.WritingSuggestion)
    assert story.state.field.value == SAID
    story.do(BackAsked()).see(apply_states.Welcome).expect(WipeSession())


def test_leaving_asks_first_once_something_is_written() -> None:
    story = at_rest().do(events.SuggestionAsked("s-1"), CancelAsked()).see(apply_states.Welcome)
    story.do(events.SuggestionAsked("s-2"), events.SuggestionTyped(SAID), CancelAsked())
    assert isinstance(story.session.overlay, CancelQuestion)


def test_nobody_is_thanked_for_what_could_not_be_kept() -> None:
    story = keeping().do(events.SuggestionLost("s-1")).see(states.SuggestionEnded, kept=False)
    story.wait(30).see(apply_states.Welcome).expect(WipeSession())


def test_a_slow_disk_is_no_promise_and_its_late_word_is_still_good_news() -> None:
    story = keeping().wait(5).see(states.SuggestionEnded, kept=False)
    story.ignore(events.SuggestionKept("s-0")).do(events.SuggestionKept("s-1"))
    story.see(states.SuggestionEnded, kept=True)
