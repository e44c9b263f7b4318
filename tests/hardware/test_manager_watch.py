"""All devices together: opened at once, watched while idle, opened again when lost."""

import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from hardware.errors import DeviceError, NoAnswerError, NotConnectedError, RefusedError
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.keeper import Backoff
from hardware.manager import DeviceManager
from hardware.outcome import Done, Failed, Outcome, Overdue
from hardware.settings import DeviceSettings
from hardware.status import DeviceState, DeviceStatus, Media
from tests.kit.patience import PATIENCE_S, Ear, until

QUICK = Backoff(first_s=0.01, longest_s=0.02)
Told = Ear[tuple[str, DeviceStatus]]
ONLINE = DeviceStatus(DeviceState.ONLINE)


class FakeDevice:
    """A device that is as it is told to be."""

    def __init__(self) -> None:
        self.refusal: DeviceError | None = None
        self.says = ONLINE
        self.is_open = False
        self.opened = 0
        self.asked = 0
        self.hold: threading.Event | None = None

    def open(self) -> None:
        if self.hold:
            assert self.hold.wait(PATIENCE_S)
        if self.refusal:
            raise self.refusal
        assert not self.is_open
        self.is_open = True
        self.opened += 1

    def close(self) -> None:
        self.is_open = False

    def status(self) -> DeviceStatus:
        self.asked += 1
        return self.says

    def reset(self) -> None:
        """Nothing to reset."""

    def identity(self) -> DeviceIdentity:
        return DeviceIdentity("fake")


class Hall:
    """Two devices and their manager."""

    def __init__(self) -> None:
        self.reader, self.printer = FakeDevice(), FakeDevice()
        self.told = Told()
        self.managers: list[DeviceManager] = []

    def manager(self, interval_s: float = 0.01) -> DeviceManager:
        devices = {"reader": self.reader, "printer": self.printer}
        settings = {
            name: DeviceSettings(
                name,
                "fake",
                "fake",
                open_deadline_s=0.5,
                status_deadline_s=0.5,
                status_interval_s=interval_s,
            )
            for name in devices
        }
        manager = DeviceManager(
            devices, settings, lambda name, status: self.told((name, status)), backoff=QUICK
        )
        self.managers.append(manager)
        return manager


@pytest.fixture
def hall() -> Iterator[Hall]:
    hall = Hall()
    yield hall
    for manager in hall.managers:
        assert manager.close()


def use(
    manager: DeviceManager, fn: Callable[[Any, Cancel], object], deadline_s: float = PATIENCE_S
) -> Outcome[object]:
    heard = Ear[Outcome[object]]()
    manager.call("reader", fn, deadline_s, heard)
    return heard.next()


def states(statuses: Mapping[str, DeviceStatus]) -> dict[str, DeviceState]:
    return {name: status.state for name, status in statuses.items()}


def test_before_anything_is_open_every_device_is_starting(hall: Hall) -> None:
    assert set(states(hall.manager().statuses()).values()) == {DeviceState.STARTING}


def test_all_devices_are_opened_and_told_of(hall: Hall) -> None:
    manager = hall.manager()
    report = manager.open_all()
    assert not report.failures
    assert report.tree() == ""
    assert {hall.told.next()[0], hall.told.next()[0]} == {"reader", "printer"}
    assert set(states(manager.statuses()).values()) == {DeviceState.ONLINE}


def test_every_device_that_cannot_be_opened_is_reported_not_only_the_first(hall: Hall) -> None:
    hall.reader.refusal = NotConnectedError("reader", "cannot open the port")
    hall.printer.refusal = RefusedError("printer", "self test failed")
    manager = hall.manager()
    tree = manager.open_all().tree()
    for part in ("2 device(s)", "reader", "device.not_connected: cannot open", "device.refused"):
        assert part in tree
    assert states(manager.statuses()) == {
        "reader": DeviceState.NO_DEVICE,
        "printer": DeviceState.HARDWARE_ERROR,
    }


def test_a_device_that_opens_but_says_nothing_of_itself_is_reported_too(hall: Hall) -> None:
    hall.reader.says = DeviceStatus(DeviceState.OFFLINE)
    assert set(hall.manager().open_all().failures) == {"reader"}


def test_devices_open_at_the_same_time(hall: Hall) -> None:
    # The reader waits for the printer to be open: one after the other would never end.
    hall.reader.hold = threading.Event()
    opened = hall.printer.open

    def release() -> None:
        opened()
        assert hall.reader.hold
        hall.reader.hold.set()

    hall.printer.open = release  # type: ignore[method-assign]  # the test holds the door
    assert not hall.manager().open_all().failures


def test_a_device_that_hangs_while_opening_does_not_keep_the_machine_waiting(hall: Hall) -> None:
    hall.reader.hold = threading.Event()
    manager = hall.manager()
    report = manager.open_all()
    assert set(report.failures) == {"reader"}
    assert report.failures["reader"].code == "device.overdue"
    hall.reader.hold.set()
    until(lambda: manager.statuses()["reader"] == ONLINE)


def test_a_device_that_comes_later_is_opened_then(hall: Hall) -> None:
    hall.reader.refusal = NotConnectedError("reader", "cannot open the port")
    manager = hall.manager()
    manager.open_all()
    hall.reader.refusal = None
    until(lambda: manager.statuses()["reader"] == ONLINE)


def test_a_change_is_told_once(hall: Hall) -> None:
    manager = hall.manager()
    manager.open_all()
    hall.told.next()
    hall.told.next()
    jammed = DeviceStatus(DeviceState.USER_ERROR, media=Media.JAMMED)
    hall.printer.says = jammed
    assert hall.told.next() == ("printer", jammed)
    asked = hall.printer.asked
    until(lambda: hall.printer.asked > asked + 3)
    assert hall.told.quiet


def test_a_device_that_stops_answering_while_idle_is_opened_again(hall: Hall) -> None:
    manager = hall.manager()
    manager.open_all()
    hall.reader.says = DeviceStatus(DeviceState.OFFLINE)
    until(lambda: manager.statuses()["reader"].state is DeviceState.OFFLINE)
    hall.reader.says = ONLINE
    until(lambda: manager.statuses()["reader"] == ONLINE)
    assert hall.reader.opened >= 2


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (NotConnectedError("reader", "gone"), DeviceState.NO_DEVICE),
        (NoAnswerError("reader", "silence"), DeviceState.OFFLINE),
    ],
)
def test_a_device_lost_during_a_call_is_told_of_and_opened_again(
    hall: Hall, error: DeviceError, state: DeviceState
) -> None:
    manager = hall.manager()
    manager.open_all()
    hall.told.next()
    hall.told.next()

    def lose(_device: FakeDevice, _cancel: Cancel) -> None:
        raise error

    assert use(manager, lose) == Failed(error)
    name, status = hall.told.next()
    assert (name, status.state) == ("reader", state)
    assert hall.told.next() == ("reader", ONLINE)
    assert hall.reader.opened == 2


def test_a_call_opens_a_lost_device_first(hall: Hall) -> None:
    hall.reader.refusal = NotConnectedError("reader", "cannot open the port")
    manager = hall.manager(interval_s=PATIENCE_S)
    manager.open_all()
    hall.reader.refusal = None
    assert use(manager, lambda device, _c: device.is_open) == Done(True)
    until(lambda: manager.statuses()["reader"] == ONLINE)


def test_a_question_never_gets_in_the_way_of_a_running_call(hall: Hall) -> None:
    manager = hall.manager()
    manager.open_all()
    hall.told.next()
    hall.told.next()
    began = threading.Event()

    def read(device: FakeDevice, cancel: Cancel) -> int:
        asked = device.asked
        began.set()
        assert cancel.wait(PATIENCE_S)
        return device.asked - asked

    heard = Ear[Outcome[int]]()
    call = manager.call("reader", read, PATIENCE_S, heard)
    assert began.wait(PATIENCE_S)
    asked = hall.printer.asked
    # Longer than a question may take: one that waited behind the call would count as overdue.
    until(lambda: hall.printer.asked > asked + 60)
    call.cancel()
    assert heard.next() == Done(0)
    assert hall.told.quiet


def test_waiting_in_vain_for_a_card_does_not_count_against_the_reader(hall: Hall) -> None:
    manager = hall.manager()
    manager.open_all()
    assert use(manager, lambda _d, cancel: cancel.wait(PATIENCE_S), 0.02) == Overdue()
    asked = hall.reader.asked
    until(lambda: hall.reader.asked > asked + 1)
    assert manager.statuses()["reader"] == ONLINE
    assert hall.reader.opened == 1


def test_closing_lets_go_of_every_device(hall: Hall) -> None:
    manager = hall.manager()
    manager.open_all()
    began = threading.Event()

    def wait(_device: FakeDevice, cancel: Cancel) -> bool:
        began.set()
        return cancel.wait(PATIENCE_S)

    manager.call("reader", wait, PATIENCE_S, lambda _o: None)
    assert began.wait(PATIENCE_S)
    assert manager.close()
    assert not hall.reader.is_open
    assert not hall.printer.is_open


def test_pauses_between_attempts_grow_up_to_a_limit() -> None:
    backoff = Backoff(first_s=1, factor=2, longest_s=30)
    assert [backoff.pause_s(n) for n in (1, 2, 3, 6, 1000)] == [1, 2, 4, 30, 30]
