"""A device's thread: calls in order, and exactly one outcome for each, whatever happens."""

import logging
import threading
from collections.abc import Iterator

import pytest

from hardware.errors import CancelledError, FaultyDriverError, NoAnswerError, OverdueError
from hardware.interfaces.device import Cancel
from hardware.worker import DeviceWorker, Done, Failed, Outcome, Overdue, Withdrawn
from tests.kit.patience import PATIENCE_S, Ear, until

Heard = Ear[Outcome[object]]


@pytest.fixture
def worker() -> Iterator[DeviceWorker]:
    worker = DeviceWorker("reader", come_back_s=0.05)
    yield worker
    assert worker.close(PATIENCE_S)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Opens by itself at the end, so that no thread is left behind."""
    gate = threading.Event()
    yield gate
    gate.set()


def hang(gate: threading.Event) -> str:
    """A call that heeds no cancel."""
    assert gate.wait(PATIENCE_S)
    return "late"


def test_calls_run_one_after_the_other_in_the_order_given(worker: DeviceWorker) -> None:
    ran: list[int] = []
    heard = Heard()

    def note(number: int) -> int:
        ran.append(number)
        return number

    for number in range(20):
        worker.submit(lambda _c, n=number: note(n), PATIENCE_S, heard)
    assert [heard.next() for _ in range(20)] == [Done(n) for n in range(20)]
    assert ran == list(range(20))


def test_a_device_error_is_an_outcome(worker: DeviceWorker) -> None:
    heard = Heard()
    error = NoAnswerError("reader", "silence")

    def fail(_cancel: Cancel) -> None:
        raise error

    worker.submit(fail, PATIENCE_S, heard)
    assert heard.next() == Failed(error)


def test_a_bug_in_a_driver_is_reported_without_what_it_quotes(
    worker: DeviceWorker, caplog: pytest.LogCaptureFixture
) -> None:
    heard = Heard()

    def fail(_cancel: Cancel) -> None:
        raise ValueError("42029919900101006X")

    with caplog.at_level(logging.ERROR):
        worker.submit(fail, PATIENCE_S, heard)
        outcome = heard.next()
    assert isinstance(outcome, Failed)
    assert isinstance(outcome.error, FaultyDriverError)
    assert "ValueError" in caplog.text
    assert "test_worker_outcomes.py" in caplog.text
    assert "4202991990" not in caplog.text + str(outcome.error)


def test_a_bug_in_a_listener_does_not_end_the_thread(
    worker: DeviceWorker, caplog: pytest.LogCaptureFixture
) -> None:
    def deaf(_outcome: object) -> None:
        raise RuntimeError

    heard = Heard()
    worker.submit(lambda _c: 1, PATIENCE_S, deaf)
    worker.submit(lambda _c: 2, PATIENCE_S, heard)
    assert heard.next() == Done(2)
    assert "a listener failed" in caplog.text


def test_a_call_that_overruns_is_reported_at_its_deadline_and_told_to_stop(
    worker: DeviceWorker,
) -> None:
    heard = Heard()
    stopped = threading.Event()

    def patient(cancel: Cancel) -> str:
        assert cancel.wait(PATIENCE_S)
        stopped.set()
        return "too late"

    worker.submit(patient, 0.02, heard)
    assert heard.next() == Overdue()
    assert stopped.wait(PATIENCE_S)
    worker.submit(lambda _c: "next", PATIENCE_S, heard)
    assert heard.next() == Done("next")
    assert heard.quiet


def test_a_call_that_hangs_makes_the_worker_refuse_until_it_comes_back(
    worker: DeviceWorker, gate: threading.Event
) -> None:
    first, second, third = Heard(), Heard(), Heard()
    worker.submit(lambda _c: hang(gate), 0.02, first)
    worker.submit(lambda _c: "waiting", PATIENCE_S, second)
    assert first.next() == Overdue()
    until(lambda: worker.stuck)
    waiting = second.next()
    assert isinstance(waiting, Failed)
    assert isinstance(waiting.error, OverdueError)
    worker.submit(lambda _c: "refused", PATIENCE_S, third)
    assert isinstance(third.next(), Failed)
    gate.set()
    until(lambda: not worker.stuck)
    worker.submit(lambda _c: "again", PATIENCE_S, third)
    assert third.next() == Done("again")
    assert first.quiet


def test_a_call_that_waits_too_long_behind_another_is_overdue_and_never_runs(
    worker: DeviceWorker, gate: threading.Event
) -> None:
    heard, ran = Heard(), threading.Event()
    worker.submit(lambda _c: hang(gate), PATIENCE_S, Heard())
    worker.submit(lambda _c: ran.set(), 0.02, heard)
    assert heard.next() == Overdue()
    gate.set()
    until(lambda: not worker.busy)
    assert not ran.is_set()


def test_a_call_withdrawn_before_it_began_never_runs(
    worker: DeviceWorker, gate: threading.Event
) -> None:
    heard, ran = Heard(), threading.Event()
    worker.submit(lambda _c: hang(gate), PATIENCE_S, Heard())
    handle = worker.submit(lambda _c: ran.set(), PATIENCE_S, heard)
    handle.cancel()
    assert heard.next() == Withdrawn()
    handle.cancel()
    gate.set()
    until(lambda: not worker.busy)
    assert not ran.is_set()
    assert heard.quiet


def test_a_running_call_that_is_withdrawn_still_says_what_became_of_it(
    worker: DeviceWorker,
) -> None:
    heard, began = Heard(), threading.Event()

    def printing(cancel: Cancel) -> str:
        began.set()
        assert cancel.wait(PATIENCE_S)
        return "doubtful"

    handle = worker.submit(printing, PATIENCE_S, heard)
    assert began.wait(PATIENCE_S)
    handle.cancel()
    assert heard.next() == Done("doubtful")


def test_a_driver_may_say_that_it_was_withdrawn(worker: DeviceWorker) -> None:
    heard = Heard()

    def withdrawn(_cancel: Cancel) -> None:
        raise CancelledError("reader", "withdrawn")

    worker.submit(withdrawn, PATIENCE_S, heard)
    assert heard.next() == Withdrawn()


def test_a_withdrawn_call_that_does_not_come_back_is_overdue(
    worker: DeviceWorker, gate: threading.Event
) -> None:
    heard, began = Heard(), threading.Event()

    def stubborn(_cancel: Cancel) -> str:
        began.set()
        return hang(gate)

    handle = worker.submit(stubborn, PATIENCE_S, heard)
    assert began.wait(PATIENCE_S)
    handle.cancel()
    assert heard.next() == Overdue()


def test_closing_withdraws_what_waits_and_stops_what_runs(gate: threading.Event) -> None:
    worker = DeviceWorker("reader")
    running, waiting, closed = Heard(), Heard(), threading.Event()
    began = threading.Event()

    def patient(cancel: Cancel) -> None:
        began.set()
        assert cancel.wait(PATIENCE_S)

    worker.submit(patient, PATIENCE_S, running)
    worker.submit(lambda _c: None, PATIENCE_S, waiting)
    assert began.wait(PATIENCE_S)
    worker.begin_close(closed.set)
    assert worker.close(PATIENCE_S)
    assert waiting.next() == Withdrawn()
    assert running.next() == Done(None)
    assert closed.is_set()
    worker.submit(lambda _c: None, PATIENCE_S, waiting)
    assert waiting.next() == Withdrawn()


def test_a_thread_that_hangs_at_the_end_is_left_behind_and_said_so(gate: threading.Event) -> None:
    worker = DeviceWorker("reader")
    heard, began = Heard(), threading.Event()

    def stubborn(_cancel: Cancel) -> str:
        began.set()
        return hang(gate)

    worker.submit(stubborn, PATIENCE_S, heard)
    assert began.wait(PATIENCE_S)
    assert not worker.close(0.02)
    assert heard.next() == Overdue()
