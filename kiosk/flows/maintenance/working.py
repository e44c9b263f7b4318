"""What staff do once they are in."""

from dataclasses import replace
from typing import Any

from kiosk.flows.machine import Step
from kiosk.flows.maintenance import events, states
from kiosk.flows.maintenance.effects import (
    CloseCase,
    ListCases,
    LookAtMachine,
    RecordCount,
    TryPrinter,
)
from kiosk.flows.maintenance.reports import REASONS
from kiosk.flows.maintenance.states import (
    CaseDetail,
    CaseList,
    CashCounted,
    CountingCash,
    PrinterTrial,
    ServiceMenu,
)

SUM_DIGITS = 6
"""Most digits of a count in whole yuan; notes have no smaller part."""
FEN_OF_YUAN = 100


def looked(state: ServiceMenu, event: events.MachineLooked) -> Step[Any]:
    """Show the machine."""
    return Step(replace(state, report=event.report))


def look_again(state: ServiceMenu, _event: events.NextAsked) -> Step[Any]:
    """Ask everything once more."""
    return Step(state, (LookAtMachine(),))


def try_printer(state: ServiceMenu, _event: events.PrinterTrialAsked) -> Step[Any] | None:
    """One at a time."""
    if state.trial is PrinterTrial.UNDER_WAY:
        return None
    under_way = replace(state, trial=PrinterTrial.UNDER_WAY)
    return Step(under_way, (TryPrinter(state.operator),))


def printer_tried(state: ServiceMenu, event: events.PrinterTried) -> Step[Any] | None:
    """It came out, or not."""
    if state.trial is not PrinterTrial.UNDER_WAY:
        return None
    ended = PrinterTrial.PRINTED if event.printed else PrinterTrial.FAILED
    return Step(replace(state, trial=ended), (LookAtMachine(),))


def list_cases(state: ServiceMenu, _event: events.CasesAsked) -> Step[Any] | None:
    """Read the open cases, where a machine has any."""
    if state.report is None or state.report.open_cases is None:
        return None
    return Step(CaseList(state.operator), (ListCases(),))


def listed(state: CaseList, event: events.CasesListed) -> Step[Any]:
    """Show them."""
    return Step(replace(state, cases=event.cases))


def choose(state: CaseList, event: events.CaseChosen) -> Step[Any] | None:
    """Show one of those that are listed."""
    cases = state.cases or ()
    found = next((one for one in cases if one.number == event.number), None)
    return Step(CaseDetail(state.operator, cases, found)) if found else None


def choose_reason(state: CaseDetail, event: events.ReasonChosen) -> Step[Any] | None:
    """How it ended: one of those that a case of this kind can have."""
    if state.closing or event.reason not in REASONS.get(state.case.kind, ()):
        return None
    return Step(replace(state, reason=event.reason, trouble=False))


def close(state: CaseDetail, _event: events.NextAsked) -> Step[Any] | None:
    """Close it; never without a reason, never twice."""
    if state.closing or not state.reason:
        return None
    closing = replace(state, closing=True, trouble=False)
    return Step(closing, (CloseCase(state.case.number, state.reason, state.operator),))


def closed(state: CaseDetail, event: events.CaseClosed) -> Step[Any] | None:
    """On to those that are left."""
    return Step(CaseList(state.operator, event.cases)) if state.closing else None


def not_closed(state: CaseDetail, _event: events.CaseNotClosed) -> Step[Any] | None:
    """Nothing was recorded; it may be tried again."""
    return Step(replace(state, closing=False, trouble=True)) if state.closing else None


def back_to_list(state: CaseDetail, _event: events.BackAsked) -> Step[Any] | None:
    """Leave the case open."""
    return None if state.closing else Step(CaseList(state.operator, state.cases))


def to_menu(
    state: CaseList | CountingCash | CashCounted, _event: events.BackAsked | events.NextAsked
) -> Step[Any] | None:
    """Back to the menu, which looks at the machine again."""
    if isinstance(state, CountingCash) and state.recording:
        return None
    return Step(ServiceMenu(state.operator), (LookAtMachine(),))


def count(state: ServiceMenu, _event: events.CountAsked) -> Step[Any] | None:
    """The box is out; only a machine with a cash box has one."""
    if state.report is None or state.report.cash_fen is None:
        return None
    return Step(CountingCash(state.operator, state.report.cash_fen))


def type_digit(state: CountingCash, event: events.DigitTyped) -> Step[Any] | None:
    """One more digit of the sum; a leading zero is none."""
    good = len(event.digit) == 1 and event.digit.isascii() and event.digit.isdigit()
    if state.recording or not good or len(state.typed) >= SUM_DIGITS:
        return None
    typed = event.digit if state.typed == "0" else state.typed + event.digit
    return Step(replace(state, typed=typed, trouble=False))


def delete_digit(state: CountingCash, _event: events.DigitDeleted) -> Step[Any] | None:
    """One less."""
    if state.recording or not state.typed:
        return None
    return Step(replace(state, typed=state.typed[:-1], trouble=False))


def clear(state: CountingCash, _event: events.EntryCleared) -> Step[Any] | None:
    """None left."""
    return None if state.recording else Step(replace(state, typed="", trouble=False))


def record(state: CountingCash, _event: events.NextAsked) -> Step[Any] | None:
    """Record what was counted, right or not: a difference is a fact as well."""
    if state.recording or not state.typed:
        return None
    counted_fen = int(state.typed) * FEN_OF_YUAN
    recording = replace(state, recording=True, trouble=False)
    return Step(recording, (RecordCount(counted_fen, state.operator),))


def recorded(state: CountingCash, event: events.CountRecorded) -> Step[Any] | None:
    """Show both sums."""
    if not state.recording:
        return None
    return Step(states.CashCounted(state.operator, event.counted_fen, event.expected_fen))


def not_recorded(state: CountingCash, _event: events.CountNotRecorded) -> Step[Any] | None:
    """Nothing was recorded; it may be tried again."""
    return Step(replace(state, recording=False, trouble=True)) if state.recording else None
