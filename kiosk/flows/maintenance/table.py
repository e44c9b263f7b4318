"""The errand "maintenance", row by row; the same for every role."""

from collections.abc import Sequence
from typing import Any

from kiosk.flows.effects import WipeSession
from kiosk.flows.errand import Errand
from kiosk.flows.machine import Flow, Step
from kiosk.flows.maintenance import entering, events, states, working
from kiosk.flows.rules import Conduct, Idle, StateRules
from kiosk.flows.times import TIMES, Times

_BACK, _NEXT = events.BackAsked, events.NextAsked
_INSIDE: tuple[type[Any], ...] = (
    states.ServiceMenu,
    states.CaseList,
    states.CaseDetail,
    states.CountingCash,
    states.CashCounted,
)
_EVERY: tuple[type[Any], ...] = (states.LoggingIn, *_INSIDE)


def maintenance(home: object, entries: Sequence[type[Any]], times: Times = TIMES) -> Errand:
    """Maintenance for a role.

    Args:
        home: where its citizens begin; leaving leads there, and on to "out of service" by the
            conductor while the machine may serve nobody.
        entries: types of the states that staff can enter from; nobody's visit is one of them.
        times: limits of time.
    """
    flow: Flow[Any] = Flow("maintenance", home)
    for state in entries:
        flow.on(state, events.MaintenanceAsked, entering.come, (states.LoggingIn,))
    _log_in(flow)
    _look(flow)
    _cases(flow)
    _cash(flow)
    _leave(flow, home)
    return Errand(flow, _conduct(times))


def _log_in(flow: Flow[Any]) -> None:
    here = states.LoggingIn
    flow.on(here, events.DigitTyped, entering.type_digit)
    flow.on(here, events.DigitDeleted, entering.delete_digit)
    flow.on(here, events.EntryCleared, entering.clear)
    flow.on(here, events.OperatorCardRead, entering.card_read)
    flow.on(here, _NEXT, entering.go_on)
    flow.on(here, _BACK, entering.back)
    flow.on(here, events.SignInRefused, entering.refused)
    flow.on(here, events.SignedIn, entering.signed_in, (states.ServiceMenu,))


def _look(flow: Flow[Any]) -> None:
    menu = states.ServiceMenu
    flow.on(menu, events.MachineLooked, working.looked)
    flow.on(menu, _NEXT, working.look_again)
    flow.on(menu, events.PrinterTrialAsked, working.try_printer)
    flow.on(menu, events.PrinterTried, working.printer_tried)


def _cases(flow: Flow[Any]) -> None:
    menu, listing, detail = states.ServiceMenu, states.CaseList, states.CaseDetail
    flow.on(menu, events.CasesAsked, working.list_cases, (listing,))
    flow.on(listing, events.CasesListed, working.listed)
    flow.on(listing, events.CaseChosen, working.choose, (detail,))
    flow.on(listing, _BACK, working.to_menu, (menu,))
    flow.on(detail, events.ReasonChosen, working.choose_reason)
    flow.on(detail, _NEXT, working.close)
    flow.on(detail, events.CaseClosed, working.closed, (listing,))
    flow.on(detail, events.CaseNotClosed, working.not_closed)
    flow.on(detail, _BACK, working.back_to_list, (listing,))


def _cash(flow: Flow[Any]) -> None:
    menu, counting, counted = states.ServiceMenu, states.CountingCash, states.CashCounted
    flow.on(menu, events.CountAsked, working.count, (counting,))
    flow.on(counting, events.DigitTyped, working.type_digit)
    flow.on(counting, events.DigitDeleted, working.delete_digit)
    flow.on(counting, events.EntryCleared, working.clear)
    flow.on(counting, _NEXT, working.record)
    flow.on(counting, events.CountRecorded, working.recorded, (counted,))
    flow.on(counting, events.CountNotRecorded, working.not_recorded)
    flow.on(counting, _BACK, working.to_menu, (menu,))
    flow.on(counted, _NEXT, working.to_menu, (menu,))


def _leave(flow: Flow[Any], home: object) -> None:
    def leave(_state: object, _event: object) -> Step[Any]:
        return Step(home, (*entering.signing_out(), WipeSession()))

    for state in _EVERY:
        flow.on(state, events.LeaveAsked, leave, (type(home),))
        flow.on(state, events.SwitchTurnedBack, leave, (type(home),))


def _conduct(times: Times) -> Conduct:
    idle = Idle(times.staff_quiet_s, times.warning_s)
    rules = StateRules(idle=idle, when_ended=entering.signing_out())
    return Conduct(
        rules=dict.fromkeys(_EVERY, rules),
        citizen_events=events.STAFF_EVENTS,
        back=_BACK(),
        at_stake=lambda _state: False,
        idle_at_stake=idle,
    )
