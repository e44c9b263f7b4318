"""What holds after any events in any order."""

from functools import partial
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.document import DocumentKind
from kiosk.domain.text import Text
from kiosk.flows.application import events, states
from kiosk.flows.application.states import CardTrouble, PaperTrouble
from kiosk.flows.application.table import APPLICATION, APPLICATION_CONDUCT, accepts, offers
from kiosk.flows.effects import SettleTicket, WipeSession
from kiosk.flows.session import (
    CancelAsked,
    CancelConfirmed,
    HelpAsked,
    HighContrastToggled,
    Language,
    LanguageAsked,
    LanguageChosen,
    LargeTypeToggled,
    MoreTimeAsked,
    OverlayClosed,
    ServiceResumed,
    ServiceStopped,
    Session,
    Touched,
)
from tests.kit import any_story
from tests.kit.any_story import PASS, left_alone
from tests.kit.applicants import ADULT, ELDER, FOREIGN, MINOR, TODAY, ticket
from tests.kit.application_stories import (
    at_card,
    at_welcome,
    conductor,
    filling,
    printing,
    reviewing,
)
from tests.kit.flow_script import FlowScript

LOOKS = (
    LanguageAsked(),
    LanguageChosen(Language.EN),
    LanguageChosen(Language.ZH_HANT),
    LargeTypeToggled(),
    HighContrastToggled(),
)
SESSION = (
    *LOOKS,
    HelpAsked(),
    OverlayClosed(),
    CancelAsked(),
    CancelConfirmed(),
    MoreTimeAsked(),
    Touched(),
)
CITIZEN = (
    events.BeginAsked(),
    *(events.DocumentToggled(kind) for kind in DocumentKind),
    events.NextAsked(),
    events.BackAsked(),
    events.PersonDenied(),
    events.FieldFocused("phone"),
    events.AnswerGiven("phone", "13800000001"),
    events.AnswerGiven("delivery", "courier"),
    events.AnswerGiven("phone", True),
    events.SectionShown(1),
    events.ChangeAsked("phone"),
    events.PaperTaken(),
    events.ShowNumberAsked(),
    events.EnquiryTicketAsked("v-2"),
    events.SubmitAsked("v-1"),
)
DEVICES = (
    events.CardFound(),
    *(events.CardRead(person, TODAY) for person in (ADULT, ELDER, MINOR, FOREIGN)),
    *(events.CardTroubled(trouble) for trouble in CardTrouble),
    events.TicketIssued(ticket()),
    events.NumberUnavailable(Text("apply.no_number.away"), "K7-21"),
    *(events.TicketPrinted(one) for one in ("t-1", "t-0")),
    events.TicketNotPrinted("t-1", PaperTrouble.PAPER_OUT),
    events.TicketDoubtful("t-1", PaperTrouble.LINK_LOST),
    events.PrinterReady(),
    ServiceStopped(("service.storage",)),
    ServiceResumed(),
)

STORIES = (at_welcome, at_card, filling, reviewing, printing)
EVERYTHING = (*DEVICES, *CITIZEN, *SESSION)
PICKS = tuple(range(240))
ANYTHING = st.sampled_from((*PICKS, *EVERYTHING, *(PASS,) * 30))
"""An event, a pause, or a number that picks among what the situation expects."""
LISTS = st.lists(ANYTHING, min_size=5, max_size=30)
BEGINNINGS = st.sampled_from(STORIES)
play = partial(any_story.play, conductor(), EVERYTHING)


@given(begin=BEGINNINGS, happenings=LISTS)
def test_after_anything_idling_leads_home_and_leaves_nothing(
    begin: Any, happenings: list[Any]
) -> None:
    story = left_alone(play(begin(), happenings))
    home = states.OutOfService if story.situation.stopped is not None else states.Welcome
    story.see(home)
    assert story.session == Session()


@given(begin=BEGINNINGS, happenings=LISTS)
def test_a_timer_runs_exactly_where_somebody_or_something_is_waited_for(
    begin: Any, happenings: list[Any]
) -> None:
    story = play(begin(), happenings)
    resting = APPLICATION_CONDUCT.of(story.state).resting and story.session == Session()
    assert bool(story.running) is not resting


class Ledger:
    """Watches that every number is settled once, and before anybody else comes.

    Args:
        story: in which nothing is owed yet, or the ticket that is being printed.
    """

    def __init__(self, story: FlowScript) -> None:
        self.story = story
        self.owed = isinstance(story.state, states.PrintingTicket)
        self.settled = story.count(SettleTicket)

    def after(self, happening: Any) -> None:
        """One thing happens."""
        before = self.story.state
        play(self.story, [happening])
        new = isinstance(before, states.Submitting | states.WithoutNumber)
        if new and isinstance(self.story.state, states.PrintingTicket):
            self.owed = True
        settled = self.story.count(SettleTicket)
        if settled > self.settled:
            assert self.owed, "settled twice, or settled what nobody was given"
            assert settled == self.settled + 1
            self.owed, self.settled = False, settled
        if isinstance(self.story.state, states.Welcome | states.OutOfService):
            assert not self.owed, "the next person comes and a number is unsettled"


@settings(max_examples=150)
@given(begin=st.sampled_from([reviewing, printing]), happenings=LISTS)
def test_a_number_once_given_is_settled_exactly_once_before_the_next_visit(
    begin: Any, happenings: list[Any]
) -> None:
    ledger = Ledger(begin())
    for one in happenings:
        ledger.after(one)
    for _ in range(200):
        if not ledger.story.running:
            break
        ledger.after(PASS)
    assert not ledger.owed


@given(begin=BEGINNINGS, happenings=LISTS, changes=st.lists(st.sampled_from(LOOKS), max_size=6))
def test_language_and_look_never_change_the_errand(
    begin: Any, happenings: list[Any], changes: list[Any]
) -> None:
    story = play(begin(), happenings)
    for change in changes:
        before = story.state
        assert story.hear(change)
        assert story.state == before


@given(begin=BEGINNINGS, happenings=LISTS)
def test_every_button_that_is_offered_does_something(begin: Any, happenings: list[Any]) -> None:
    story = play(begin(), happenings)
    any_story.does_what_it_offers(conductor(), story, offers(story.state))


@given(begin=BEGINNINGS, happenings=LISTS)
def test_what_is_not_expected_changes_nothing_and_asks_for_nothing(
    begin: Any, happenings: list[Any]
) -> None:
    story = play(begin(), happenings)
    for event in (*CITIZEN, *DEVICES, *SESSION):
        outcome = conductor().apply(story.situation, event)
        if not outcome.expected:
            assert outcome.situation == story.situation
            assert outcome.effects == ()


@given(begin=BEGINNINGS, happenings=LISTS)
def test_a_step_leads_only_where_its_row_says(begin: Any, happenings: list[Any]) -> None:
    rows = {(row.state, row.event): row.leads_to for row in APPLICATION.rows()}
    story = play(begin(), happenings)
    for event in (*CITIZEN, *DEVICES):
        step = APPLICATION.step(story.state, event)
        if step is not None:
            assert accepts(story.state, type(event))
            assert type(step.state) in rows[type(story.state), type(event)]


@given(begin=st.sampled_from([filling, reviewing, printing]), happenings=LISTS)
def test_nobody_finds_what_another_typed(begin: Any, happenings: list[Any]) -> None:
    story = play(begin(), happenings)
    while story.running:
        story.ring_next()
    assert story.count(WipeSession)
    assert not hasattr(story.state, "draft")
