"""Permits of people who do not exist, and other documents to put in by mistake.

Numbers: `CZ` permits, a series far from being issued, and published specimens. What the chip
holds is laid out as domain facts 11.2 say; everything is signed by a country that does not exist.
"""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType

from hardware.codecs import lds
from hardware.codecs.chip_cipher import Suite
from hardware.codecs.endorsement_file import FILE_BYTES, next_patch
from hardware.codecs.face_image import build_face, read_picture
from hardware.codecs.lds import FileId
from hardware.codecs.pace import PaceProtocol
from hardware.interfaces.chip_reader import AccessKey, ChipEndorsement, EndorsementRecord
from hardware.simulators.document_signer import imagined_country
from hardware.simulators.people.citizens import people
from hardware.simulators.people.mrz_lines import (
    entry_permit_mrz,
    foreign_card_mrz,
    passport_mrz,
    permit_line,
    permit_mrz,
)
from hardware.simulators.people.portrait import draw_for_chip
from hardware.simulators.permit_chip import Chip, ChipContent

ENDORSEMENT_FILE = 0xE001
"""Where the driver's default looks for endorsements."""
WRONG_DOCUMENTS = ("passport", "taiwan_permit", "entry_permit", "foreign_card", "bank_card")
"""What can be put in by mistake."""

_PACE = PaceProtocol(Suite.AES_128, 13)
_PLACE, _AUTHORITY = "湖北", "公安部出入境管理局"


@dataclass(frozen=True, slots=True)
class PermitFacts:
    """What is printed on a permit.

    Args:
        citizen: key of its holder among the synthetic people.
        name: Chinese name.
        latin_name: surname and given name as in the machine-readable zone.
        sex: `M` or `F`.
        birth: YYYYMMDD.
        number: nine characters.
        valid_from: YYYYMMDD.
        valid_until: YYYYMMDD.
        authority: who issued it.
        place: where it was issued.
        endorsements: as they stand on the back.
        pace: whether its chip speaks PACE; older ones speak basic access control alone.
    """

    citizen: str
    name: str
    latin_name: str
    sex: str
    birth: str
    number: str
    valid_from: str
    valid_until: str
    authority: str = _AUTHORITY
    place: str = _PLACE
    endorsements: tuple[ChipEndorsement, ...] = ()
    pace: bool = True

    @property
    def key(self) -> AccessKey:
        """What opens the chip."""
        return AccessKey(self.number, self.birth[2:], self.valid_until[2:])

    @property
    def line(self) -> str:
        """The printed machine-readable line."""
        return permit_line("CS", self.key)


@dataclass(frozen=True, slots=True)
class PermitCard:
    """One card that a citizen can put in.

    Args:
        facts: as printed.
        chip: in it; what is written to it stays.
    """

    facts: PermitFacts
    chip: Chip = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Row:
    latin_name: str
    number: str
    valid_from: str
    valid_until: str
    endorsements: tuple[ChipEndorsement, ...] = ()
    pace: bool = True


_ROWS = {
    "adult": _Row(
        "OUYANG<<CESHI",
        "CZ0000017",
        "20240318",
        "20340317",
        (ChipEndorsement("HKG", "G", 1, "20260110", "20270109", "Z00000001"),),
    ),
    "minor": _Row("CHEN<<XIAOYANG", "CZ0000025", "20240702", "20290701"),
    "elder": _Row(
        "ZHOU<<FANLI",
        "CZ0000033",
        "20190411",
        "20290410",
        (
            ChipEndorsement("HKG", "T", 0, "20260301", "20270228", "Z00000002"),
            ChipEndorsement("MAC", "G", 1, "20260301", "20270228", "Z00000003"),
        ),
        pace=False,
    ),
    "rare_name": _Row("TIAN<<JISHI", "CZ0000041", "20220905", "20320904", pace=False),
    "expired": _Row("HE<<JIUYANG", "CZ0000058", "20150601", "20250531", pace=False),
    "long_term": _Row("CHANG<<YANGBEN", "CZ0000066", "20230214", "20330213"),
}


@cache
def permits() -> Mapping[str, PermitFacts]:
    """The permits of synthetic citizens, by the citizen's key."""
    return MappingProxyType({citizen: _facts(citizen, row) for citizen, row in _ROWS.items()})


def make_permit(citizen: str, random: Callable[[int], bytes] = secrets.token_bytes) -> PermitCard:
    """A permit fresh from the factory, as it stands in `permits`.

    Args:
        citizen: key of the holder.
        random: for the chip's challenges and secrets.
    """
    facts = permits()[citizen]
    files = {**_signed_files(citizen), ENDORSEMENT_FILE: _endorsements(facts)}
    protocol = _PACE if facts.pace else None
    content = ChipContent(facts.key, files, frozenset({ENDORSEMENT_FILE}), protocol)
    return PermitCard(facts, Chip(content, random))


def make_wrong_document(
    name: str, key: AccessKey, random: Callable[[int], bytes] = secrets.token_bytes
) -> Chip:
    """The chip of another document, made to open with a given key.

    Args:
        name: one of `WRONG_DOCUMENTS`.
        key: of the chip.
        random: for the chip's challenges and secrets.
    """
    mrz = _wrong_mrz(name, key)
    files: dict[int, bytes] = {}
    if mrz:
        groups = {1: lds.build_mrz(mrz)}
        files = {
            FileId.COMMON: lds.build_common([1]),
            FileId.DG1: groups[1],
            FileId.SECURITY_OBJECT: imagined_country().sign(groups),
        }
    return Chip(ChipContent(key, files), random)


def _wrong_mrz(name: str, key: AccessKey) -> str:
    match name:
        case "passport":
            return passport_mrz(key, "CESHI<<YANGBEN")
        case "taiwan_permit":
            line = permit_line("CD", key)
            return permit_mrz(line, "样本", "CESHI<<YANGBEN", "M", "9")
        case "entry_permit":
            return entry_permit_mrz(key, "CESHI<<YANGBEN")
        case "foreign_card":
            return foreign_card_mrz(key, "SPECIMEN<<MAX")
        case _:
            return ""


def _facts(citizen: str, row: _Row) -> PermitFacts:
    card = people()[citizen].card
    return PermitFacts(
        citizen=citizen,
        name=card.name,
        latin_name=row.latin_name,
        sex="M" if card.sex_code == "1" else "F",
        birth=card.birth,
        number=row.number,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        endorsements=row.endorsements,
        pace=row.pace,
    )


@cache
def _signed_files(citizen: str) -> Mapping[int, bytes]:
    facts = permits()[citizen]
    century = "9" if facts.birth.startswith("19") else "0"
    mrz = permit_mrz(facts.line, facts.name, facts.latin_name, facts.sex, century)
    groups = {
        1: lds.build_mrz(mrz),
        2: build_face(read_picture(draw_for_chip(people()[citizen].face))),
        11: lds.build_person(lds.PersonDetails(facts.name, facts.place)),
        12: lds.build_issue(lds.IssueDetails(facts.authority, facts.valid_from)),
    }
    return {
        FileId.COMMON: lds.build_common(list(groups)),
        FileId.SECURITY_OBJECT: imagined_country().sign(groups),
        **{0x0100 + number: data for number, data in groups.items()},
    }


def _endorsements(facts: PermitFacts) -> bytes:
    blank = bytes(FILE_BYTES)
    if not facts.endorsements:
        return blank
    record = EndorsementRecord(f"issued-{facts.number}", facts.endorsements)
    patch = next_patch(blank, record)
    return patch.data.ljust(FILE_BYTES, b"\0") if not patch.offset else blank
