"""What every chip reader promises, with an ideal, a slow and a faulty chip.

The reader under test is the driver; the chip is the simulator's, called in this process. The same
chip behind pcscd is tried in test_chip_pcscd, and with the marker `hardware` whatever permit
stands at the reader that KIOSK_CHIP_READER names.
"""

import os
import threading
from pathlib import Path

import pytest

from hardware.drivers.pcsc.chip_reader import PcscChipReader
from hardware.errors import NotConnectedError
from hardware.interfaces.chip_reader import (
    AccessKey,
    Authenticity,
    ChipEndorsement,
    ChipRead,
    ChipTrouble,
    EndorsementRecord,
    NoRecord,
    NotWritten,
    PictureFormat,
    WriteDoubtful,
    Written,
)
from hardware.simulators.people.permits import ENDORSEMENT_FILE, permits
from hardware.status import DeviceState, Media
from tests.kit.chip_bed import RECORD, ChipBed, direct_bed

SECOND = EndorsementRecord("order-2", (ChipEndorsement("HKG", "T", 0, "20261127", "20271126"),))
OTHER_PERSON = AccessKey("CZ0000090", "700101", "300101")


@pytest.fixture(params=["ideal", "slow and in small pieces", "faulty"])
def bed(request: pytest.FixtureRequest, tmp_path: Path) -> ChipBed:
    slow = request.param == "slow and in small pieces"
    bed = direct_bed(tmp_path, chunk_bytes=120) if slow else direct_bed(tmp_path, tries=3)
    bed.place.put("adult")
    bed.faults.retry_delay_ms = 0
    if slow:
        bed.faults.delay_ms = 1
    elif request.param == "faulty":
        bed.faults.broken_answers = 2
    return bed


def test_it_says_who_and_how_it_is(bed: ChipBed) -> None:
    assert bed.reader.identity().model == "in process"
    assert bed.reader.status().state is DeviceState.ONLINE
    assert bed.reader.status().media is Media.PRESENT
    bed.place.take()
    assert bed.reader.status().media is Media.NOT_PRESENT
    bed.reader.reset()


@pytest.mark.parametrize("citizen", permits())
def test_it_reads_every_permit_with_pace_or_bac(bed: ChipBed, citizen: str) -> None:
    facts = bed.place.put(citizen).facts
    read = bed.read()
    assert isinstance(read, ChipRead)
    assert read.mrz[:30] == facts.line
    assert (read.full_name, read.birth_place) == (facts.name, facts.place)
    assert (read.authority, read.issued) == (facts.authority, facts.valid_from)
    assert read.portrait_format is PictureFormat.JPEG
    assert len(read.portrait) > 10_000
    assert read.authenticity is Authenticity.GENUINE


def test_a_place_without_a_card_says_so(bed: ChipBed) -> None:
    key = bed.key
    bed.place.take()
    assert bed.read(key) is ChipTrouble.NO_CARD


def test_another_persons_key_does_not_open_it(bed: ChipBed) -> None:
    assert bed.read(OTHER_PERSON) is ChipTrouble.WRONG_KEY


def test_a_key_of_another_document_is_tried_after_the_first(bed: ChipBed) -> None:
    assert isinstance(bed.read(OTHER_PERSON, bed.key), ChipRead)


@pytest.mark.parametrize("citizen", ["adult", "elder"])
def test_a_chip_that_refuses_every_key_is_not_opened(bed: ChipBed, citizen: str) -> None:
    bed.place.put(citizen)
    bed.faults.refuses_keys = True
    assert bed.read() is ChipTrouble.WRONG_KEY


@pytest.mark.parametrize(
    ("document", "trouble"),
    [
        ("passport", ChipTrouble.PASSPORT),
        ("taiwan_permit", ChipTrouble.TAIWAN_PERMIT),
        ("entry_permit", ChipTrouble.OTHER_DOCUMENT),
        ("foreign_card", ChipTrouble.OTHER_DOCUMENT),
        ("bank_card", ChipTrouble.NOT_A_DOCUMENT),
    ],
)
def test_each_wrong_document_is_called_by_its_name(
    bed: ChipBed, document: str, trouble: ChipTrouble
) -> None:
    bed.faults.document = document
    assert bed.read() is trouble
    assert bed.record() is trouble
    assert bed.write() == NotWritten(trouble)


def test_a_dead_chip_and_a_silent_one_are_told_apart(bed: ChipBed) -> None:
    bed.faults.dead = True
    assert bed.read() is ChipTrouble.DEAD
    bed.faults.dead, bed.faults.silent = False, True
    assert bed.read() is ChipTrouble.SILENT


def test_a_forged_signature_is_noticed(bed: ChipBed) -> None:
    bed.faults.forged = True
    assert bed.read() is ChipTrouble.NOT_AUTHENTIC
    bed.faults.forged = False
    assert isinstance(bed.read(), ChipRead)


@pytest.mark.parametrize("file", [0x0101, 0x0102, 0x010B, 0x010C])
def test_a_changed_file_is_noticed(bed: ChipBed, file: int) -> None:
    assert bed.place.card
    chip = bed.place.card.chip
    data = bytearray(chip.file(file))
    # The last letter or dot of what it says, so that its form stays right.
    data[-1] ^= 0x01 if file != 0x0101 else ord("<") ^ ord("A")
    chip.replace_file(file, bytes(data))
    assert bed.read() in (ChipTrouble.NOT_AUTHENTIC, ChipTrouble.UNREADABLE)


def test_a_chip_whose_answers_stay_broken_is_unreadable(bed: ChipBed) -> None:
    bed.faults.broken_answers = 1000
    assert bed.read() is ChipTrouble.UNREADABLE
    bed.faults.broken_answers = 0
    assert isinstance(bed.read(), ChipRead)


@pytest.mark.parametrize("at", [1, 4, 8, 11, 40])
def test_a_card_pulled_between_commands_is_noticed(bed: ChipBed, at: int) -> None:
    bed.faults.broken_answers = 0
    bed.faults.pull_at_command = at
    assert bed.read() is ChipTrouble.PULLED
    assert bed.read() is ChipTrouble.NO_CARD
    bed.position.put_back()
    assert isinstance(bed.read(), ChipRead)


def test_a_withdrawn_call_ends_without_a_result(bed: ChipBed) -> None:
    bed.cancel.set()
    assert bed.read() is ChipTrouble.WITHDRAWN
    assert bed.record() is ChipTrouble.WITHDRAWN
    assert bed.write() == NotWritten(ChipTrouble.WITHDRAWN)


def test_a_record_is_written_once_and_read_back(bed: ChipBed) -> None:
    bed.place.put("minor")
    assert bed.record() == NoRecord()
    assert bed.write() == Written()
    assert bed.record() == RECORD
    assert bed.write() == Written(already=True)
    assert bed.write(SECOND) == Written()
    assert bed.record() == SECOND


def test_the_record_of_the_factory_is_read(bed: ChipBed) -> None:
    record = bed.record()
    assert isinstance(record, EndorsementRecord)
    assert record.endorsements == permits()["adult"].endorsements


def test_a_record_that_does_not_fit_never_touches_the_card(bed: ChipBed) -> None:
    bed.faults.pull_at_command = 1
    with pytest.raises(ValueError, match="does not fit"):
        bed.write(EndorsementRecord("x" * 65, RECORD.endorsements))
    assert bed.faults.pull_at_command == 1


def test_a_chip_without_the_file_has_no_room(tmp_path: Path) -> None:
    bed = direct_bed(tmp_path, endorsement_file="E0FF")
    bed.place.put("adult")
    assert bed.record() is ChipTrouble.NO_ROOM
    assert bed.write() == NotWritten(ChipTrouble.NO_ROOM)


@pytest.mark.parametrize("keeps_effect", [False, True], ids=["command lost", "answer lost"])
def test_a_torn_write_is_told_honestly(tmp_path: Path, *, keeps_effect: bool) -> None:
    bed = direct_bed(tmp_path)
    # A long order makes three pieces of its record; before the ninth command no key is proved.
    record = EndorsementRecord("order-" + "x" * 58, RECORD.endorsements * 4)
    outcomes = set()
    for at in range(9, 60):
        bed.place.put("elder")
        before = bed.record()
        bed.faults.pull_at_command = at
        bed.faults.pull_keeps_effect = keeps_effect
        outcome = bed.write(record)
        bed.faults.pull_at_command = 0
        bed.position.put_back()
        after = bed.record()
        outcomes.add(type(outcome))
        if isinstance(outcome, Written):
            assert after == record
            break
        assert after in {NotWritten: (before,), WriteDoubtful: (before, record)}[type(outcome)]
        # Trying again is safe, and ends with exactly this order's record.
        assert bed.write(record) == Written(already=after == record)
    assert outcomes == {NotWritten, WriteDoubtful, Written}


def test_a_write_is_not_withdrawn_halfway(tmp_path: Path) -> None:
    bed = direct_bed(tmp_path, chunk_bytes=40)
    card = bed.place.put("minor")

    class OnceWritten:
        """Withdraws as soon as the first byte of the record is on the chip."""

        def is_set(self) -> bool:
            return any(card.chip.file(ENDORSEMENT_FILE))

        def wait(self, timeout: float | None = None) -> bool:
            return self.is_set()

    assert bed.reader.write_endorsement((bed.key,), RECORD, OnceWritten()) == Written()


def test_a_reader_that_is_unplugged_and_comes_back(bed: ChipBed) -> None:
    slot = bed.reader._slot
    slot.plugged = False
    assert bed.reader.status().state is DeviceState.NO_DEVICE
    with pytest.raises(NotConnectedError):
        bed.read()
    with pytest.raises(NotConnectedError):
        bed.reader.open()
    slot.plugged = True
    bed.reader.open()
    assert isinstance(bed.read(), ChipRead)


def test_nobody_to_trust_is_said_with_the_reading(tmp_path: Path) -> None:
    bed = direct_bed(tmp_path)
    bed.place.put("adult")
    reader = PcscChipReader("chip_reader", {"card_wait_s": 0.0}, bed.reader._slot)
    read = reader.read((bed.key,), threading.Event())
    assert isinstance(read, ChipRead)
    assert read.authenticity is Authenticity.UNVERIFIED


def test_nothing_personal_is_logged_or_shown(
    bed: ChipBed, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    read = bed.read(OTHER_PERSON, bed.key)
    said = caplog.text + repr(read) + repr(bed.key)
    for secret in ("CZ0000017", "CZ0000090", "900101", "欧阳", "OUYANG"):
        assert secret not in said


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_CHIP_READER" not in os.environ, reason="KIOSK_CHIP_READER is not set")
def test_a_real_reader_reads_the_permit_that_stands_there() -> None:
    reader = PcscChipReader("chip_reader", {"reader": os.environ["KIOSK_CHIP_READER"]})
    reader.open()
    number, birth, expiry = os.environ["KIOSK_CHIP_KEY"].split()
    read = reader.read((AccessKey(number, birth, expiry),), threading.Event())
    assert isinstance(read, ChipRead)
    reader.close()
