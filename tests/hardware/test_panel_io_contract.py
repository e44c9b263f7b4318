"""What every panel promises, over an ideal, a slow and a faulty line, and fault by fault."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import pytest

from hardware.codecs.panel_wiring import decode_mode, encode_mode
from hardware.drivers.uart.panel_io import ModbusPanel
from hardware.errors import NoAnswerError, NotConnectedError, RefusedError, SettingsError
from hardware.interfaces.panel_io import (
    Colour,
    Door,
    Flash,
    Lamp,
    LampState,
    Mains,
    OperatorSwitch,
    PanelState,
)
from hardware.simulators.panel_io import PanelIoSimulator
from hardware.status import DeviceState

QUICK: dict[str, str | int | float] = {
    "answer_timeout_s": 0.15,
    "mains_input": 4,
    "mode_registers": 0,
}
GREEN = LampState(Flash.QUICK, Colour.GREEN)
RED = LampState(Flash.CONTINUOUS, Colour.RED)


@dataclass
class Bed:
    """A panel and its far end."""

    panel: ModbusPanel
    peer: PanelIoSimulator


@pytest.fixture(params=["ideal", "slow and fragmented", "faulty"])
def bed(request: pytest.FixtureRequest) -> Iterator[Bed]:
    slow = request.param == "slow and fragmented"
    options = {**QUICK, "baudrate": 9600}
    peer = PanelIoSimulator("panel_io", options, paced=slow)
    panel = ModbusPanel("panel_io", {**options, **peer.start()})
    panel.open()
    peer.misbehaviour.fragmented = slow
    if request.param == "faulty":
        peer.misbehaviour.noise = True
        peer.misbehaviour.wrong_checks = 1
        peer.misbehaviour.cut_answers = 1
    yield Bed(panel, peer)
    panel.close()
    peer.stop()


def test_it_says_who_and_how_it_is(bed: Bed) -> None:
    assert bed.panel.identity().serial == "1"
    assert bed.panel.status().state is DeviceState.ONLINE
    assert bed.panel.status().detail == ""


def test_at_rest_everything_is_shut_and_good(bed: Bed) -> None:
    assert bed.panel.read_panel() == PanelState(
        {"cabinet": Door.CLOSED, "safe": Door.CLOSED}, OperatorSwitch.RUN, Mains.GOOD
    )


def test_lamps_shine_as_they_are_told_and_others_stay(bed: Bed) -> None:
    assert bed.panel.light({Lamp.CARD_READER: GREEN, Lamp.STATUS_BAD: RED})
    assert bed.panel.light({Lamp.CARD_READER: LampState(Flash.OFF)})
    shining = {
        lamp: state
        for lamp, state in bed.peer.cabinet.lamps().items()
        if state.flash is not Flash.OFF
    }
    assert shining == {Lamp.STATUS_BAD: RED}


def test_many_lamps_at_once_and_a_reset_that_darkens_them(bed: Bed) -> None:
    assert bed.panel.light(dict.fromkeys(Lamp, GREEN))
    assert set(bed.peer.cabinet.lamps().values()) == {GREEN}
    bed.panel.reset()
    assert not any(bed.peer.board.coils)


def test_an_opened_door_is_seen(bed: Bed) -> None:
    bed.peer.cabinet.turn_door("safe", is_open=True)
    assert bed.panel.read_panel().doors == {"cabinet": Door.CLOSED, "safe": Door.OPEN}
    assert bed.panel.status().detail == "doorOpen"


@pytest.mark.parametrize(
    "position", [OperatorSwitch.MAINTENANCE, OperatorSwitch.SUPERVISOR, OperatorSwitch.RUN]
)
def test_the_key_switch_is_read(bed: Bed, position: OperatorSwitch) -> None:
    bed.peer.cabinet.turn_switch(position)
    assert bed.panel.read_panel().operator_switch is position


def test_mains_lost_comes_before_an_open_door(bed: Bed) -> None:
    bed.peer.cabinet.turn_mains(good=False)
    bed.peer.cabinet.turn_door("cabinet", is_open=True)
    assert bed.panel.read_panel().mains is Mains.LOST
    status = bed.panel.status()
    assert (status.state, status.detail) == (DeviceState.ONLINE, "mainsLost")


def test_the_cable_pulled_and_plugged_in_again(bed: Bed) -> None:
    bed.panel.light({Lamp.SCANNER: RED})
    bed.peer.unplug()
    assert not bed.panel.light({Lamp.SCANNER: GREEN})
    assert bed.panel.read_panel().doors == {"cabinet": Door.UNKNOWN, "safe": Door.UNKNOWN}
    assert bed.panel.status().state is DeviceState.NO_DEVICE
    bed.peer.plug()
    bed.panel.open()
    assert bed.peer.cabinet.lamps()[Lamp.SCANNER] == GREEN, "what was asked for last"


@pytest.fixture
def plain() -> Iterator[Bed]:
    peer = PanelIoSimulator("panel_io", QUICK, paced=False)
    panel = ModbusPanel("panel_io", {**QUICK, **peer.start()})
    panel.open()
    yield Bed(panel, peer)
    panel.close()
    peer.stop()


def test_a_silent_panel_is_unknown_and_never_closed(plain: Bed) -> None:
    plain.peer.misbehaviour.silent = True
    state = plain.panel.read_panel()
    assert set(state.doors.values()) == {Door.UNKNOWN}
    assert (state.operator_switch, state.mains) == (OperatorSwitch.UNKNOWN, Mains.UNKNOWN)
    assert plain.panel.status().state is DeviceState.OFFLINE
    assert not plain.panel.light({Lamp.SCANNER: GREEN})
    with pytest.raises(NoAnswerError):
        plain.panel.reset()


@pytest.mark.parametrize(
    ("fault", "value"), [("wrong_checks", 1000), ("cut_answers", 1000), ("other_unit", True)]
)
def test_answers_that_are_never_right_are_no_state(
    plain: Bed, fault: str, value: int | bool
) -> None:
    setattr(plain.peer.misbehaviour, fault, value)
    assert set(plain.panel.read_panel().doors.values()) == {Door.UNKNOWN}
    assert plain.panel.status().state is DeviceState.HARDWARE_ERROR


def test_a_board_that_cannot_do_it_refuses(plain: Bed) -> None:
    plain.peer.misbehaviour.refuses = True
    with pytest.raises(RefusedError, match="illegal_function"):
        plain.panel.reset()
    assert plain.panel.status().state is DeviceState.HARDWARE_ERROR


def test_a_bouncing_contact_is_read_when_it_has_come_to_rest(plain: Bed) -> None:
    plain.peer.misbehaviour.bouncing = 2
    assert plain.panel.read_panel().doors["cabinet"] is Door.CLOSED


def test_a_contact_that_does_not_come_to_rest_is_unknown_and_alone(plain: Bed) -> None:
    plain.peer.misbehaviour.bouncing = 1000
    doors = plain.panel.read_panel().doors
    assert doors == {"cabinet": Door.UNKNOWN, "safe": Door.CLOSED}


def test_plain_relays_shine_without_mode_and_contacts_may_be_inverted() -> None:
    options: dict[str, str | int | float] = {
        "answer_timeout_s": 0.15,
        "lamps": "cardReader:3",
        "doors": "cabinet:5",
        "closed_is_on": False,
        "maintenance_input": -1,
        "supervisor_input": -1,
    }
    peer = PanelIoSimulator("panel_io", options, paced=False)
    panel = ModbusPanel("panel_io", {**options, **peer.start()})
    panel.open()
    panel.light({Lamp.CARD_READER: GREEN, Lamp.SCANNER: GREEN})
    assert peer.cabinet.lamps() == {Lamp.CARD_READER: LampState(Flash.CONTINUOUS)}
    assert [place for place, on in enumerate(peer.board.coils) if on] == [3]
    state = panel.read_panel()
    assert state == PanelState({"cabinet": Door.CLOSED})
    panel.close()
    peer.stop()


def test_wrong_wiring_is_named_with_its_key_path() -> None:
    options = {
        "port": "/dev/null",
        "lamps": "cardReader:0 disco:1 scanner:0",
        "doors": "cabinet:x",
        "mains_input": 999,
    }
    with pytest.raises(SettingsError) as caught:
        ModbusPanel("panel_io", options)
    paths = [mistake.split(":")[0] for mistake in caught.value.mistakes]
    assert sorted(paths) == [
        *("devices.panel_io.doors", "devices.panel_io.lamps", "devices.panel_io.lamps"),
        "devices.panel_io.mains_input",
    ]


def test_every_way_to_shine_comes_back_as_it_went() -> None:
    for flash, colour in product(Flash, Colour):
        state = LampState(flash, colour)
        assert decode_mode(encode_mode(state)) == state
    assert decode_mode(0xFFFF) == LampState(Flash.OFF)


def test_a_panel_that_is_not_there_is_not_connected() -> None:
    panel = ModbusPanel("panel_io", {"port": "/nonexistent/port"})
    with pytest.raises(NotConnectedError):
        panel.open()


def test_the_bench_shows_the_lamps_in_the_order_of_their_coils(plain: Bed) -> None:
    plain.panel.light({Lamp.CARD_READER: GREEN})
    (picture,) = plain.peer.pictures()
    assert picture.png.startswith(b"\x89PNG")
    assert picture.caption.startswith("cardReader: quick\nidCardReader: off")


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_PANEL_PORT" not in os.environ, reason="KIOSK_PANEL_PORT is not set")
def test_a_real_panel_lights_a_lamp_and_reads_its_contacts() -> None:
    panel = ModbusPanel("panel_io", {"port": os.environ["KIOSK_PANEL_PORT"]})
    panel.open()
    assert panel.light({Lamp.CARD_READER: LampState(Flash.CONTINUOUS)})
    assert Door.UNKNOWN not in panel.read_panel().doors.values()
    panel.reset()
    panel.close()
