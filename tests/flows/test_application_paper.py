"""A number was given: whatever the printer does, the citizen leaves with it."""

import pytest

from kiosk.domain.text import Text
from kiosk.flows.application import events, states
from kiosk.flows.application.states import PaperTrouble
from kiosk.flows.effects import CallStaff, PrintTicket, SettleTicket, WipeSession
from kiosk.flows.session import CancelAsked
from tests.kit.applicants import ticket
from tests.kit.application_stories import printing, reviewing

SHOWN = SettleTicket("t-1", "shown")
TAKEN = SettleTicket("t-1", "taken")


@pytest.mark.parametrize("trouble", list(PaperTrouble))
def test_no_paper_calls_staff_and_waits_for_the_printer(trouble: PaperTrouble) -> None:
    story = printing().do(events.TicketNotPrinted("t-1", trouble))
    story.see(states.WaitingForPaper, trouble=trouble, tries=1, copy=False)
    story.expect(CallStaff("session.staff.no_paper", "t-1"))
    story.do(events.PrinterReady()).expect(PrintTicket(ticket(), copy=False))
    story.see(states.PrintingTicket, tries=1).do(events.TicketPrinted("t-1"), events.PaperTaken())
    assert [one for one in story.all_effects if isinstance(one, SettleTicket)] == [TAKEN]


def test_doubtful_paper_is_followed_by_a_copy_that_says_so() -> None:
    story = printing().do(events.TicketDoubtful("t-1", PaperTrouble.LINK_LOST))
    story.see(states.WaitingForPaper, copy=True).do(events.NextAsked())
    story.expect(PrintTicket(ticket(), copy=True))
    story.do(events.TicketNotPrinted("t-1", PaperTrouble.PAPER_OUT))
    story.see(states.WaitingForPaper, copy=True, tries=2)


def test_a_printer_that_never_answers_may_have_printed() -> None:
    story = printing().wait(30)
    story.see(states.WaitingForPaper, trouble=PaperTrouble.LINK_LOST, copy=True)
    story.do(events.TicketPrinted("t-1")).see(states.TakingTicket)


def test_nobody_waits_for_paper_for_ever() -> None:
    story = printing().do(events.TicketNotPrinted("t-1", PaperTrouble.JAMMED)).wait(60)
    story.see(states.ShowingNumber).wait(60).see(states.Thanks).wait(8).see(states.Welcome)
    assert [one for one in story.all_effects if isinstance(one, SettleTicket)] == [SHOWN]
    assert CallStaff("session.staff.number_shown", "t-1") in story.all_effects
    assert story.count(WipeSession) == 1


def test_whoever_does_not_want_to_wait_sees_the_number() -> None:
    story = printing().do(events.TicketNotPrinted("t-1", PaperTrouble.JAMMED))
    story.do(events.ShowNumberAsked()).see(states.ShowingNumber).expect(SHOWN)
    story.do(events.NextAsked()).see(states.Thanks).expect(WipeSession())


def test_a_printer_that_fails_again_and_again_ends_in_the_number_shown() -> None:
    story = printing()
    for _ in range(3):
        story.do(events.TicketNotPrinted("t-1", PaperTrouble.HARDWARE), events.PrinterReady())
    story.do(events.TicketNotPrinted("t-1", PaperTrouble.HARDWARE)).see(states.ShowingNumber)
    assert story.count(PrintTicket) == 4


def test_another_tickets_outcome_is_not_this_ones() -> None:
    story = printing().ignore(events.TicketPrinted("t-0"))
    story.ignore(events.TicketNotPrinted("t-0", PaperTrouble.JAMMED))
    story.ignore(events.TicketDoubtful("t-0", PaperTrouble.JAMMED)).see(states.PrintingTicket)


def test_late_outcomes_change_nothing() -> None:
    story = printing().do(events.TicketPrinted("t-1"))
    story.ignore(events.TicketDoubtful("t-1", PaperTrouble.LINK_LOST))
    story.do(events.PaperTaken()).ignore(events.TicketPrinted("t-1"))


def test_from_the_submission_on_nobody_can_cancel() -> None:
    story = reviewing().do(events.SubmitAsked("v-1")).ignore(CancelAsked())
    story.do(events.TicketIssued(ticket())).ignore(CancelAsked())
    story.do(events.TicketNotPrinted("t-1", PaperTrouble.JAMMED)).ignore(CancelAsked())


def test_no_number_sends_the_person_to_the_desk_with_the_kept_application() -> None:
    reason = Text("apply.no_number.away")
    story = reviewing().do(events.SubmitAsked("v-1"), events.NumberUnavailable(reason, "K7-21"))
    story.see(states.WithoutNumber, reason=reason, reference="K7-21")
    story.expect(CallStaff("session.staff.no_number", "K7-21"))
    story.do(events.NextAsked()).see(states.Welcome).expect(WipeSession())


def test_a_number_that_comes_too_late_is_still_printed() -> None:
    story = reviewing().do(events.SubmitAsked("v-1")).wait(45).see(states.WithoutNumber)
    story.do(events.TicketIssued(ticket())).see(states.PrintingTicket)
    assert story.running == {"printing"}


def test_the_desks_answer_stays_until_it_can_be_read() -> None:
    story = reviewing().do(events.SubmitAsked("v-1"), events.NumberUnavailable(Text("x.y.z")))
    story.wait(59).see(states.WithoutNumber).wait(1).see(states.Welcome).expect(WipeSession())
