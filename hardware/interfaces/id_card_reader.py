"""A reader for second-generation identity cards and their look-alikes."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


class CardLayout(StrEnum):
    """How the card's text block is laid out (hardware facts 1.5)."""

    CITIZEN = "citizen"
    HMT_RESIDENT = "hmt_resident"
    FOREIGN_2017 = "foreign_2017"
    FOREIGN_2023 = "foreign_2023"


@dataclass(frozen=True, slots=True)
class IdCard:
    """The text of a card as printed, and its picture; dates stay text until the kiosk reads them.

    Args:
        layout: which of the four layouts.
        name: Chinese name.
        latin_name: Latin name of a foreigner's card.
        sex_code: GB/T 2261.1.
        ethnicity_code: GB/T 3304, two digits, or empty.
        birth: YYYYMMDD.
        address: as printed.
        number: 18 or 15 characters.
        issuer: issuing authority, or its code on a 2017 foreigner's card.
        valid_from: YYYYMMDD.
        valid_to: YYYYMMDD or `长期`.
        nationality: three letters on a foreigner's card, else empty.
        permit_number: number of the travel permit on a J card.
        times_issued: issue or renewal count where the layout has one.
        portrait_raw: 1024 bytes in the closed WLT format, or a simulator's own marked picture.
        portrait: decoded picture (JPEG or PNG), empty without a decoder.
    """

    layout: CardLayout
    name: str
    sex_code: str
    birth: str
    number: str
    latin_name: str = ""
    ethnicity_code: str = ""
    address: str = ""
    issuer: str = ""
    valid_from: str = ""
    valid_to: str = ""
    nationality: str = ""
    permit_number: str = ""
    times_issued: str = ""
    portrait_raw: bytes = field(default=b"", repr=False)
    portrait: bytes = field(default=b"", repr=False)

    def __repr__(self) -> str:
        return f"IdCard(layout={self.layout.value!r})"


class CardTrouble(StrEnum):
    """Why a card that was there could not be read. Each is mended in another way."""

    MOVED = "moved"
    """taken away or shifted before the read ended (status 41, 81): lay it down again"""
    UNREADABLE = "unreadable"
    """answers came, but broken in every try: wipe the card, try again, else the window"""
    NOT_AUTHENTIC = "not_authentic"
    """reader and card did not recognise each other (31, 32, 33): the window, neutral words"""
    NOT_AN_ID_CARD = "not_an_id_card"
    """another kind of card lies there (40)"""


class IdCardReader(Device, Protocol):
    """Reads one card at a time; the field is on only while `read_card` runs."""

    def read_card(
        self, cancel: Cancel, on_found: Callable[[], None]
    ) -> IdCard | CardTrouble | None:
        """Wait for a card, then read its text and picture.

        Args:
            cancel: ends the wait; looked at between any two frames.
            on_found: called once when a card lies in the field, before the slow read.

        Returns:
            The card; or the trouble with the card that lies there; or None when cancelled.

        Raises:
            DeviceError: the reader itself failed: port gone, no answer, refused.
        """

    def wait_for_removal(self, cancel: Cancel) -> bool:
        """Wait until no card lies in the field; False when cancelled first.

        Raises:
            DeviceError: the reader itself failed.
        """
