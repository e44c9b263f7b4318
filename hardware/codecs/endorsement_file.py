"""The chip's file of endorsements: our assumption, because the real one is not public.

Two places, written in turn; the newest whole one counts. A record ends with its checksum, so one
that was torn anywhere does not count and the one before it does.

    place = 'EN' 01 | number 4 | length 2 | order, endorsements | checksum 8

The checksum is the beginning of SHA-256 over all before it.

Pure: no input/output.
"""

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from hardware.codecs.tlv import BadChipDataError, Tlv, build, need, parse_all
from hardware.interfaces.chip_reader import ChipEndorsement, EndorsementRecord

PLACE_BYTES = 512
FILE_BYTES = 2 * PLACE_BYTES
MOST_ENDORSEMENTS = 4
LONGEST_TEXT = 64
_MARK = b"EN\x01"
_HEAD = struct.Struct(">3sIH")
_CHECK_BYTES = 8
_ORDER, _ENDORSEMENT = 0xC1, 0xE1
_DESTINATION, _KIND, _ENTRIES, _FROM, _UNTIL, _NUMBER = 0xC2, 0xC3, 0xC4, 0xC5, 0xC6, 0xC7
_TEXTS = (_DESTINATION, _KIND, _FROM, _UNTIL, _NUMBER)


@dataclass(frozen=True, slots=True)
class Placed:
    """A whole record where it stands.

    Args:
        record: what it says.
        number: counts up with every record of this chip.
        place: 0 or 1.
    """

    record: EndorsementRecord
    number: int
    place: int


@dataclass(frozen=True, slots=True)
class Patch:
    """Bytes to write.

    Args:
        offset: in the file.
        data: ends with the checksum that makes it count.
    """

    offset: int
    data: bytes


def current(data: bytes) -> Placed | None:
    """The record that counts, None when no place holds a whole one."""
    return max(_whole(data), key=lambda one: one.number, default=None)


def next_patch(data: bytes, record: EndorsementRecord) -> Patch:
    """What to write, and where, so that a record becomes the one that counts.

    Args:
        data: the file as it stands.
        record: to be written.

    Raises:
        BadChipDataError: the record does not fit.
    """
    before = current(data)
    number, place = (before.number + 1, 1 - before.place) if before else (1, 0)
    body = _build(record)
    head = _HEAD.pack(_MARK, number, len(body))
    whole = head + body + _check(head + body)
    if len(whole) > PLACE_BYTES:
        raise BadChipDataError("a record that does not fit into its place")
    return Patch(place * PLACE_BYTES, whole)


def _whole(data: bytes) -> Iterator[Placed]:
    for place in range(2):
        try:
            yield _placed(data[place * PLACE_BYTES : (place + 1) * PLACE_BYTES], place)
        except BadChipDataError:
            continue


def _placed(data: bytes, place: int) -> Placed:
    if len(data) < _HEAD.size + _CHECK_BYTES:
        raise BadChipDataError("no record")
    mark, number, length = _HEAD.unpack_from(data)
    end = _HEAD.size + length
    if mark != _MARK or data[end : end + _CHECK_BYTES] != _check(data[:end]):
        raise BadChipDataError("no whole record")
    return Placed(_parse(data[_HEAD.size : end]), number, place)


def _check(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_CHECK_BYTES]


def _build(record: EndorsementRecord) -> bytes:
    if not 1 <= len(record.endorsements) <= MOST_ENDORSEMENTS:
        raise BadChipDataError("a record with no or too many endorsements")
    return build(_ORDER, _ascii(record.order_id)) + b"".join(
        build(_ENDORSEMENT, *_fields(one)) for one in record.endorsements
    )


def _fields(one: ChipEndorsement) -> Iterator[bytes]:
    texts = (one.destination, one.kind, one.valid_from, one.valid_until, one.number)
    for tag, text in zip(_TEXTS, texts, strict=True):
        yield build(tag, _ascii(text))
    if not 0 <= one.entries <= 0xFFFF:
        raise BadChipDataError("a number of entries that does not fit")
    yield build(_ENTRIES, one.entries.to_bytes(2, "big"))


def _parse(body: bytes) -> EndorsementRecord:
    parts = parse_all(body)
    granted = tuple(_endorsement(one) for one in parts if one.tag == _ENDORSEMENT)
    return EndorsementRecord(_read(need(parts, _ORDER)), granted)


def _endorsement(element: Tlv) -> ChipEndorsement:
    parts = element.children()
    destination, kind, valid_from, valid_until, number = (_read(need(parts, tag)) for tag in _TEXTS)
    entries = int.from_bytes(need(parts, _ENTRIES).value, "big")
    return ChipEndorsement(destination, kind, entries, valid_from, valid_until, number)


def _ascii(text: str) -> bytes:
    if len(text) > LONGEST_TEXT or not text.isascii():
        raise BadChipDataError("a text that does not fit into a record")
    return text.encode("ascii")


def _read(element: Tlv) -> str:
    if not element.value.isascii():
        raise BadChipDataError("a text that is not ASCII")
    return element.value.decode("ascii")
