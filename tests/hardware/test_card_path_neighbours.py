"""One card in two devices: the chip answers only while its card stands at the chip station."""

import threading
from collections.abc import Iterator

import pytest

from hardware.drivers.card_path.card_printer import EasyPrinterCardPath
from hardware.drivers.pcsc.chip_reader import PcscChipReader
from hardware.interfaces.card_printer import CardMoved, CardPosition
from hardware.interfaces.chip_reader import ChipRead, ChipTrouble
from hardware.registry import Equipment, assemble
from hardware.settings import DeviceSettings
from hardware.simulators.card_printer import CardPrinterSimulator
from hardware.simulators.people.permits import permits

NEVER = threading.Event()


@pytest.fixture
def machine() -> Iterator[Equipment]:
    quick = {"connection": "network", "gap_timeout_s": 0.01, "poll_interval_s": 0.005}
    equipment = assemble(
        [
            DeviceSettings("card_printer", "card_printer", "easyprinter", True, quick),
            DeviceSettings("chip_reader", "chip_reader", "pcsc", True, {"wire": "slot"}),
            DeviceSettings("panel_io", "panel_io", "modbus", True),
            DeviceSettings("voice", "voice", "espeak", True),
        ],
        demo=True,
    )
    for device in equipment.devices.values():
        device.open()
    yield equipment
    for device in equipment.devices.values():
        device.close()
    equipment.stop_simulators()


def test_a_chip_is_read_at_its_station_and_nowhere_else(machine: Equipment) -> None:
    path, reader = machine.devices["card_printer"], machine.devices["chip_reader"]
    peer = machine.simulators["card_printer"]
    assert isinstance(path, EasyPrinterCardPath)
    assert isinstance(reader, PcscChipReader)
    assert isinstance(peer, CardPrinterSimulator)
    keys = [permits()["adult"].key]
    peer.machine.insert(peer.wallet.card_of("adult"))
    assert path.accept(NEVER, lambda: None) == CardMoved(CardPosition.PRINT)
    assert isinstance(reader.read(keys, NEVER), ChipTrouble)
    assert path.move_to(CardPosition.CHIP, NEVER) == CardMoved(CardPosition.CHIP)
    assert isinstance(reader.read(keys, NEVER), ChipRead)
    assert path.eject(NEVER) == CardMoved(CardPosition.ENTRY)
    assert isinstance(reader.read(keys, NEVER), ChipTrouble)
