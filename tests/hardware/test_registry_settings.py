"""What may be configured: every mistake is named, and pretence stays in the demo."""

import threading

import pytest

from hardware import settings
from hardware.drivers.uart.id_card_reader import SamVIdCardReader
from hardware.errors import SettingsError
from hardware.interfaces.id_card_reader import IdCard
from hardware.registry import assemble
from hardware.settings import DeviceSettings
from hardware.simulators.id_card_reader import IdCardReaderSimulator

READER = DeviceSettings("id_card_reader", "id_card_reader", "sam_v", simulated=True)


def test_a_table_becomes_settings() -> None:
    table = {
        "id_card_reader": {
            "kind": "id_card_reader",
            "driver": "sam_v",
            "simulated": True,
            "baudrate": 115200,
            "status_interval_s": 2,
        }
    }
    [one] = settings.parse(table)
    assert one.name == "id_card_reader"
    assert one.simulated
    assert one.options == {"baudrate": 115200}
    assert one.status_interval_s == 2.0


def test_every_mistake_of_every_table_is_named_with_its_key_path() -> None:
    tables = {
        "reader": {"driver": "sam_v", "simulated": "yes", "status_interval_s": 0},
        "printer": {"kind": "ticket_printer", "driver": "", "port": ["a", "b"]},
    }
    with pytest.raises(SettingsError) as caught:
        settings.parse(tables)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {
        "devices.reader.kind",
        "devices.reader.simulated",
        "devices.reader.status_interval_s",
        "devices.printer.driver",
        "devices.printer.port",
    }


def test_a_driver_names_all_its_wrong_options() -> None:
    options = {"baudrate": 300, "tries": 0, "poll_interval_s": True, "prot": "/dev/ttyUSB0"}
    with pytest.raises(SettingsError) as caught:
        SamVIdCardReader("reader", options)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {f"devices.reader.{key}" for key in ("port", *options)}


def test_a_simulated_device_is_refused_outside_the_demo() -> None:
    with pytest.raises(SettingsError, match=r"devices\.id_card_reader\.simulated: refused"):
        assemble([READER], demo=False)


def test_an_unknown_driver_is_named_beside_the_known_ones() -> None:
    with pytest.raises(
        SettingsError, match="no id_card_reader/usb; known are id_card_reader/sam_v"
    ):
        assemble([DeviceSettings("reader", "id_card_reader", "usb")], demo=True)


def test_mistakes_of_several_devices_come_together_and_no_simulator_is_left() -> None:
    wrong = DeviceSettings("left", "id_card_reader", "sam_v", options={"tries": 99})
    also = DeviceSettings("right", "id_card_reader", "sam_v", simulated=True, options={"x": 1})
    with pytest.raises(SettingsError) as caught:
        assemble([wrong, also], demo=True)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {"devices.left.port", "devices.left.tries", "devices.right.x"}


def test_a_simulated_reader_is_the_real_driver_before_a_simulated_wire() -> None:
    equipment = assemble([READER], demo=True)
    try:
        assert equipment.simulated == ("id_card_reader",)
        assert isinstance(equipment.devices["id_card_reader"], SamVIdCardReader)
        assert isinstance(equipment.simulators["id_card_reader"], IdCardReaderSimulator)
    finally:
        equipment.stop_simulators()


def read_adult(driver: object, peer: IdCardReaderSimulator) -> IdCard:
    assert isinstance(driver, SamVIdCardReader)
    driver.open()
    peer.lay("adult")
    card = driver.read_card(threading.Event(), lambda: None)
    driver.close()
    assert isinstance(card, IdCard)
    return card


def test_a_simulated_reader_shows_its_peoples_drawn_portraits() -> None:
    equipment = assemble([READER], demo=True)
    peer = equipment.simulators["id_card_reader"]
    assert isinstance(peer, IdCardReaderSimulator)
    try:
        card = read_adult(equipment.devices["id_card_reader"], peer)
    finally:
        equipment.stop_simulators()
    assert card.portrait.startswith(b"\xff\xd8")


def test_a_reader_that_is_not_simulated_decodes_no_picture() -> None:
    peer = IdCardReaderSimulator("reader", {})
    real = DeviceSettings("reader", "id_card_reader", "sam_v", options=dict(peer.start()))
    try:
        card = read_adult(assemble([real], demo=False).devices["reader"], peer)
    finally:
        peer.stop()
    assert card.portrait == b""
    assert len(card.portrait_raw) == 1024
