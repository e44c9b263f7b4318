"""The list of levels and reasons changes at midnight while terminals stand with the old one."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from kiosk.central.contract.ratings import CaseKind
from kiosk.central.rating_book import Answer
from kiosk.central.rating_messages import OwnCase
from kiosk.central.server.ratings import rules
from kiosk.domain.rating import Level
from kiosk.domain.rating_question import Question
from kiosk.policy.loader import Policy, shipped
from kiosk.policy.rating_rows import RatingReason, RatingRules
from kiosk.policy.rows import Row
from tests.kit.ratings import later
from tests.kit.terminal_bed import TerminalBed
from tests.kit.terminal_world import World

LAST = date(2026, 11, 24)
NEXT = LAST + timedelta(days=1)
GONE, NEW = "attitude", "manner"
AFTER_S = 240.0


@pytest.fixture
def two_editions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One list until the last day, then one with a reason gone and another instead."""
    tables: list[Row] = []
    for row in shipped().rows:
        changes: dict[str, str] = {}
        if isinstance(row, RatingRules):
            changes = {"edition": "next"}
        elif isinstance(row, RatingReason) and row.code == GONE:
            changes = {"code": NEW}
        if changes:
            tables.append(row.model_copy(update={"valid_to": LAST}))
            tables.append(row.model_copy(update={**changes, "valid_from": NEXT}))
        else:
            tables.append(row)
    both = Policy(tables, "test")
    monkeypatch.setattr(rules, "shipped", lambda: both)
    rules.rating_policy.cache_clear()
    yield
    rules.rating_policy.cache_clear()


def _before_midnight(world: World) -> None:
    night = world.central.clock.moment.replace(hour=23, minute=58, second=0)
    world.central.clock.moment = night
    world.clock.advance((night - world.clock.now()).total_seconds())


def _past_midnight(world: World) -> None:
    world.clock.advance(AFTER_S)
    later(world.central, seconds=AFTER_S)
    assert world.central.clock.today() == NEXT


def _reasons(question: Question) -> set[str]:
    return {one.code for one in question.choice(Level.DISSATISFIED).reasons}


@pytest.mark.usefixtures("two_editions")
def test_a_terminal_asks_with_the_list_that_its_question_names(
    world: World, bed: TerminalBed
) -> None:
    _before_midnight(world)
    assert GONE in _reasons(world.question_at(bed))
    _past_midnight(world)
    reasons = _reasons(world.question_at(bed))
    assert NEW in reasons
    assert GONE not in reasons


@pytest.mark.usefixtures("two_editions")
def test_an_answer_from_the_old_list_counts_after_it_changed(
    world: World, bed: TerminalBed
) -> None:
    _before_midnight(world)
    bed.options.keep()
    world.away(away=True)
    _past_midnight(world)
    question = bed.book.own_question(OwnCase(CaseKind.APPLICATION, "visit-1", ("passport",)))
    assert question is not None
    bed.book.touched(question.request_id)
    said = Answer(question.request_id, Level.DISSATISFIED, (GONE,), "", "zh_CN")
    assert bed.book.keep(said)
    world.away(away=False)
    world.clock.advance(60)
    assert bed.send() == 0
    (kept,) = world.ratings()
    assert (kept["day"], kept["options_version"]) == (NEXT, "2026.11")
    assert kept["reasons"] == [GONE]
