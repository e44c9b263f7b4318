"""The errand "guide", row by row, and how its states treat the session."""

from typing import Any

from kiosk.flows.application import events as apply_events
from kiosk.flows.application.states import ChoosingDocuments, Welcome
from kiosk.flows.errand import Errand
from kiosk.flows.guide import events, reading, states
from kiosk.flows.machine import Flow
from kiosk.flows.rules import Conduct, Idle, StateRules
from kiosk.flows.slip import SlipAsked, SlipEnded
from kiosk.flows.times import TIMES, Times


def conduct(times: Times = TIMES) -> Conduct:
    """The rules of every state.

    Args:
        times: limits of time.
    """
    idle = Idle(times.quiet_s, times.warning_s)
    return Conduct(
        rules={
            states.ChoosingTopic: StateRules("guide", idle, cancel=True),
            states.ReadingMaterials: StateRules("what_to_bring", idle, cancel=True),
            states.ReadingTopic: StateRules("guide", idle, cancel=True),
            states.ReadingNotices: StateRules("guide", idle, cancel=True),
        },
        citizen_events=events.CITIZEN_EVENTS,
        back=apply_events.BackAsked(),
        at_stake=_nothing,
        idle_at_stake=idle,
    )


def _nothing(_state: Any) -> bool:
    return False


def _table() -> Flow[Any]:
    flow: Flow[Any] = Flow("guide", Welcome())
    choosing, topic = states.ChoosingTopic, states.ReadingTopic
    materials, notices = states.ReadingMaterials, states.ReadingNotices
    back = apply_events.BackAsked
    flow.on(Welcome, events.GuideAsked, reading.begin, (choosing,))
    flow.on(choosing, events.TopicChosen, reading.choose, (topic, materials, notices))
    flow.on(choosing, back, reading.leave, (Welcome,))
    flow.on(materials, events.ReaderChosen, reading.choose_reader)
    flow.on(materials, apply_events.BeginAsked, reading.apply, (ChoosingDocuments,))
    for read in (topic, notices):
        flow.on(read, apply_events.NextAsked, reading.close, (Welcome,))
    for page in (materials, topic, notices):
        flow.on(page, SlipAsked, reading.print_it)
        flow.on(page, SlipEnded, reading.slip_ended)
        flow.on(page, back, reading.leave_page, (choosing,))
    return flow


GUIDE = _table()
GUIDE_ERRAND = Errand(GUIDE, conduct())
