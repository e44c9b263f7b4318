"""How far an application is: only the applicant's own card opens it, and every question ends."""

from kiosk.domain.text import Text
from kiosk.flows.application import events as apply_events
from kiosk.flows.application import states as apply_states
from kiosk.flows.effects import ReadIdCard, StopReadingIdCard, SubmitApplication, WipeSession
from kiosk.flows.ticket import events, states
from kiosk.flows.ticket.effects import FindApplications
from tests.kit.applicants import ADULT, ELDER, TODAY
from tests.kit.flow_script import FlowScript
from tests.kit.visit_stories import applications, at_rest

BY_CARD = states.Query(holder_number=ADULT.number)


def by_card() -> FlowScript:
    story = at_rest().do(events.ProgressAsked()).expect(ReadIdCard())
    story.do(apply_events.CardFound(), apply_events.CardRead(ADULT, TODAY))
    return story.expect(FindApplications(BY_CARD)).see(states.LookingForApplications)


def test_a_card_shows_its_holders_applications_and_nothing_stays() -> None:
    story = by_card().do(events.ProgressFound(BY_CARD, applications()))
    story.see(states.SeeingProgress, applications=applications())
    story.do(apply_events.NextAsked()).see(apply_states.Welcome).expect(WipeSession())


def test_what_is_read_does_not_stay_on_the_screen() -> None:
    story = by_card().do(events.ProgressFound(BY_CARD, applications()))
    story.wait(75).see(apply_states.Welcome).expect(WipeSession())


def test_without_a_card_nobody_is_shown_anything_but_the_enquiry_window() -> None:
    story = at_rest().do(events.ProgressAsked(), events.WithoutCardAsked(TODAY))
    story.expect(StopReadingIdCard()).expect_none(FindApplications)
    story.see(states.NothingFound, reason=Text("progress.unknown.card"))
    story.do(apply_events.EnquiryTicketAsked("v-1"))
    story.expect(SubmitApplication("v-1", None, ("enquiry",)))


def test_no_application_is_an_answer_too() -> None:
    none = Text("progress.unknown.none")
    by_card().do(events.ProgressUnknown(BY_CARD, none)).see(states.NothingFound, reason=none)


def test_central_away_is_said() -> None:
    by_card().wait(12).see(states.NothingFound, reason=Text("progress.unknown.away"))


def test_an_answer_to_the_person_before_shows_nothing_to_the_next() -> None:
    other = states.Query(holder_number=ELDER.number)
    story = by_card().ignore(events.ProgressFound(other, applications()))
    story.ignore(events.ProgressUnknown(other, Text("progress.unknown.none")))


def test_the_card_screen_leads_back_home() -> None:
    story = at_rest().do(events.ProgressAsked()).see(states.WaitingForHolder)
    story.do(apply_events.BackAsked()).see(apply_states.Welcome)
