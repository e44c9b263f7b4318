"""The chip reader of the world; what is written stays on the card."""

from collections.abc import Sequence
from dataclasses import replace

from hardware.interfaces.card_printer import CardPosition
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
    WriteOutcome,
    Written,
)
from hardware.interfaces.device import Cancel
from hardware.simulators.people.mrz_lines import permit_line, permit_mrz
from tests.kit.saga_world.card_path import WorldCard, WorldCardPrinter
from tests.kit.saga_world.device import WorldDevice
from tests.kit.saga_world.world import World

READING = tuple(one for one in ChipTrouble if one is not ChipTrouble.NO_ROOM)
"""What can be wrong while a chip is read; its room is asked for when it is written."""


class WorldChipReader(WorldDevice):
    """Obeys `ChipReader` over the card that stands at the chip position.

    Args:
        world: it is part of.
        path: holds the card.
    """

    def __init__(self, world: World, path: WorldCardPrinter) -> None:
        self._world = world
        self._path = path

    def read(self, keys: Sequence[AccessKey], cancel: Cancel) -> ChipRead | ChipTrouble:
        """Open and read."""
        if self._card() is None:
            return ChipTrouble.NO_CARD
        for trouble in READING:
            if self._world.strikes(f"chip.{trouble.value}"):
                return trouble
        return ChipRead(self._zone(keys[0]), b"portrait", PictureFormat.JPEG, Authenticity.GENUINE)

    def read_endorsement(
        self, keys: Sequence[AccessKey], cancel: Cancel
    ) -> EndorsementRecord | NoRecord | ChipTrouble:
        """Which order's record counts."""
        card = self._card()
        if card is None:
            return ChipTrouble.NO_CARD
        if self._world.strikes("chip.probe_unreadable"):
            return ChipTrouble.UNREADABLE
        if not card.record:
            return NoRecord()
        endorsements = tuple(one for one in card.endorsements if isinstance(one, ChipEndorsement))
        return EndorsementRecord(card.record, endorsements)

    def write_endorsement(
        self, keys: Sequence[AccessKey], record: EndorsementRecord, cancel: Cancel
    ) -> WriteOutcome:
        """Write; a fault tears it before or after the byte that makes it count."""
        card = self._card()
        if card is None:
            return NotWritten(ChipTrouble.NO_CARD)
        if card.record == record.order_id:
            return Written(already=True)
        if self._world.strikes("chip.no_room"):
            return NotWritten(ChipTrouble.NO_ROOM)
        if self._world.strikes("chip.not_written"):
            return NotWritten(ChipTrouble.SILENT)
        self._world.point("chip.before_commit")
        if self._world.strikes("chip.torn_before"):
            return WriteDoubtful(ChipTrouble.PULLED)
        self._world.happened("chip.write", saga=record.order_id)
        card.record, card.endorsements = record.order_id, record.endorsements
        card.writes.append(record.order_id)
        self._world.point("chip.committed")
        if self._world.strikes("chip.torn_after"):
            return WriteDoubtful(ChipTrouble.SILENT)
        return Written()

    def _zone(self, key: AccessKey) -> str:
        """What DG1 holds; a fault breaks its last check digit, or says somebody else."""
        if self._world.strikes("chip.another_zone"):
            key = replace(key, birth="000229")
        line = permit_line("CS", key)
        if self._world.strikes("chip.wrong_check_digit"):
            line = f"{line[:-1]}{(int(line[-1]) + 1) % 10}"
        return permit_mrz(line, "样本", "CESHI<<YANGBEN", "M", "9")

    def _card(self) -> WorldCard | None:
        return self._path.card if self._path.position is CardPosition.CHIP else None
