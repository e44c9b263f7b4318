"""Files of a travel-document chip (ICAO Doc 9303-10). Pure: no input/output.

EF.CardAccess 011C   EF.COM 011E   EF.SOD 011D   DG1 to DG16 0101 to 0110
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from hardware.codecs.tlv import BadChipDataError, Tlv, build, find, need, parse_one

APPLICATION = bytes.fromhex("A0000002471001")
"""Name of the travel-document application."""


class FileId(IntEnum):
    """Files this code reads."""

    CARD_ACCESS = 0x011C
    SECURITY_OBJECT = 0x011D
    COMMON = 0x011E
    DG1 = 0x0101
    DG2 = 0x0102
    DG11 = 0x010B
    DG12 = 0x010C


DATA_GROUP_TAGS: Mapping[int, int] = MappingProxyType(
    {
        1: 0x61,
        2: 0x75,
        3: 0x63,
        4: 0x76,
        5: 0x65,
        6: 0x66,
        7: 0x67,
        8: 0x68,
        9: 0x69,
        10: 0x6A,
        11: 0x6B,
        12: 0x6C,
        13: 0x6D,
        14: 0x6E,
        15: 0x6F,
        16: 0x70,
    }
)
"""Data group number to the tag of its file."""

EEP_MRZ = 90
"""Characters in DG1 of a card-type permit, and of any TD1 card."""
PASSPORT_MRZ = 88

_COMMON, _LDS_VERSION, _UNICODE_VERSION, _TAG_LIST = 0x60, 0x5F01, 0x5F36, 0x5C
_MRZ = 0x5F1F
_FULL_NAME, _BIRTH_PLACE = 0x5F0E, 0x5F11
_AUTHORITY, _ISSUED = 0x5F19, 0x5F26
_PACKED_DATE_BYTES = 4


class DocumentKind(IntEnum):
    """What a machine-readable zone belongs to, by its length and first letters."""

    HK_MACAO_PERMIT = 1
    TAIWAN_PERMIT = 2
    PASSPORT = 3
    OTHER = 4


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What of DG11 is used.

    Args:
        full_name: name in the national script.
        birth_place: its parts joined by a space.
    """

    full_name: str = field(default="", repr=False)
    birth_place: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class IssueDetails:
    """What of DG12 is used.

    Args:
        authority: issuing authority.
        issued: YYYYMMDD.
    """

    authority: str = ""
    issued: str = ""


def parse_common(data: bytes) -> tuple[int, ...]:
    """Numbers of the data groups that EF.COM lists.

    Raises:
        BadChipDataError: it is not such a file.
    """
    tags = need(parse_one(data, _COMMON).children(), _TAG_LIST).value
    return tuple(number for number, tag in DATA_GROUP_TAGS.items() if tag in tags)


def build_common(groups: Sequence[int]) -> bytes:
    """EF.COM of a chip with these data groups."""
    tags = bytes(DATA_GROUP_TAGS[number] for number in groups)
    return build(
        _COMMON,
        build(_LDS_VERSION, b"0107"),
        build(_UNICODE_VERSION, b"040000"),
        build(_TAG_LIST, tags),
    )


def parse_mrz(data: bytes) -> str:
    """The characters of DG1.

    Raises:
        BadChipDataError: it is not such a file, or not made of capitals, digits and fillers.
    """
    value = need(parse_one(data, DATA_GROUP_TAGS[1]).children(), _MRZ).value
    text = _text(value, "ascii")
    if not text or not all(one == "<" or (one.isalnum() and one == one.upper()) for one in text):
        raise BadChipDataError("a machine-readable zone with other characters")
    return text


def build_mrz(mrz: str) -> bytes:
    """DG1 with these characters."""
    return build(DATA_GROUP_TAGS[1], build(_MRZ, mrz.encode("ascii")))


def kind_of(mrz: str) -> DocumentKind:
    """What it belongs to (hardware facts 2.5): a permit has 90 characters but no TD1 layout."""
    if len(mrz) == PASSPORT_MRZ and mrz.startswith("P"):
        return DocumentKind.PASSPORT
    if len(mrz) == EEP_MRZ and mrz.startswith("CS"):
        return DocumentKind.HK_MACAO_PERMIT
    if len(mrz) == EEP_MRZ and mrz.startswith("CD"):
        return DocumentKind.TAIWAN_PERMIT
    return DocumentKind.OTHER


def parse_person(data: bytes) -> PersonDetails:
    """DG11.

    Raises:
        BadChipDataError: it is not such a file.
    """
    parts = parse_one(data, DATA_GROUP_TAGS[11]).children()
    place = _utf8(find(parts, _BIRTH_PLACE))
    return PersonDetails(_utf8(find(parts, _FULL_NAME)), " ".join(place.split("<")).strip())


def build_person(details: PersonDetails) -> bytes:
    """DG11 of a chip."""
    return _build_details(
        11, {_FULL_NAME: details.full_name.encode(), _BIRTH_PLACE: details.birth_place.encode()}
    )


def parse_issue(data: bytes) -> IssueDetails:
    """DG12; its date comes as eight digits or packed into four bytes.

    Raises:
        BadChipDataError: it is not such a file.
    """
    parts = parse_one(data, DATA_GROUP_TAGS[12]).children()
    return IssueDetails(_utf8(find(parts, _AUTHORITY)), _date(find(parts, _ISSUED)))


def build_issue(details: IssueDetails) -> bytes:
    """DG12 of a chip."""
    return _build_details(
        12, {_AUTHORITY: details.authority.encode(), _ISSUED: details.issued.encode("ascii")}
    )


def _build_details(group: int, fields: Mapping[int, bytes]) -> bytes:
    tags = b"".join(tag.to_bytes(2, "big") for tag in fields)
    built = (build(tag, value) for tag, value in fields.items())
    return build(DATA_GROUP_TAGS[group], build(_TAG_LIST, tags), *built)


def _date(found: Tlv | None) -> str:
    if found is None:
        return ""
    packed = len(found.value) == _PACKED_DATE_BYTES
    text = found.value.hex() if packed else _text(found.value, "ascii")
    if len(text) != 8 or not text.isdigit():
        raise BadChipDataError("a date that is none")
    return text


def _utf8(found: Tlv | None) -> str:
    return "" if found is None else _text(found.value, "utf-8")


def _text(data: bytes, coding: str) -> str:
    try:
        return data.decode(coding)
    except UnicodeDecodeError:
        raise BadChipDataError(f"text that is not {coding}") from None
