"""Staff at the machine, told as stories: who they are, what they see, what they close."""

from datetime import UTC, datetime

import pytest

from kiosk.flows.application.states import OutOfService, Welcome
from kiosk.flows.application.table import APPLICATION_ERRAND
from kiosk.flows.conductor import Conductor
from kiosk.flows.effects import WipeSession
from kiosk.flows.endorsement import states as endorsing
from kiosk.flows.endorsement.events import BeginAsked
from kiosk.flows.endorsement_machine import ENDORSEMENT_MACHINE
from kiosk.flows.errand import Errand, together
from kiosk.flows.maintenance import effects, events, states
from kiosk.flows.maintenance.reports import REASONS, CaseLine, MachineReport
from kiosk.flows.maintenance.states import Door, Entry, PrinterTrial, Refusal
from kiosk.flows.maintenance.table import maintenance
from kiosk.flows.session import ServiceResumed, ServiceStopped
from kiosk.saga.cases import CaseKind
from tests.kit.flow_script import FlowScript

KEPT = CaseLine("s1-card_kept", "card_kept", 0, True, datetime(2026, 11, 24, tzinfo=UTC))
OWED = CaseLine("s2-cash_owed", "cash_owed", 2000, False, datetime(2026, 11, 24, tzinfo=UTC))
CASES = (KEPT, OWED)
REPORT = MachineReport(software="1", open_cases=2, cash_fen=123_400)
PIN = "294817"


def whole(own: Errand, home: object, *entries: type) -> Conductor:
    errand = together("machine", [own, maintenance(home, entries)])
    return Conductor(errand.flow, errand.conduct)


def at_kiosk() -> FlowScript:
    return FlowScript(whole(APPLICATION_ERRAND, Welcome(), Welcome, OutOfService))


def typed(digits: str) -> list[events.DigitTyped]:
    return [events.DigitTyped(one) for one in digits]


def checking() -> FlowScript:
    story = at_kiosk().do(events.MaintenanceAsked(Door.TOUCH)).see(states.LoggingIn)
    story.expect(effects.ReadOperatorCard())
    story.do(*typed("1001"), events.NextAsked()).see(states.LoggingIn, entry=Entry.PIN)
    story.expect(effects.StopReadingOperatorCard())
    story.do(*typed(PIN), events.NextAsked()).see(states.LoggingIn, checking=True, pin="")
    return story.expect(effects.CheckOperator("1001", PIN, Door.TOUCH))


def inside() -> FlowScript:
    story = checking().do(events.SignedIn("1001")).see(states.ServiceMenu, operator="1001")
    return story.expect(effects.LookAtMachine()).do(events.MachineLooked(REPORT))


def test_number_and_pin_lead_in_and_leaving_leads_out() -> None:
    story = inside().see(states.ServiceMenu, report=REPORT)
    story.do(events.LeaveAsked()).see(Welcome)
    story.expect(effects.SignOut(), effects.StopReadingOperatorCard(), WipeSession())


def test_a_card_says_who_it_is_and_the_pin_is_asked_for_all_the_same() -> None:
    story = at_kiosk().do(events.MaintenanceAsked(Door.SWITCH), events.OperatorCardRead("1002"))
    story.see(states.LoggingIn, entry=Entry.PIN, operator="1002", pin="")
    story.ignore(events.NextAsked())
    story.ignore(events.SignedIn("1002"))


def test_a_strangers_card_is_refused_and_the_reader_waits_again() -> None:
    story = at_kiosk().do(events.MaintenanceAsked(Door.SWITCH), events.OperatorCardRead(""))
    story.see(states.LoggingIn, refusal=Refusal.CARD_UNKNOWN, entry=Entry.OPERATOR)
    story.expect(effects.ReadOperatorCard())


@pytest.mark.parametrize("refusal", list(Refusal))
def test_a_refusal_begins_again_with_nothing_typed(refusal: Refusal) -> None:
    story = checking().do(events.SignInRefused(refusal, 30))
    story.see(states.LoggingIn, refusal=refusal, wait_s=30, operator="", pin="", checking=False)
    story.ignore(events.SignedIn("1001"))


def test_nothing_is_typed_while_a_try_is_checked() -> None:
    story = checking()
    for event in (events.DigitTyped("1"), events.DigitDeleted(), events.NextAsked()):
        story.ignore(event)


def test_another_operators_late_answer_lets_nobody_in() -> None:
    checking().ignore(events.SignedIn("1002"))


@pytest.mark.parametrize("key", ["", "12", "a", "٣", " "])
def test_only_digits_are_typed(key: str) -> None:
    at_kiosk().do(events.MaintenanceAsked(Door.TOUCH)).ignore(events.DigitTyped(key))


def test_a_pin_is_in_no_text_that_could_be_logged() -> None:
    story = checking()
    for shown in (*story.all_effects, states.LoggingIn(pin=PIN)):
        assert PIN not in repr(shown)


def test_nobody_comes_in_during_a_citizens_visit() -> None:
    own = whole(ENDORSEMENT_MACHINE, endorsing.Resting(), endorsing.Resting, endorsing.OutOfService)
    story = FlowScript(own)
    story.do(events.MaintenanceAsked(Door.SWITCH), events.LeaveAsked()).see(endorsing.Resting)
    story.do(BeginAsked(endorsing.Purpose.ENDORSEMENT)).see(endorsing.Starting)
    story.ignore(events.MaintenanceAsked(Door.SWITCH))


def test_the_key_turned_back_logs_out() -> None:
    inside().do(events.SwitchTurnedBack()).see(Welcome).expect(effects.SignOut())


def test_staff_who_walk_away_are_logged_out_and_wiped() -> None:
    story = inside().do(events.CasesAsked(), events.CasesListed(CASES)).see(states.CaseList)
    story.wait(120 + 15 + 1).see(Welcome).expect(effects.SignOut(), WipeSession())


def test_out_of_service_is_where_staff_came_from_and_go_back_to() -> None:
    story = at_kiosk().do(ServiceStopped(("service.card_inside",))).see(OutOfService)
    story.do(events.MaintenanceAsked(Door.TOUCH)).see(states.LoggingIn)
    story.do(events.LeaveAsked()).see(OutOfService, reasons=("service.card_inside",))


def test_a_machine_mended_meanwhile_serves_when_staff_leave() -> None:
    story = at_kiosk().do(ServiceStopped(("service.card_inside",)))
    story.do(events.MaintenanceAsked(Door.TOUCH), ServiceResumed()).see(states.LoggingIn)
    story.do(events.LeaveAsked()).see(Welcome)


def test_a_case_is_closed_with_one_of_its_reasons_and_never_twice() -> None:
    story = inside().do(events.CasesAsked()).see(states.CaseList, cases=None)
    story.expect(effects.ListCases()).do(events.CasesListed(CASES))
    story.do(events.CaseChosen(KEPT.number)).see(states.CaseDetail, case=KEPT, reason="")
    story.ignore(events.NextAsked())
    story.ignore(events.ReasonChosen("money_returned"))
    story.do(events.ReasonChosen("card_returned"), events.NextAsked())
    story.expect(effects.CloseCase(KEPT.number, "card_returned", "1001"))
    story.ignore(events.NextAsked())
    story.ignore(events.BackAsked())
    story.do(events.CaseClosed((OWED,))).see(states.CaseList, cases=(OWED,))
    story.ignore(events.CaseChosen(KEPT.number))


def test_a_case_that_could_not_be_recorded_stays_open() -> None:
    story = inside().do(events.CasesAsked(), events.CasesListed(CASES))
    story.do(events.CaseChosen(OWED.number), events.ReasonChosen("money_returned"))
    story.do(events.NextAsked(), events.CaseNotClosed())
    story.see(states.CaseDetail, trouble=True, closing=False, reason="money_returned")
    story.do(events.NextAsked()).expect(effects.CloseCase(OWED.number, "money_returned", "1001"))


def test_the_cash_box_is_counted_in_whole_yuan() -> None:
    story = inside().do(events.CountAsked()).see(states.CountingCash, expected_fen=123_400)
    story.ignore(events.NextAsked())
    story.do(*typed("01230"), events.NextAsked())
    story.expect(effects.RecordCount(123_000, "1001"))
    story.ignore(events.BackAsked())
    story.do(events.CountRecorded(123_000, 123_400)).see(states.CashCounted, counted_fen=123_000)
    story.do(events.NextAsked()).see(states.ServiceMenu).expect(effects.LookAtMachine())


def test_a_hall_kiosk_has_neither_cases_nor_cash() -> None:
    story = checking().do(events.SignedIn("1001"), events.MachineLooked(MachineReport()))
    story.ignore(events.CasesAsked())
    story.ignore(events.CountAsked())


def test_the_printer_is_tried_once_at_a_time() -> None:
    story = inside().do(events.PrinterTrialAsked()).expect(effects.TryPrinter("1001"))
    story.ignore(events.PrinterTrialAsked())
    story.do(events.PrinterTried(False)).see(states.ServiceMenu, trial=PrinterTrial.FAILED)
    story.do(events.PrinterTrialAsked(), events.PrinterTried(True))
    story.see(states.ServiceMenu, trial=PrinterTrial.PRINTED)


def test_every_kind_of_case_has_ways_to_end() -> None:
    assert set(REASONS) == {kind.value for kind in CaseKind}
    assert all(REASONS.values())
