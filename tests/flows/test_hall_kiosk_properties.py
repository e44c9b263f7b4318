"""What holds at the hall kiosk after any events in any order, whatever the errand."""

from functools import partial
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.closed import Closed
from kiosk.domain.queueing import Need, QueueState
from kiosk.domain.text import Text
from kiosk.flows.application import events as apply_events
from kiosk.flows.application import states as apply_states
from kiosk.flows.application.states import CardTrouble
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.flows.session import (
    CancelAsked,
    HelpAsked,
    ServiceResumed,
    ServiceStopped,
    Session,
    Touched,
)
from kiosk.flows.suggestion.events import (
    SuggestionAsked,
    SuggestionKept,
    SuggestionLost,
    SuggestionTyped,
)
from kiosk.flows.ticket import events, states
from kiosk.flows.ticket.events import ProgressAsked, ProgressFound, ProgressUnknown
from tests.kit import any_story
from tests.kit.any_story import PASS, left_alone
from tests.kit.applicants import ADULT, ELDER, TODAY, ticket
from tests.kit.visit_stories import (
    applications,
    at_holder,
    at_rest,
    conductor,
    found,
    reviewing,
    telling,
)

BY_CARD = states.Query(holder_number=ADULT.number)
PAPER = "service.ticket_printer.paper_out"
CITIZEN = (
    apply_events.BeginAsked(),
    apply_events.NextAsked(),
    apply_events.BackAsked(),
    apply_events.PaperTaken(),
    apply_events.ShowNumberAsked(),
    apply_events.EnquiryTicketAsked("v-2"),
    events.NumberAsked(),
    events.ServiceChosen("collect"),
    events.WithoutCardAsked(TODAY),
    *(events.NeedToggled(need) for need in Need),
    events.PriorityAsked(),
    events.UrgencyAsked(),
    events.NumberTaken("v-1"),
    events.PlaceAsked(),
    events.TextTyped("A023"),
    events.TextTyped("?"),
    events.PaperAsked(),
    ProgressAsked(),
    *(SuggestionAsked("s-1"), SuggestionTyped("请加几把椅子"), SuggestionTyped("13800000001")),
    CancelAsked(),
    HelpAsked(),
    Touched(),
)
WORLD = (
    apply_events.CardFound(),
    *(apply_events.CardRead(person, TODAY) for person in (ADULT, ELDER)),
    *(apply_events.CardTroubled(trouble) for trouble in CardTrouble),
    apply_events.TicketIssued(ticket()),
    apply_events.NumberUnavailable(Text("desk.no_number.away")),
    apply_events.TicketPrinted("t-1"),
    events.PlaceFound(BY_CARD, states.Place(ticket(), QueueState.CALLED)),
    events.PlaceUnknown(states.Query(number="A023"), Text("place.unknown.none")),
    ProgressFound(BY_CARD, applications()),
    ProgressUnknown(BY_CARD, Text("progress.unknown.none")),
    SuggestionKept("s-1"),
    SuggestionLost("s-1"),
    ServiceStopped(("service.storage",)),
    ServiceResumed(),
    ServiceResumed(tuple(Closed(one, (PAPER,)) for one in ("apply", "number", "booking"))),
)
EVERYTHING = (*CITIZEN, *WORLD)
ANYTHING = st.sampled_from((*range(200), *EVERYTHING, *(PASS,) * 20))
LISTS = st.lists(ANYTHING, min_size=5, max_size=30)
BEGINNINGS = st.sampled_from((at_rest, at_holder, telling, found, reviewing))
play = partial(any_story.play, conductor(), EVERYTHING)


@given(begin=BEGINNINGS, happenings=LISTS)
def test_whatever_was_begun_idling_leads_home_and_leaves_nothing(
    begin: Any, happenings: list[Any]
) -> None:
    story = left_alone(play(begin(), happenings))
    home = apply_states.OutOfService if story.situation.stopped is not None else None
    story.see(home or apply_states.Welcome)
    assert story.session == Session()


@given(begin=BEGINNINGS, happenings=LISTS)
def test_every_shared_button_that_is_offered_does_something(
    begin: Any, happenings: list[Any]
) -> None:
    story = play(begin(), happenings)
    any_story.does_what_it_offers(conductor(), story, HALL_KIOSK.offers(story.state))


@given(begin=BEGINNINGS, happenings=LISTS)
def test_a_step_leads_only_where_its_row_says(begin: Any, happenings: list[Any]) -> None:
    rows = {(row.state, row.event): row.leads_to for row in HALL_KIOSK.flow.rows()}
    story = play(begin(), happenings)
    for event in EVERYTHING:
        step = HALL_KIOSK.flow.step(story.state, event)
        if step is not None:
            assert type(step.state) in rows[type(story.state), type(event)]


@given(begin=BEGINNINGS, happenings=LISTS)
def test_a_ticket_that_was_found_is_only_ever_the_one_asked_for(
    begin: Any, happenings: list[Any]
) -> None:
    story = begin()
    for one in happenings:
        before = story.state
        play(story, [one])
        fresh = isinstance(story.state, states.SeeingPlace) and story.state is not before
        if fresh and not isinstance(before, states.SeeingPlace):
            assert isinstance(before, states.LookingForTicket)
            assert before.query == BY_CARD
