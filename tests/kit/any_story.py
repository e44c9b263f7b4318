"""Stories in which anything happens in any order."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kiosk.flows.application.events import BackAsked
from kiosk.flows.conductor import Conductor
from kiosk.flows.session import CancelAsked, HelpAsked, Offers, Session
from tests.kit.flow_script import FlowScript

PASS = "time passes"
"""Not an event: the next timer rings."""
_MOST_TIMERS = 200


def play(
    rules: Conductor, everything: Sequence[object], story: FlowScript, happenings: Sequence[Any]
) -> FlowScript:
    """Let things happen.

    Args:
        rules: of the errand.
        everything: events to pick from.
        story: so far.
        happenings: each an event, `PASS`, or a number that picks among what is expected then.
    """
    for one in happenings:
        happening = one
        if isinstance(one, int):
            welcome = [
                event for event in everything if rules.apply(story.situation, event).expected
            ]
            happening = welcome[one % len(welcome)]
        if happening is not PASS:
            story.hear(happening)
        elif story.running:
            story.ring_next()
    return story


def left_alone(story: FlowScript) -> FlowScript:
    """Nobody comes any more; every timer rings until none runs."""
    for _ in range(_MOST_TIMERS):
        if not story.running:
            break
        story.ring_next()
    return story


def does_what_it_offers(rules: Conductor, story: FlowScript, offered: Offers) -> None:
    """The buttons that all screens share do something where they are offered, and nowhere else."""
    bare = replace(story.situation, session=Session())
    promised = (
        (offered.back, BackAsked()),
        (offered.cancel, CancelAsked()),
        (bool(offered.help_topic), HelpAsked()),
    )
    for is_offered, event in promised:
        outcome = rules.apply(bare, event)
        assert outcome.expected is is_offered
        assert (outcome.situation != bare) is is_offered
