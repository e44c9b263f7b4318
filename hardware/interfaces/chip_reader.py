"""A reader for the chip of a card-type permit (往来港澳通行证), at the transport's chip position.

The reader opens the chip with a key made of what is printed on the permit (ICAO Doc 9303-11), reads
who it belongs to, and writes and reads back the endorsements of one order.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


@dataclass(frozen=True, slots=True)
class AccessKey:
    """What opens a chip: facts printed on its card (ICAO "MRZ information", without check digits).

    Args:
        document_number: up to nine characters in EEPs and passports, more in some cards.
        birth: YYMMDD.
        expiry: YYMMDD.
    """

    document_number: str = field(repr=False)
    birth: str = field(repr=False)
    expiry: str = field(repr=False)


class Authenticity(StrEnum):
    """What passive authentication says (ICAO Doc 9303-11, 5.1)."""

    GENUINE = "genuine"
    """every data group hashes to what a document signer known to us has signed"""
    UNVERIFIED = "unverified"
    """hashes and signature agree, but no country certificates are configured to trust"""


class PictureFormat(StrEnum):
    """How a portrait is coded in DG2."""

    JPEG = "jpeg"
    JPEG_2000 = "jpeg_2000"


@dataclass(frozen=True, slots=True)
class ChipRead:
    """What the chip of a permit says; dates stay text until the kiosk reads them.

    Args:
        mrz: the 90 characters of DG1; its first 30 are the line printed on the card.
        portrait: the face of DG2 as stored.
        portrait_format: how it is coded.
        authenticity: of everything here.
        full_name: Chinese name of DG11, empty when the chip has none.
        birth_place: of DG11, empty when the chip has none.
        authority: issuing authority of DG12, empty when the chip has none.
        issued: YYYYMMDD of DG12, empty when the chip has none.
    """

    mrz: str
    portrait: bytes
    portrait_format: PictureFormat
    authenticity: Authenticity
    full_name: str = ""
    birth_place: str = ""
    authority: str = ""
    issued: str = ""

    def __repr__(self) -> str:
        return f"ChipRead(authenticity={self.authenticity.value!r})"


@dataclass(frozen=True, slots=True)
class ChipEndorsement:
    """One endorsement as written to the chip.

    Args:
        destination: `HKG` or `MAC`.
        kind: letter of the kind, for example `G`.
        entries: how many journeys; 0 for any number.
        valid_from: YYYYMMDD.
        valid_until: YYYYMMDD.
        number: of the endorsement, empty when central gave none.
    """

    destination: str
    kind: str
    entries: int
    valid_from: str
    valid_until: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class EndorsementRecord:
    """What one order left on the chip; the newest order's record is the one that counts.

    Args:
        order_id: key of the order, up to 64 ASCII characters; the saga's probe compares it.
        endorsements: what was granted, at most four.
    """

    order_id: str
    endorsements: tuple[ChipEndorsement, ...]


@dataclass(frozen=True, slots=True)
class NoRecord:
    """The chip was read, and surely holds no whole record."""


class ChipTrouble(StrEnum):
    """Why a chip could not be used. Each is answered in another way."""

    NO_CARD = "no_card"
    """nothing stands at the chip position"""
    PULLED = "pulled"
    """the card, or the reader's contact with it, went away in the middle"""
    DEAD = "dead"
    """a card stands there, but its chip does not wake: the window"""
    SILENT = "silent"
    """the chip woke, then did not answer in time"""
    UNREADABLE = "unreadable"
    """answers came, but they are broken in every try"""
    WRONG_KEY = "wrong_key"
    """none of the keys opens it: another person's card, or not the permit on file"""
    NOT_AUTHENTIC = "not_authentic"
    """passive authentication failed: the window, neutral words"""
    PASSPORT = "passport"
    """opened, but it is a passport"""
    TAIWAN_PERMIT = "taiwan_permit"
    """opened, but it is a 往来台湾通行证"""
    OTHER_DOCUMENT = "other_document"
    """opened, but it is another country's document, or a permit to enter the mainland"""
    NOT_A_DOCUMENT = "not_a_document"
    """a chip without the travel-document application: a bank card, a bus card"""
    NO_ROOM = "no_room"
    """the chip has no place for endorsements, or refuses to have it written"""
    WITHDRAWN = "withdrawn"
    """the caller withdrew the call first"""


@dataclass(frozen=True, slots=True)
class Written:
    """The record was written and read back.

    Args:
        already: it stood there before; nothing was written by this call.
    """

    already: bool = False


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Surely no record of this order is on the chip; the record before it still counts."""

    trouble: ChipTrouble


@dataclass(frozen=True, slots=True)
class WriteDoubtful:
    """The byte that makes the record count went out, and no answer came: read the chip to know."""

    trouble: ChipTrouble


WriteOutcome = Written | NotWritten | WriteDoubtful


class ChipReader(Device, Protocol):
    """Uses one chip at a time; each call powers it, opens it and lets it go.

    Keys: the permit's that central has on file comes first. Keys of the same citizen's other
    documents may follow, only so that a wrong document can be called by its name.
    """

    def read(self, keys: Sequence[AccessKey], cancel: Cancel) -> ChipRead | ChipTrouble:
        """Open the permit that stands at the chip position and read it.

        Args:
            keys: to try, in this order.
            cancel: looked at between any two commands to the chip.

        Returns:
            What it says, or the trouble with it. Blocks about a second with a real chip.

        Raises:
            DeviceError: the reader itself failed: gone, no service, refused.
        """

    def read_endorsement(
        self, keys: Sequence[AccessKey], cancel: Cancel
    ) -> EndorsementRecord | NoRecord | ChipTrouble:
        """Ask the chip which order's record counts: the probe after a doubtful write.

        Raises:
            DeviceError: the reader itself failed.
        """

    def write_endorsement(
        self, keys: Sequence[AccessKey], record: EndorsementRecord, cancel: Cancel
    ) -> WriteOutcome:
        """Write a record unless the order's record stands there already, then read it back.

        A write torn at any byte leaves the record before it in force, so calling again is safe:
        one order never leaves two records.

        Args:
            keys: to try, in this order.
            record: of one order.
            cancel: heeded only before the first byte of the record has gone out.

        Raises:
            DeviceError: the reader failed before a byte of the record went out.
            ValueError: the record does not fit; the card was not touched.
        """
