"""The citizen, as the card on the reader tells."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kiosk.domain.age import full_years


class IdCardKind(StrEnum):
    """The four layouts a second-generation reader meets (hardware facts 1.5)."""

    CITIZEN = "citizen"
    """居民身份证"""
    HMT_RESIDENT = "hmt_resident"
    """港澳台居民居住证, type letter J"""
    FOREIGN_2017 = "foreign_2017"
    """外国人永久居留身份证 of 2017, type letter I"""
    FOREIGN_2023 = "foreign_2023"
    """外国人永久居留身份证 of 2023, type letter Y"""


class Sex(StrEnum):
    """Codes of GB/T 2261.1."""

    UNKNOWN = "0"
    MALE = "1"
    FEMALE = "2"
    UNSTATED = "9"


@dataclass(frozen=True, slots=True)
class Person:
    """What a card says about its holder; never printed whole in a log.

    Args:
        card_kind: which layout the card has.
        name: Chinese name, may be empty on a foreigner's card.
        latin_name: name in Latin letters where the card carries one, else empty.
        sex: as on the card.
        ethnicity: GB/T 3304 code of two digits, empty where the card has none.
        birth: date of birth.
        address: as printed, empty on foreigners' cards.
        number: number of the card, 15 or 18 characters, upper case.
        issuer: issuing authority.
        valid_from: first day of validity, None where the card's text is unreadable.
        valid_to: last day of validity, None for 长期 (no end).
        nationality: ISO 3166 alpha-3.
        portrait: picture as JPEG or PNG, empty where no decoder is installed.
    """

    card_kind: IdCardKind
    name: str
    sex: Sex
    birth: date
    number: str
    latin_name: str = ""
    ethnicity: str = ""
    address: str = ""
    issuer: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    nationality: str = "CHN"
    portrait: bytes = field(default=b"", repr=False)

    def __repr__(self) -> str:
        return f"Person(card_kind={self.card_kind.value!r}, number={self.masked_number!r})"

    @property
    def masked_number(self) -> str:
        """The number with all but its last four characters hidden."""
        return "*" * max(0, len(self.number) - 4) + self.number[-4:]

    def age_on(self, day: date) -> int:
        """Full years on a day; a birthday counts from its own day on (29 February: 1 March)."""
        return full_years(self.birth, day)

    def is_expired_on(self, day: date) -> bool:
        """Whether the card's last day lies before the given day; 长期 never expires."""
        return self.valid_to is not None and self.valid_to < day
