"""The last step at an endorsement machine: rate what was made, or go on."""

import pytest

from kiosk.domain.rating import CaseKind, Level
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.flows.conductor import Conductor
from kiosk.flows.effects import WipeSession
from kiosk.flows.endorsement import events, states
from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.rating import events as rating
from kiosk.flows.rating import states as rating_states
from kiosk.flows.rating.effects import AskForRating, KeepRating
from tests.kit.flow_script import FlowScript
from tests.kit.rating_stories import question

MADE = Ended(Outcome.MADE, slip=True, slip_number="S1", order_id="order1")


def at_the_end(ended: Ended = MADE) -> FlowScript:
    """A citizen who reads how it ended."""
    story = FlowScript(Conductor(ENDORSEMENT_MACHINE.flow, ENDORSEMENT_MACHINE.conduct))
    story.situation = story.situation.__class__(states.Finished(ended))
    return story


def test_the_endorsement_that_was_just_made_is_rated() -> None:
    story = at_the_end().do(rating.RatingWanted())
    story.expect(AskForRating(CaseKind.ENDORSEMENT, "order1"))
    story.do(rating.RatingAsked(question("own-o-1"))).see(rating_states.ChoosingLevel)
    story.do(rating.LevelChosen(Level.DISSATISFIED), rating.RatingGiven())
    story.expect(KeepRating("own-o-1", Level.DISSATISFIED))
    story.do(rating.RatingKept("own-o-1")).see(rating_states.ThankingForRating)
    story.wait(5).see(states.Resting).expect(WipeSession())


def test_nobody_need_rate() -> None:
    story = at_the_end().do(events.NextAsked()).see(states.Resting)
    assert story.count(AskForRating) == 0
    story.ignore(rating.RatingAsked(question()))


def test_who_walks_away_from_the_question_leaves_a_machine_that_rests() -> None:
    story = at_the_end().do(rating.RatingWanted(), rating.RatingAsked(question()))
    story.wait(31).see(states.Resting).expect(WipeSession())
    assert story.count(KeepRating) == 0


@pytest.mark.parametrize(
    "ended",
    [
        Ended(Outcome.TURNED_BACK, "citizen", given_back_fen=3000, slip=True, order_id="order1"),
        Ended(Outcome.CARD_KEPT, "idle", case_id="order1-card_kept", slip=True, order_id="order1"),
    ],
    ids=["money given back", "card kept"],
)
def test_what_went_wrong_after_approval_can_be_rated(ended: Ended) -> None:
    at_the_end(ended).do(rating.RatingWanted()).expect(AskForRating(CaseKind.ENDORSEMENT, "order1"))


@pytest.mark.parametrize(
    "ended",
    [
        Ended(Outcome.TURNED_BACK, "refused", windows=("3",)),
        Ended(Outcome.MADE, case_id="order1-not_verified", slip_number="S1", order_id="order1"),
    ],
    ids=["nothing was approved", "only the screen tells the number of the case"],
)
def test_where_there_is_nothing_to_rate_or_something_to_note_nobody_is_asked(ended: Ended) -> None:
    at_the_end(ended).ignore(rating.RatingWanted())
