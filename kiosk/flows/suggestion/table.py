"""The errand "suggestion", row by row, and how its states treat the session."""

from typing import Any

from kiosk.flows.application.events import BackAsked, NextAsked
from kiosk.flows.application.states import Welcome
from kiosk.flows.errand import Errand
from kiosk.flows.machine import Flow
from kiosk.flows.rules import Conduct, Idle, Limit, StateRules
from kiosk.flows.session import TimerRang
from kiosk.flows.suggestion import events, states, writing
from kiosk.flows.times import TIMES, Times


def conduct(times: Times = TIMES) -> Conduct:
    """The rules of every state.

    Args:
        times: limits of time.
    """
    idle = Idle(times.quiet_s, times.warning_s)
    keeping = Limit("keeping", times.rating_keeping_s)
    return Conduct(
        rules={
            states.WritingSuggestion: StateRules("suggestion", idle, cancel=True),
            states.LeavingContact: StateRules("suggestion", idle, cancel=True),
            states.KeepingSuggestion: StateRules(limit=keeping),
            states.SuggestionEnded: StateRules(
                limit=Limit("read", times.finished_s), farewell=True
            ),
        },
        citizen_events=events.CITIZEN_EVENTS,
        back=BackAsked(),
        at_stake=_something_written,
        idle_at_stake=Idle(times.quiet_s, times.warning_personal_s),
    )


def _something_written(state: Any) -> bool:
    if isinstance(state, states.WritingSuggestion):
        return bool(state.field.value)
    return isinstance(state, states.LeavingContact)


def _table() -> Flow[Any]:
    flow: Flow[Any] = Flow("suggestion", Welcome())
    text, phone = states.WritingSuggestion, states.LeavingContact
    keeping, ended = states.KeepingSuggestion, states.SuggestionEnded
    flow.on(Welcome, events.SuggestionAsked, writing.begin, (text,))
    flow.on(text, events.SuggestionTyped, writing.type_text)
    flow.on(text, NextAsked, writing.written, (text, phone))
    flow.on(text, BackAsked, writing.leave, (Welcome,))
    flow.on(phone, events.SuggestionTyped, writing.type_phone)
    flow.on(phone, NextAsked, writing.hand_in, (phone, keeping))
    flow.on(phone, BackAsked, writing.back_to_text, (text,))
    for kept_in in (keeping, ended):
        flow.on(kept_in, events.SuggestionKept, writing.kept, (ended,))
    flow.on(keeping, events.SuggestionLost, writing.lost, (ended,))
    flow.on(keeping, TimerRang, writing.lost, (ended,))
    flow.on(ended, NextAsked, writing.close, (Welcome,))
    flow.on(ended, TimerRang, writing.close, (Welcome,))
    return flow


SUGGESTION = _table()
SUGGESTION_ERRAND = Errand(SUGGESTION, conduct())
