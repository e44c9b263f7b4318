"""Pages, findings and the review."""

from kiosk.flows.application import events, states
from kiosk.flows.effects import SubmitApplication
from tests.kit.applicants import ADULT, answer_for
from tests.kit.application_stories import filling, mend_page, reviewing
from tests.kit.flow_script import FlowScript


def at_first_gap() -> FlowScript:
    """The first page on which something must be answered."""
    story = filling()
    while not story.state.draft.findings(story.state.page.key):
        story.do(events.NextAsked())
    return story


def test_going_on_with_a_gap_shows_it_and_opens_its_keyboard() -> None:
    story = at_first_gap()
    page = story.state.page
    assert not any(field.finding for field in page.fields), "not before the person asked"
    story.do(events.NextAsked()).see(states.FillingForm)
    assert story.state.page.key == page.key
    first = next(field for field in story.state.page.fields if field.finding)
    assert story.state.focus == first.key
    mend_page(story).do(events.NextAsked())
    assert getattr(story.state, "page", None) != page


def test_an_answer_stays_on_its_page_even_when_pages_come_or_go() -> None:
    story = at_first_gap()
    page = story.state.page
    for option in page.fields[0].options:
        story.do(events.AnswerGiven(page.fields[0].key, option.code))
        assert story.state.page.key == page.key


def test_the_keyboard_goes_where_it_is_asked_to_and_away() -> None:
    story = filling()
    field = next(one for one in story.state.page.fields if not one.locked)
    story.do(events.FieldFocused(field.key)).see(states.FillingForm, focus=field.key)
    story.do(events.AnswerGiven(field.key, answer_for(field))).see(
        states.FillingForm, focus=field.key
    )
    story.do(events.FieldFocused("")).see(states.FillingForm, focus="")
    story.ignore(events.FieldFocused("no_such_field"))


def test_answers_that_belong_nowhere_are_stale() -> None:
    story = filling()
    key = story.state.page.fields[0].key
    story.ignore(events.AnswerGiven("no_such_field", "x"))
    story.ignore(events.AnswerGiven(key, True)).ignore(events.AnswerGiven(key, ("x",)))


def test_a_change_from_the_review_goes_straight_back_to_it() -> None:
    story = reviewing()
    page = story.state.draft.pages()[0]
    story.do(events.ChangeAsked(page.key)).see(states.FillingForm, from_review=True)
    story.do(events.NextAsked()).see(states.Reviewing)
    story.do(events.ChangeAsked(page.key), events.BackAsked()).see(states.Reviewing)
    story.ignore(events.ChangeAsked("no_such_page"))


def test_what_a_change_tears_open_is_mended_before_the_review() -> None:
    story = reviewing()
    phone = next(page for page in story.state.draft.pages() if page.fields[0].key == "phone")
    story.do(events.ChangeAsked(phone.key), events.AnswerGiven("phone", ""), events.BackAsked())
    story.see(states.Reviewing).do(events.SubmitAsked("v-1")).expect_none(SubmitApplication)
    story.see(states.FillingForm, from_review=True, focus="phone")
    mend_page(story).do(events.NextAsked()).see(states.Reviewing)
    story.do(events.SubmitAsked("v-1")).see(states.Submitting, visit_id="v-1")


def test_the_review_turns_only_to_sections_it_has() -> None:
    story = reviewing()
    last = len(story.state.sections) - 1
    story.do(events.SectionShown(last)).see(states.Reviewing, shown=last)
    story.ignore(events.SectionShown(last + 1)).ignore(events.SectionShown(-1))


def test_back_from_the_review_is_the_last_page() -> None:
    story = reviewing(ADULT)
    last = story.state.draft.pages()[-1].key
    story.do(events.BackAsked()).see(states.FillingForm, from_review=False)
    assert story.state.page.key == last
