"""The last step at a hall kiosk: rate the errand, or go on."""

from kiosk.domain.rating import CaseKind, Level
from kiosk.flows.application import events, states
from kiosk.flows.conductor import Conductor
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.flows.rating import events as rating
from kiosk.flows.rating import states as rating_states
from kiosk.flows.rating.effects import AskForRating, KeepRating
from kiosk.flows.session import Touched
from tests.kit.applicants import ticket
from tests.kit.flow_script import FlowScript
from tests.kit.rating_stories import question


def thanked() -> FlowScript:
    """A citizen who has just taken a ticket."""
    story = FlowScript(Conductor(HALL_KIOSK.flow, HALL_KIOSK.conduct))
    taken = states.Thanks("A001", ticket().ticket_id, ticket().services)
    story.situation = story.situation.__class__(taken)
    return story


def test_the_errand_that_was_just_done_is_rated() -> None:
    story = thanked().do(rating.RatingWanted())
    story.expect(AskForRating(CaseKind.APPLICATION, ticket().ticket_id, ticket().services))
    story.do(rating.RatingAsked(question("own-t-1"))).see(rating_states.ChoosingLevel)
    story.do(rating.LevelChosen(Level.SATISFIED), rating.RatingGiven())
    story.expect(KeepRating("own-t-1", Level.SATISFIED))
    story.do(rating.RatingKept("own-t-1")).wait(5).see(states.Welcome)


def test_nobody_need_rate() -> None:
    story = thanked().do(events.NextAsked()).see(states.Welcome)
    assert story.count(AskForRating) == 0
    story.ignore(rating.RatingAsked(question()))


def test_a_touch_beside_the_buttons_does_not_take_the_question_away() -> None:
    thanked().do(Touched()).see(states.Thanks)


def test_a_double_touch_asks_once() -> None:
    story = thanked().do(rating.RatingWanted(), rating.RatingWanted())
    story.do(rating.RatingAsked(question())).ignore(rating.RatingAsked(question()))


def test_where_nothing_was_served_nothing_is_rated() -> None:
    story = thanked()
    story.situation = story.situation.__class__(states.Thanks("A001"))
    story.ignore(rating.RatingWanted())
