"""Named timers ring once, or not at all when they were stopped or replaced."""

from kiosk.runtime.timers import Timers
from tests.kit.fake_clock import FakeClock


def test_a_timer_rings_once_at_its_time() -> None:
    clock, rung = FakeClock(), list[str]()
    timers = Timers(clock, rung.append)
    timers.start("idle", 30)
    clock.advance(29)
    assert rung == []
    clock.advance(100)
    assert rung == ["idle"]


def test_a_stopped_timer_never_rings() -> None:
    clock, rung = FakeClock(), list[str]()
    timers = Timers(clock, rung.append)
    timers.start("idle", 30)
    timers.stop("idle")
    timers.stop("idle")
    clock.advance(100)
    assert rung == []


def test_a_replaced_timer_rings_only_at_the_new_time() -> None:
    clock, rung = FakeClock(), list[str]()
    timers = Timers(clock, rung.append)
    timers.start("idle", 30)
    clock.advance(20)
    timers.start("idle", 30)
    clock.advance(20)
    assert rung == []
    clock.advance(10)
    assert rung == ["idle"]


def test_an_alarm_already_on_its_way_when_its_timer_is_replaced_is_not_heard() -> None:
    clock, rung = FakeClock(), list[str]()
    timers = Timers(clock, rung.append)
    promised = []
    later = clock.call_later
    clock.call_later = lambda s, call: promised.append(call) or later(s, call)  # type: ignore[method-assign,func-returns-value]  # records what was promised
    timers.start("idle", 30)
    timers.start("idle", 30)
    promised[0]()
    assert rung == []


def test_the_time_left_is_that_of_the_first_timer_not_skipped() -> None:
    clock = FakeClock()
    timers = Timers(clock, lambda _name: None)
    assert timers.left_s() is None
    timers.start("idle", 10)
    timers.start("taking", 40)
    clock.advance(5)
    assert timers.left_s(frozenset({"idle"})) == 35
    timers.stop_all()
    assert timers.left_s() is None
