"""Reader of permit chips behind PC/SC (hardware facts 2; ICAO Doc 9303-10 and 9303-11).

Wakes the chip, opens it, reads what the kiosk needs, checks it, and writes the one file of
endorsements. It decides which trouble an answer means; it knows nothing of orders and money.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hardware.codecs import endorsement_file
from hardware.codecs.certificate import Certificate
from hardware.codecs.secure_messaging import LONGEST_SHORT_ANSWER
from hardware.codecs.tlv import BadChipDataError
from hardware.drivers.life_cycle import status_behind
from hardware.drivers.pcsc.chip_files import ChipFiles
from hardware.drivers.pcsc.chip_link import ChipLink, StoppedError
from hardware.drivers.pcsc.chip_opening import open_chip
from hardware.drivers.pcsc.pcsc_slot import PcscSlot
from hardware.drivers.pcsc.permit_reading import other_document, read_permit
from hardware.drivers.pcsc.record_writing import write_record
from hardware.drivers.pcsc.trust import UntrustworthyError, load_trusted
from hardware.errors import DeviceError
from hardware.interfaces.chip_reader import (
    AccessKey,
    ChipRead,
    ChipTrouble,
    EndorsementRecord,
    NoRecord,
    NotWritten,
    WriteOutcome,
)
from hardware.interfaces.chip_slot import ChipChannel, ChipSlot
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus
from hardware.timing import Deadline

ENDORSEMENT_FILE = "E001"
_LOOK_EVERY_S = 0.05

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Settings:
    card_wait_s: float
    chunk_bytes: int
    tries: int
    file: int
    trusted: tuple[Certificate, ...]


class PcscChipReader:
    """Implements `ChipReader`.

    Args:
        name: of the device in the configuration.
        options: `reader` (a part of its PC/SC name), `card_wait_s` for a card that is just coming,
            `chunk_bytes` of a file per command, `tries` of a reading with broken answers,
            `csca_folder` with country certificates, `endorsement_file` (four hexadecimal digits).
        slot: where the card stands, when it is not a PC/SC reader.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(
        self,
        name: str,
        options: Options,
        slot: ChipSlot | None = None,
    ) -> None:
        table = OptionReader(f"devices.{name}", options)
        reader = "" if slot else table.text("reader")
        self._settings = _read_settings(table, options)
        table.end()
        self._name = name
        self._slot: ChipSlot = slot or PcscSlot(name, reader)
        self._identity = DeviceIdentity("PC/SC")

    def open(self) -> None:
        """Take the reader.

        Raises:
            DeviceError: it is not there.
        """
        self._identity = DeviceIdentity(self._slot.open())

    def close(self) -> None:
        """Let go of the reader."""
        self._slot.close()

    def status(self) -> DeviceStatus:
        """Ask whether a card stands there; wakes no chip."""
        try:
            return DeviceStatus(DeviceState.ONLINE, media=self._slot.media())
        except DeviceError as error:
            return status_behind(error)

    def reset(self) -> None:
        """Let go of the reader and take it again.

        Raises:
            DeviceError: it does not come back.
        """
        self._slot.close()
        self.open()

    def identity(self) -> DeviceIdentity:
        """The reader's PC/SC name."""
        return self._identity

    def read(self, keys: Sequence[AccessKey], cancel: Cancel) -> ChipRead | ChipTrouble:
        """Open the permit and read it; see `ChipReader.read`."""
        trusted = self._settings.trusted
        return self._talk(keys, cancel, lambda files: read_permit(files, trusted))

    def read_endorsement(
        self, keys: Sequence[AccessKey], cancel: Cancel
    ) -> EndorsementRecord | NoRecord | ChipTrouble:
        """Which order's record counts; see `ChipReader.read_endorsement`."""
        return self._talk(keys, cancel, self._read_record)

    def write_endorsement(
        self, keys: Sequence[AccessKey], record: EndorsementRecord, cancel: Cancel
    ) -> WriteOutcome:
        """Write a record and read it back; see `ChipReader.write_endorsement`."""
        # What does not fit must be known before the card is touched.
        endorsement_file.next_patch(b"", record)
        step = self._settings.chunk_bytes
        file = self._settings.file

        def write(files: ChipFiles) -> WriteOutcome | ChipTrouble:
            return other_document(files) or write_record(files, file, record, step)

        outcome: WriteOutcome | ChipTrouble = self._talk(keys, cancel, write)
        return NotWritten(outcome) if isinstance(outcome, ChipTrouble) else outcome

    def _talk(
        self,
        keys: Sequence[AccessKey],
        cancel: Cancel,
        act: Callable[[ChipFiles], T | ChipTrouble],
    ) -> T | ChipTrouble:
        """One conversation, again from the beginning when answers are broken."""
        for attempt in range(1, self._settings.tries + 1):
            try:
                return self._talk_once(keys, cancel, act)
            except StoppedError as stopped:
                log.info("%s: %s", self._name, stopped.trouble.value)
                return stopped.trouble
            except BadChipDataError as error:
                log.warning("%s: try %d: %s", self._name, attempt, error)
        return ChipTrouble.UNREADABLE

    def _talk_once(
        self,
        keys: Sequence[AccessKey],
        cancel: Cancel,
        act: Callable[[ChipFiles], T | ChipTrouble],
    ) -> T | ChipTrouble:
        channel = self._connect(cancel)
        try:
            link = ChipLink(channel, cancel)
            open_chip(link, keys)
            return act(ChipFiles(link, self._settings.chunk_bytes))
        finally:
            channel.close()

    def _connect(self, cancel: Cancel) -> ChipChannel:
        """A card that has just been moved here may need a moment to be noticed."""
        deadline = Deadline(self._settings.card_wait_s)
        while True:
            if cancel.is_set():
                raise StoppedError(ChipTrouble.WITHDRAWN)
            channel = self._slot.connect()
            if not isinstance(channel, ChipTrouble):
                return channel
            if channel is not ChipTrouble.NO_CARD or deadline.passed:
                raise StoppedError(channel)
            cancel.wait(min(_LOOK_EVERY_S, deadline.left_s))

    def _read_record(self, files: ChipFiles) -> EndorsementRecord | NoRecord | ChipTrouble:
        other = other_document(files)
        if other:
            return other
        data = files.read_fixed(self._settings.file, endorsement_file.FILE_BYTES)
        if data is None:
            return ChipTrouble.NO_ROOM
        placed = endorsement_file.current(data)
        return placed.record if placed else NoRecord()


def _read_settings(table: OptionReader, options: Options) -> _Settings:
    file = table.text("endorsement_file", ENDORSEMENT_FILE)
    if len(file) != 4 or not set(file) <= set("0123456789ABCDEFabcdef"):
        table.reject("endorsement_file", "must be four hexadecimal digits")
        file = ENDORSEMENT_FILE
    return _Settings(
        card_wait_s=table.number("card_wait_s", 2.0, 0.0, 30),
        chunk_bytes=int(
            table.number("chunk_bytes", LONGEST_SHORT_ANSWER, 16, LONGEST_SHORT_ANSWER)
        ),
        tries=table.one_of("tries", 2, range(1, 6)),
        file=int(file, 16),
        trusted=_trusted(table) if "csca_folder" in options else (),
    )


def _trusted(table: OptionReader) -> tuple[Certificate, ...]:
    folder = table.text("csca_folder")
    try:
        return load_trusted(Path(folder)) if folder else ()
    except UntrustworthyError as error:
        table.reject("csca_folder", str(error))
        return ()
