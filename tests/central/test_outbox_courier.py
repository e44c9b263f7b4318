"""The courier: works when woken or when something is due, and outlives what goes wrong."""

import threading
from collections.abc import Callable

from kiosk.central.answer import Answered, Cause, Refused, Unreachable
from kiosk.central.contract import ErrorCode, Problem
from kiosk.central.courier import Courier, every
from kiosk.central.link import LinkState
from tests.kit.fake_clock import FakeClock

LIMIT_S = 10.0


def reached(condition: Callable[[], bool]) -> bool:
    """Wait for a condition that another thread makes true."""
    pause = threading.Event()
    for _ in range(int(LIMIT_S / 0.005)):
        if condition():
            return True
        pause.wait(0.005)
    return False


def test_it_runs_at_start_when_woken_and_when_due() -> None:
    clock = FakeClock()
    runs: list[float] = []
    courier = Courier(clock, lambda _error: None)
    courier.add(lambda: runs.append(clock.monotonic_s()) or 30.0)
    courier.start()
    assert reached(lambda: len(runs) == 1 and clock.waiting() == 1)
    courier.wake()
    assert reached(lambda: len(runs) == 2 and clock.waiting() == 1)
    clock.advance(30.0)
    assert reached(lambda: len(runs) == 3)
    assert runs == [0.0, 0.0, 30.0]
    assert courier.close()


def test_an_errand_that_fails_is_told_and_the_others_go_on() -> None:
    failures: list[BaseException] = []
    runs: list[str] = []

    def bad() -> float | None:
        raise RuntimeError

    courier = Courier(FakeClock(), failures.append)
    courier.add(bad)
    courier.add(lambda: runs.append("good"))
    assert courier.run_once() == 30.0
    assert runs == ["good"]
    assert [type(one) for one in failures] == [RuntimeError]


def test_a_courier_without_anything_due_waits_to_be_woken() -> None:
    clock = FakeClock()
    courier = Courier(clock, lambda _error: None)
    courier.add(lambda: None)
    assert courier.run_once() is None
    courier.start()
    assert courier.close()
    assert clock.waiting() == 0


def test_an_errand_with_a_pause_of_its_own_is_not_run_by_every_wake() -> None:
    clock = FakeClock()
    runs: list[float] = []
    errand = every(60.0, clock, lambda: runs.append(clock.monotonic_s()))
    assert errand() == 60.0
    clock.advance(20.0)
    assert errand() == 40.0
    clock.advance(40.0)
    assert errand() == 60.0
    assert runs == [0.0, 60.0]


def test_the_link_tells_only_of_changes() -> None:
    link = LinkState()
    told: list[bool] = []
    link.listen(told.append)
    refused = Refused(409, Problem(code=ErrorCode.WRONG_STATE))
    away = Unreachable(Cause.CONNECT)
    for outcome in (Answered(b""), away, away, refused, Answered(b""), away):
        link.saw(outcome)
    assert told == [True, False, True]
    assert link.away
