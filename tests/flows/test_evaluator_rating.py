"""A citizen rates at a window's terminal, or does not."""

import pytest

from kiosk.domain.rating import Level
from kiosk.flows.effects import Speak, StopSpeaking, WipeSession
from kiosk.flows.evaluator import states
from kiosk.flows.evaluator.effects import LookAgain
from kiosk.flows.evaluator.events import Stand, WindowSeen
from kiosk.flows.rating import events
from kiosk.flows.rating import states as rating
from kiosk.flows.rating.effects import KeepRating, NoteAnswered
from kiosk.flows.session import (
    Language,
    LanguageChosen,
    LargeTypeToggled,
    ServiceResumed,
    ServiceStopped,
    Session,
    Touched,
)
from tests.kit.rating_stories import answering, asked, asking, at_rest, question

GIVE = events.RatingGiven()


def test_a_whole_visit_from_greeting_to_thanks() -> None:
    story = at_rest().do(WindowSeen(Stand.SERVING)).see(states.Greeting)
    story.expect(Speak("evaluator.greeting.spoken")).wait(12).see(states.Resting)
    story.do(asking()).see(rating.ChoosingLevel).expect(Speak("rate.level.spoken"))
    story.do(events.LevelChosen(Level.SATISFIED)).expect(NoteAnswered("r-1"))
    story.do(events.ReasonToggled("attitude"), GIVE).see(rating.KeepingRating)
    story.expect(KeepRating("r-1", Level.SATISFIED, ("attitude",)))
    story.do(events.RatingKept("r-1")).see(rating.ThankingForRating, called=False)
    story.wait(5).see(states.Resting).expect(LookAgain())


def test_nobody_is_thanked_before_the_answer_is_durable() -> None:
    story = answering().do(GIVE).see(rating.KeepingRating)
    story.ignore(events.RatingKept("r-0")).wait(4.9).see(rating.KeepingRating)
    assert Speak("rate.thanks.spoken") not in story.all_effects


def test_a_disk_that_does_not_write_is_told_not_thanked() -> None:
    story = answering().do(GIVE, events.RatingLost("r-1")).see(rating.RatingNotKept)
    story.do(events.ApologyRead()).see(states.Resting)


def test_a_disk_that_writes_late_is_thanked_late() -> None:
    story = answering().do(GIVE).wait(5).see(rating.RatingNotKept)
    story.do(events.RatingKept("r-1")).see(rating.ThankingForRating)


def test_silence_sends_nothing() -> None:
    story = asked().wait(29.9).see(rating.ChoosingLevel).wait(0.1).see(states.Resting)
    assert story.count(KeepRating) == 0


def test_the_question_falls_silent_when_a_face_is_touched() -> None:
    asked().do(events.LevelChosen(Level.SATISFIED)).expect(StopSpeaking())


@pytest.mark.parametrize("end", [events.RatingSkipped(), WindowSeen(Stand.SERVING)])
def test_the_question_falls_silent_when_it_is_over(end: object) -> None:
    asked().do(end).expect(WipeSession())


def test_skipping_is_silence() -> None:
    story = asked().do(events.RatingSkipped()).see(states.Resting)
    assert story.count(KeepRating) == 0


def test_a_face_touched_twice_counts_once() -> None:
    story = asked().do(events.LevelChosen(Level.VERY_SATISFIED))
    story.ignore(events.LevelChosen(Level.VERY_DISSATISFIED))
    story.see(rating.ChoosingReasons, level=Level.VERY_SATISFIED)


def test_a_touch_storm_gives_one_answer() -> None:
    story = asked()
    storm = (events.LevelChosen(Level.DISSATISFIED), GIVE, Touched(), events.CallWanted())
    for _ in range(50):
        for touch in storm:
            story.hear(touch)
    assert story.count(KeepRating) == 1


def test_whoever_walks_away_after_a_face_has_answered() -> None:
    story = answering().do(events.ReasonToggled("other")).wait(29).see(rating.ChoosingReasons)
    story.wait(1).expect(KeepRating("r-1", Level.DISSATISFIED, ("other",)))


def test_each_touch_gives_the_whole_time_anew() -> None:
    story = answering().wait(29).do(events.ReasonToggled("other"))
    story.wait(29).see(rating.ChoosingReasons).wait(1).see(rating.KeepingRating)


def test_reasons_can_be_taken_back_and_the_oldest_makes_room() -> None:
    story = answering().do(events.ReasonToggled("efficiency"), events.ReasonToggled("attitude"))
    story.do(events.ReasonToggled("other")).see(
        rating.ChoosingReasons, chosen=("attitude", "other")
    )
    story.do(events.ReasonToggled("other")).see(rating.ChoosingReasons, chosen=("attitude",))
    story.ignore(events.ReasonToggled("nonsense"))


def test_a_face_can_be_reconsidered() -> None:
    story = answering(Level.VERY_DISSATISFIED).do(events.LevelReconsidered())
    story.see(rating.ChoosingLevel).do(events.LevelChosen(Level.VERY_SATISFIED), GIVE)
    story.expect(KeepRating("r-1", Level.VERY_SATISFIED))


@pytest.mark.parametrize("level", list(Level))
def test_only_a_bad_rating_may_ask_to_be_called(level: Level) -> None:
    assert answering(level).hear(events.CallWanted()) == level.is_bad


def test_a_number_is_kept_only_when_it_is_one_and_handed_in() -> None:
    story = answering().do(events.CallWanted(), events.PhoneTyped("1380000"), GIVE)
    story.see(rating.LeavingPhone, unfit=True).do(events.PhoneTyped("13800000001"))
    story.see(rating.LeavingPhone, unfit=False).do(GIVE)
    story.expect(KeepRating("r-1", Level.DISSATISFIED, (), "13800000001"))
    story.do(events.RatingKept("r-1")).see(rating.ThankingForRating, called=True)


def test_a_number_left_half_typed_is_forgotten_but_the_answer_is_not() -> None:
    story = answering().do(events.CallWanted(), events.PhoneTyped("13800000001")).wait(60)
    story.expect(KeepRating("r-1", Level.DISSATISFIED))
    assert "13800000001" not in repr(story.all_effects)


def test_no_call_after_all() -> None:
    answering().do(events.CallWanted(), events.PhoneTyped("1"), events.CallWithdrawn()).see(
        rating.ChoosingReasons
    )


def test_a_question_ends_when_the_next_case_begins_and_that_citizen_is_greeted() -> None:
    story = asked().do(LanguageChosen(Language.EN), WindowSeen(Stand.SERVING))
    story.expect(LookAgain()).ignore(events.LevelChosen(Level.VERY_SATISFIED))
    assert (story.count(KeepRating), story.session) == (0, Session())
    story.do(WindowSeen(Stand.SERVING)).see(states.Greeting)


def test_a_question_ends_when_the_window_closes() -> None:
    story = asked().do(WindowSeen(Stand.PAUSED)).expect(LookAgain())
    story.do(WindowSeen(Stand.PAUSED)).see(states.Paused)
    assert story.count(KeepRating) == 0


def test_whoever_has_touched_a_face_may_finish_when_the_next_case_begins() -> None:
    story = answering().do(WindowSeen(Stand.SERVING)).see(rating.ChoosingReasons).do(GIVE)
    story.do(events.RatingKept("r-1")).see(rating.ThankingForRating)


def test_whoever_has_touched_a_face_may_finish_when_the_window_closes() -> None:
    story = answering().do(WindowSeen(Stand.PAUSED)).see(rating.ChoosingReasons)
    story.do(GIVE, events.RatingKept("r-1")).wait(5).see(states.Resting).expect(LookAgain())
    story.do(WindowSeen(Stand.PAUSED)).see(states.Paused)


def test_a_new_citizen_is_not_shown_what_the_last_one_says() -> None:
    story = answering().do(events.CallWanted(), events.PhoneTyped("138")).do(asking("r-2", 20))
    story.see(rating.ChoosingLevel, question=question("r-2", 20))
    story.expect(KeepRating("r-1", Level.DISSATISFIED)).ignore(events.RatingKept("r-1"))
    story.wait(20).see(states.Resting)


def test_a_newer_question_has_its_own_time() -> None:
    asked().wait(25).do(asking("r-2", 30)).wait(29).see(rating.ChoosingLevel)


def test_the_same_question_seen_again_changes_nothing() -> None:
    asked().wait(20).do(asking()).wait(9.9).see(rating.ChoosingLevel).wait(0.1).see(states.Resting)


def test_a_question_comes_even_while_somebody_is_thanked() -> None:
    answering().do(GIVE, events.RatingKept("r-1"), asking("r-2")).see(rating.ChoosingLevel)


def test_language_and_look_go_back_after_each_citizen() -> None:
    story = asked().do(LanguageChosen(Language.EN), LargeTypeToggled())
    story.do(events.LevelChosen(Level.SATISFIED), GIVE, events.RatingKept("r-1")).wait(5)
    assert story.session == Session()


def test_a_paused_terminal_stays_paused_when_its_language_goes_back() -> None:
    story = at_rest().do(WindowSeen(Stand.PAUSED), LanguageChosen(Language.EN)).wait(45)
    story.expect(LookAgain()).do(WindowSeen(Stand.PAUSED)).see(states.Paused)
    assert story.session == Session()


def test_a_terminal_that_cannot_write_asks_nobody() -> None:
    story = at_rest().do(ServiceStopped(("service.storage",)), asking())
    story.see(states.Paused, reasons=("service.storage",))
    story.do(ServiceResumed()).see(states.Resting).expect(LookAgain())


def test_a_disk_that_fails_during_an_answer_pauses_the_terminal_afterwards() -> None:
    story = answering().do(ServiceStopped(("service.storage",)), GIVE, events.RatingLost("r-1"))
    story.do(events.ApologyRead()).see(states.Paused, reasons=("service.storage",))
