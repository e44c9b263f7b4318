"""Any sequence of acts by many clerks and kiosks keeps the laws of the queue."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from kiosk.central.server import lines
from kiosk.central.server.queue import acts
from kiosk.domain.queueing import MOVES, Move, QueueState
from tests.kit.queue_days import QueueDay

DAYS = int(os.environ.get("KIOSK_QUEUE_DAYS", "12"))
"""in the suite; a night's run may have more"""


def test_every_sequence_of_acts_keeps_the_laws(migrated_file: Path) -> None:
    QueueDay.template = migrated_file
    run_state_machine_as_test(
        QueueDay,
        settings=settings(
            max_examples=DAYS,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_laws_find_a_planted_mistake(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queue that calls the last first is found out."""
    QueueDay.template = migrated_file
    taken = lines.moment_ms
    monkeypatch.setattr(
        lines.QueuePolicy, "place_ms", lambda _self, taken_at, _class: -taken(taken_at)
    )
    day = QueueDay()
    day.open_up()
    day.take(["passport"], None, False)
    day.hall.later(3)
    day.take(["passport"], None, False)
    with pytest.raises(AssertionError, match="out of order"):
        day.call("1")
    day.teardown()


def test_the_laws_find_an_end_that_is_noted_twice(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    QueueDay.template = migrated_file
    ended = QueueState.FINISHED
    monkeypatch.setitem(MOVES, (ended, Move.FINISH), ended)
    day = QueueDay()
    day.open_up()
    only = day.hall.take("passport").ticket_id
    day.call("1")
    day.clerks["1"].serve(only)
    day.clerks["1"].act(only, Move.FINISH)
    with pytest.raises(AssertionError, match="no lawful reason"):
        day.teardown()


def test_the_laws_find_a_service_that_is_served_twice(
    migrated_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ticket that goes on from one service to the next comes back to the first."""
    QueueDay.template = migrated_file
    effect = acts._EFFECTS[Move.ADVANCE]
    same = {"services_left": ["hk_macao_permit"], "service_id": "passport"}
    monkeypatch.setitem(acts._EFFECTS, Move.ADVANCE, lambda scene: {**effect(scene), **same})
    day = QueueDay()
    day.open_up()
    only = day.hall.take("passport", "hk_macao_permit").ticket_id
    for _ in range(2):
        day.call("1")
        day.clerks["1"].serve(only)
    with pytest.raises(AssertionError, match="served twice"):
        day.teardown()
