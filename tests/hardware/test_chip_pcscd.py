"""The chip behind Debian's pcscd: what only the real service can show."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from hardware.drivers.pcsc.chip_reader import PcscChipReader
from hardware.errors import NotConnectedError
from hardware.interfaces.chip_reader import (
    ChipRead,
    ChipTrouble,
    NotWritten,
    WriteDoubtful,
    Written,
)
from hardware.settings import Options
from hardware.simulators.chip_peer import VPCD_PORT, ChipPeer
from hardware.simulators.chip_position import ChipFaults, ChipPosition
from hardware.simulators.chip_reader import VPCD_READER
from hardware.simulators.people.permits import permits
from hardware.status import DeviceState, Media
from tests.kit.chip_bed import RECORD, ChipBed, Place, trust
from tests.kit.patience import until
from tests.kit.pcscd import Pcscd, running_pcscd


@pytest.fixture(scope="module")
def pcscd() -> Iterator[Pcscd]:
    with running_pcscd() as daemon:
        yield daemon


@dataclass
class FarEnd:
    """One chip position for the whole module: cards come and go there as pcscd can notice."""

    place: Place
    position: ChipPosition


@pytest.fixture(scope="module")
def far_end(pcscd: Pcscd) -> Iterator[FarEnd]:
    place = Place()
    position = place.position()
    peer = ChipPeer(position, VPCD_PORT)
    peer.start()
    yield FarEnd(place, position)
    place.gone.set()
    peer.stop()


def opened(far_end: FarEnd, options: Options) -> ChipBed:
    reader = PcscChipReader("chip_reader", {**options, "reader": VPCD_READER, "card_wait_s": 10.0})
    reader.open()
    far_end.position.faults = ChipFaults()
    far_end.place.put("adult")
    return ChipBed(reader, far_end.place, far_end.position)


@pytest.fixture
def bed(far_end: FarEnd, tmp_path: Path) -> Iterator[ChipBed]:
    made = opened(far_end, trust(tmp_path))
    yield made
    made.reader.close()


PROFILES = {
    "ideal": ({}, ChipFaults()),
    "slow and in small pieces": ({"chunk_bytes": 120}, ChipFaults(delay_ms=1)),
    "faulty": ({"tries": 3}, ChipFaults(retry_delay_ms=0, broken_answers=2)),
}


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("citizen", ["adult", "elder"])
def test_a_permit_is_read_with_pace_and_with_bac(
    far_end: FarEnd, tmp_path: Path, citizen: str, profile: str
) -> None:
    options, faults = PROFILES[profile]
    bed = opened(far_end, {**trust(tmp_path), **options})
    far_end.position.faults = replace(faults)
    key = bed.place.put(citizen).facts.key
    read = bed.read(key)
    bed.reader.close()
    assert isinstance(read, ChipRead)
    assert read.mrz[:30] == permits()[citizen].line
    assert bed.reader.identity().model == VPCD_READER


def test_a_card_is_seen_to_come_and_go(bed: ChipBed) -> None:
    until(lambda: bed.reader.status().media is Media.PRESENT)
    bed.place.take()
    until(lambda: bed.reader.status().media is Media.NOT_PRESENT)


def test_a_place_that_stays_empty_says_so(bed: ChipBed, tmp_path: Path) -> None:
    key = bed.key
    bed.place.take()
    until(lambda: bed.reader.status().media is Media.NOT_PRESENT)
    options = {**trust(tmp_path), "reader": VPCD_READER}
    impatient = PcscChipReader("chip_reader", options)
    impatient.open()
    assert impatient.read((key,), bed.cancel) is ChipTrouble.NO_CARD
    impatient.close()


def test_a_dead_chip_is_told_from_an_empty_place(bed: ChipBed) -> None:
    bed.place.take()
    until(lambda: bed.reader.status().media is Media.NOT_PRESENT)
    bed.faults.dead = True
    bed.place.put("adult")
    until(lambda: bed.reader.status().media is Media.PRESENT)
    assert bed.read() is ChipTrouble.DEAD


@pytest.mark.parametrize("at", [1, 3, 12, 40])
def test_a_card_pulled_between_commands_is_noticed(bed: ChipBed, at: int) -> None:
    bed.faults.pull_at_command = at
    assert bed.read() is ChipTrouble.PULLED
    until(lambda: bed.reader.status().media is Media.NOT_PRESENT)
    bed.position.put_back()
    assert isinstance(bed.read(), ChipRead)


def test_a_record_whose_answer_is_lost_is_doubtful_until_the_chip_is_asked(bed: ChipBed) -> None:
    outcomes = []
    for at in range(20, 40):
        bed.place.put("elder")
        bed.faults.pull_at_command = at
        bed.faults.pull_keeps_effect = True
        outcomes.append(bed.write())
        bed.faults.pull_at_command = 0
        bed.position.put_back()
        if isinstance(outcomes[-1], WriteDoubtful):
            break
    assert isinstance(outcomes[-1], WriteDoubtful), outcomes
    assert all(isinstance(one, NotWritten) for one in outcomes[:-1])
    assert bed.record() == RECORD
    assert bed.write() == Written(already=True)


def test_the_service_may_be_started_again(bed: ChipBed, pcscd: Pcscd) -> None:
    if not pcscd.ours:
        pytest.skip("the machine's own pcscd is not ours to stop")
    assert isinstance(bed.read(), ChipRead)
    pcscd.stop()
    assert bed.reader.status().state is DeviceState.NO_DEVICE
    with pytest.raises(NotConnectedError):
        bed.read()
    pcscd.start()
    assert isinstance(bed.read(), ChipRead)
    assert bed.reader.status().state is DeviceState.ONLINE
