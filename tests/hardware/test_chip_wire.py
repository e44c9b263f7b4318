"""A simulated chip and our own slot on the wire of vpcd, and a demo machine made of them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.drivers.pcsc.chip_reader import PcscChipReader
from hardware.errors import NotConnectedError, SettingsError
from hardware.interfaces.chip_reader import ChipRead, ChipTrouble, WriteDoubtful, Written
from hardware.registry import assemble
from hardware.settings import DeviceSettings
from hardware.simulators.chip_reader import ChipCarrier, ChipReaderSimulator
from hardware.simulators.chip_slots import VpcdSlot
from hardware.simulators.people.permits import make_permit, permits
from hardware.simulators.permit_chip import Chip
from hardware.status import DeviceState, Media
from tests.kit.chip_bed import RECORD, ChipBed, trust, wire_bed
from tests.kit.patience import until

READER = DeviceSettings("chip_reader", "chip_reader", "pcsc", simulated=True)


@pytest.fixture
def bed(tmp_path: Path) -> Iterator[ChipBed]:
    with wire_bed(tmp_path, answer_limit_s=1.0) as bed:
        bed.place.put("elder")
        yield bed


def test_a_permit_is_read_and_written_over_the_wire(bed: ChipBed) -> None:
    assert isinstance(bed.read(), ChipRead)
    assert bed.write() == Written()
    assert bed.record() == RECORD


def test_a_card_comes_and_goes(bed: ChipBed) -> None:
    until(lambda: bed.reader.status().media is Media.PRESENT)
    bed.place.take()
    until(lambda: bed.reader.status().media is Media.NOT_PRESENT)


def test_every_trouble_of_the_wire_has_its_name(bed: ChipBed) -> None:
    bed.faults.dead = True
    assert bed.read() is ChipTrouble.DEAD
    bed.faults.dead, bed.faults.silent = False, True
    assert bed.read() is ChipTrouble.SILENT
    bed.faults.silent = False
    bed.faults.pull_at_command = 12
    assert bed.read() is ChipTrouble.PULLED
    bed.position.put_back()
    assert isinstance(bed.read(), ChipRead)


def test_a_lost_answer_to_the_last_piece_is_doubtful(bed: ChipBed) -> None:
    bed.faults.pull_at_command, bed.faults.pull_keeps_effect = 14, True
    assert bed.write() == WriteDoubtful(ChipTrouble.PULLED)
    bed.position.put_back()
    assert bed.write() == Written(already=True)


def test_a_taken_port_is_a_reader_that_is_not_there(bed: ChipBed) -> None:
    taken = VpcdSlot("chip_reader", bed.reader._slot.port)
    with pytest.raises(NotConnectedError):
        taken.open()


def test_a_machine_killed_and_started_again_finds_the_same_chip(
    bed: ChipBed, tmp_path: Path
) -> None:
    assert bed.write() == Written()
    port = bed.reader._slot.port
    bed.reader.close()
    again = PcscChipReader(
        "chip_reader", {**trust(tmp_path), "card_wait_s": 5.0}, VpcdSlot("chip_reader", port)
    )
    again.open()
    assert again.read_endorsement((bed.key,), bed.cancel) == RECORD
    again.close()


def test_a_demo_machine_reads_whatever_card_its_transport_holds() -> None:
    equipment = assemble([READER], demo=True)
    simulator, reader = equipment.simulators["chip_reader"], equipment.devices["chip_reader"]
    assert isinstance(simulator, ChipReaderSimulator)
    assert isinstance(reader, PcscChipReader)
    permit = make_permit("adult")

    class Transport:
        def chip_at_station(self) -> Chip | None:
            return permit.chip

    try:
        reader.open()
        simulator.put("elder")
        assert isinstance(reader.read((permits()["elder"].key,), threading.Event()), ChipRead)
        simulator.meet({"card_printer": Transport()})
        until(lambda: _reads(reader, "adult"))
        assert reader.status().state is DeviceState.ONLINE
    finally:
        reader.close()
        equipment.stop_simulators()


def _reads(reader: PcscChipReader, citizen: str) -> bool:
    return isinstance(reader.read((permits()[citizen].key,), threading.Event()), ChipRead)


def test_a_real_reader_names_all_its_wrong_options(tmp_path: Path) -> None:
    (tmp_path / "not.pem").write_text("-----BEGIN NOTHING-----")
    options = {"csca_folder": str(tmp_path), "endorsement_file": "xyz", "tries": 0, "wire": "slot"}
    with pytest.raises(SettingsError) as caught:
        PcscChipReader("chip_reader", options)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {f"devices.chip_reader.{key}" for key in ("reader", *options)}


def test_an_empty_folder_of_certificates_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="csca_folder: no certificate"):
        PcscChipReader("chip_reader", {"reader": "any", "csca_folder": str(tmp_path)})


def test_the_simulated_card_path_carries_chips_to_the_simulated_reader() -> None:
    path = DeviceSettings("card_printer", "card_printer", "easyprinter", simulated=True)
    equipment = assemble([READER, path], demo=True)
    try:
        assert isinstance(equipment.simulators["card_printer"], ChipCarrier)
        reader = equipment.devices["chip_reader"]
        assert isinstance(reader, PcscChipReader)
        reader.open()
        # The path holds no card, whatever a tester had put down by hand.
        simulator = equipment.simulators["chip_reader"]
        assert isinstance(simulator, ChipReaderSimulator)
        simulator.put("adult")
        assert simulator.position.card() is None
        assert reader.status().media is Media.NOT_PRESENT
    finally:
        equipment.devices["chip_reader"].close()
        equipment.stop_simulators()
