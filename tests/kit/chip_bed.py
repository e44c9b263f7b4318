"""A chip reader with a permit at it, for tests: in process or on the wire of vpcd."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hardware.drivers.pcsc.chip_reader import PcscChipReader
from hardware.interfaces.chip_reader import (
    AccessKey,
    ChipEndorsement,
    ChipRead,
    ChipTrouble,
    EndorsementRecord,
    NoRecord,
    WriteOutcome,
)
from hardware.settings import OptionValue
from hardware.simulators.chip_peer import ChipPeer
from hardware.simulators.chip_position import ChipFaults, ChipPosition
from hardware.simulators.chip_slots import DirectSlot, VpcdSlot
from hardware.simulators.document_signer import imagined_country
from hardware.simulators.people.permits import (
    WRONG_DOCUMENTS,
    PermitCard,
    make_permit,
    make_wrong_document,
)
from hardware.simulators.permit_chip import Chip

RECORD = EndorsementRecord(
    "order-1", (ChipEndorsement("MAC", "G", 1, "20261127", "20271126", "Z00000009"),)
)
STAND_INS = {name: partial(make_wrong_document, name) for name in WRONG_DOCUMENTS}


class Place:
    """Holds at most one card; what a card transport would do."""

    def __init__(self) -> None:
        self.card: PermitCard | None = None
        self.gone = threading.Event()

    def put(self, citizen: str) -> PermitCard:
        """Put a fresh permit here."""
        self.card = make_permit(citizen)
        return self.card

    def take(self) -> None:
        """Take it away."""
        self.card = None

    def chip(self) -> Chip | None:
        """Of the card that stands here."""
        return self.card.chip if self.card else None

    def pause(self, seconds: float) -> bool:
        """Let time pass."""
        return not self.gone.wait(seconds)

    def position(self) -> ChipPosition:
        """Where its chip is in contact."""
        return ChipPosition(self.chip, STAND_INS, self.pause)


@dataclass
class ChipBed:
    """A reader and its far end.

    Args:
        reader: under test.
        place: where the card stands.
        position: where its chip is in contact.
        cancel: given with every call.
    """

    reader: PcscChipReader
    place: Place
    position: ChipPosition
    cancel: threading.Event = field(default_factory=threading.Event)

    @property
    def faults(self) -> ChipFaults:
        """What is wrong with chip and contact."""
        return self.position.faults

    @property
    def key(self) -> AccessKey:
        """Of the permit that stands there."""
        assert self.place.card
        return self.place.card.facts.key

    def read(self, *keys: AccessKey) -> ChipRead | ChipTrouble:
        """Read with these keys, or with the right one."""
        return self.reader.read(keys or (self.key,), self.cancel)

    def write(self, record: EndorsementRecord = RECORD) -> WriteOutcome:
        """Write with the right key."""
        return self.reader.write_endorsement((self.key,), record, self.cancel)

    def record(self) -> EndorsementRecord | NoRecord | ChipTrouble:
        """The probe, with the right key."""
        return self.reader.read_endorsement((self.key,), self.cancel)


def trust(folder: Path) -> dict[str, OptionValue]:
    """Options of a machine that trusts the country of the synthetic people."""
    (folder / "country.pem").write_bytes(imagined_country().country_pem)
    return {"csca_folder": str(folder), "card_wait_s": 0.0}


def direct_bed(folder: Path, **options: OptionValue) -> ChipBed:
    """An open reader that calls the chip in this process.

    Args:
        folder: for the certificates it trusts.
        options: of the driver.
    """
    place = Place()
    position = place.position()
    reader = PcscChipReader("chip_reader", {**trust(folder), **options}, DirectSlot(position))
    reader.open()
    return ChipBed(reader, place, position)


@contextmanager
def wire_bed(folder: Path, answer_limit_s: float, **options: OptionValue) -> Iterator[ChipBed]:
    """An open reader whose chip connects to it over a socket, as to vpcd.

    Args:
        folder: for the certificates it trusts.
        answer_limit_s: after which a chip counts as silent.
        options: of the driver.
    """
    place = Place()
    position = place.position()
    slot = VpcdSlot("chip_reader", 0, answer_limit_s)
    reader = PcscChipReader("chip_reader", {**trust(folder), "card_wait_s": 5.0, **options}, slot)
    reader.open()
    peer = ChipPeer(position, slot.port, away_s=0.0)
    peer.start()
    try:
        yield ChipBed(reader, place, position)
    finally:
        place.gone.set()
        peer.stop()
        reader.close()
