"""What central says about an application becomes a citizen's words, and no more than that."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from kiosk.central.answer import Answered, Cause, Outcome, Refused, Unreachable
from kiosk.central.contract import (
    ApplicationProgress,
    DocumentProgress,
    ErrorCode,
    HolderApplications,
    HolderApplicationsIn,
    Problem,
)
from kiosk.central.desk_messages import Machine
from kiosk.domain.progress import Progress
from kiosk.domain.text import Text
from kiosk.flows.ticket.effects import FindApplications
from kiosk.flows.ticket.events import ProgressFound, ProgressUnknown
from kiosk.flows.ticket.progress import LATE
from kiosk.flows.ticket.standing import Standing
from kiosk.flows.ticket.states import Query
from kiosk.runtime.progress_task import NONE, ProgressTask, standing
from tests.kit.fake_clock import MORNING, FakeClock
from tests.kit.visit_stories import AtOnce

QUERY = Query(holder_number="42029919900101006X")
TODAY = MORNING.date()


def document(state: Progress, **more: Any) -> DocumentProgress:
    told: dict[str, Any] = {"expected": None, "lacks": None, "courier": False, "windows": ("7",)}
    return DocumentProgress(kind="passport", state=state, since=MORNING, **{**told, **more})


def answer(told: Outcome[HolderApplications]) -> object:
    asked: list[HolderApplicationsIn] = []
    heard: list[object] = []

    def applications(one: HolderApplicationsIn) -> Outcome[HolderApplications]:
        asked.append(one)
        return told

    services: Any = AtOnce()
    machine = Machine("K-1", "hs-1")
    ProgressTask(machine, applications, FakeClock(), services, heard.append).find(
        FindApplications(QUERY)
    )
    assert [one.holder_number for one in asked] == [QUERY.holder_number]
    (found,) = heard
    return found


def test_a_holder_sees_each_document_with_what_comes_next() -> None:
    application = ApplicationProgress(
        application_id="a-1",
        hall_id="hs-1",
        hall_names={"zh_CN": "大厅"},
        received_at=MORNING - timedelta(days=2),
        documents=(document(Progress.READY),),
    )
    found = answer(Answered(HolderApplications(applications=(application,))))
    assert isinstance(found, ProgressFound)
    assert found.query == QUERY
    (one,) = found.applications
    assert one.received == TODAY - timedelta(days=2)
    (seen,) = one.documents
    assert (seen.state, seen.next_step, seen.windows) == (
        Progress.READY,
        "progress.next.ready",
        ("7",),
    )


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (Answered(HolderApplications(applications=())), NONE),
        (Refused(422, Problem(code=ErrorCode.UNKNOWN_HALL)), NONE),
        (Unreachable(Cause.CONNECT), LATE),
    ],
    ids=["none", "refused", "away"],
)
def test_without_an_application_the_reason_is_said(
    told: Outcome[HolderApplications], reason: Text
) -> None:
    assert answer(told) == ProgressUnknown(QUERY, reason)


@pytest.mark.parametrize(
    ("expected", "late"),
    [(TODAY, False), (TODAY - timedelta(days=1), True), (None, False)],
)
def test_a_term_that_is_over_is_owned_up_to(expected: date | None, late: bool) -> None:
    seen = standing(document(Progress.MAKING, expected=expected), TODAY)
    assert (seen.expected, seen.late) == (expected, late)


@pytest.mark.parametrize("state", [Progress.READY, Progress.COLLECTED])
def test_nobody_is_sent_to_a_window_for_what_the_courier_brings(state: Progress) -> None:
    seen = standing(document(state, courier=True, windows=()), TODAY)
    assert seen.next_step == f"progress.next.{state.value}_courier"


def test_a_hall_that_is_gone_sends_people_to_the_enquiry_window() -> None:
    seen = standing(document(Progress.RETURNED, lacks="photo", windows=()), TODAY)
    assert seen.next_step == "progress.next.ask"
    with_window = standing(document(Progress.RETURNED, lacks="photo"), TODAY)
    assert replace(seen, next_step="", windows=()) == replace(with_window, next_step="", windows=())
    assert with_window == Standing(
        "passport",
        Progress.RETURNED,
        TODAY,
        "progress.next.returned",
        ("7",),
        "progress.lacks.photo",
    )
