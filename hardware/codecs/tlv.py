"""Tag, length, value: how chips and certificates pack everything (ISO 7816-4, X.690).

Pure: no input/output. Every codec of chip data raises `BadChipDataError` and nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

_LONGEST_TAG = 3
_LONGEST_LENGTH = 4
_MORE_TAG = 0x1F
_CONTINUES = 0x80


class BadChipDataError(ValueError):
    """Bytes of a chip that are not what the standard says; the text never quotes them."""


@dataclass(frozen=True, slots=True)
class Tlv:
    """One element.

    Args:
        tag: as one number, for example 0x7F61.
        value: what it holds.
        raw: the whole element as it came.
    """

    tag: int
    value: bytes = field(repr=False)
    raw: bytes = field(repr=False)

    def children(self) -> tuple["Tlv", ...]:
        """The elements inside.

        Raises:
            BadChipDataError: the value is not a row of elements.
        """
        return parse_all(self.value)


@dataclass(frozen=True, slots=True)
class Head:
    """Tag and length of an element whose value may not have come yet.

    Args:
        tag: as one number.
        head_bytes: how long tag and length are.
        value_bytes: how long the value will be.
    """

    tag: int
    head_bytes: int
    value_bytes: int

    @property
    def whole_bytes(self) -> int:
        """Length of the whole element."""
        return self.head_bytes + self.value_bytes


def build(tag: int, *values: bytes) -> bytes:
    """An element with the values one after another, in the shortest form of its length."""
    value = b"".join(values)
    name = tag.to_bytes((tag.bit_length() + 7) // 8 or 1, "big")
    return name + _length(len(value)) + value


def read_head(data: bytes) -> Head:
    """Tag and length at the beginning of some bytes.

    Raises:
        BadChipDataError: no element begins here.
    """
    tag, at = _tag(data)
    if at >= len(data):
        raise BadChipDataError("an element without a length")
    first = data[at]
    at += 1
    if first < _CONTINUES:
        return Head(tag, at, first)
    count = first - _CONTINUES
    if not 1 <= count <= _LONGEST_LENGTH or at + count > len(data):
        raise BadChipDataError("an element with a length that cannot be read")
    return Head(tag, at + count, int.from_bytes(data[at : at + count], "big"))


def parse_all(data: bytes) -> tuple[Tlv, ...]:
    """Elements one after another, to the last byte.

    Raises:
        BadChipDataError: something else stands there.
    """
    found, at = [], 0
    while at < len(data):
        head = read_head(data[at : at + _LONGEST_TAG + 1 + _LONGEST_LENGTH])
        end = at + head.whole_bytes
        if end > len(data):
            raise BadChipDataError(f"element {head.tag:X} is cut off")
        found.append(Tlv(head.tag, data[at + head.head_bytes : end], data[at:end]))
        at = end
    return tuple(found)


def parse_one(data: bytes, tag: int) -> Tlv:
    """One element and nothing behind it.

    Args:
        data: the whole element.
        tag: what it must be.

    Raises:
        BadChipDataError: it is something else, or something follows.
    """
    found = parse_all(data)
    if len(found) != 1 or found[0].tag != tag:
        raise BadChipDataError(f"not one element {tag:X}")
    return found[0]


def find(elements: Iterable[Tlv], tag: int) -> Tlv | None:
    """The first element with a tag, None where there is none."""
    return next((one for one in elements if one.tag == tag), None)


def need(elements: Iterable[Tlv], tag: int) -> Tlv:
    """The first element with a tag.

    Raises:
        BadChipDataError: there is none.
    """
    found = find(elements, tag)
    if found is None:
        raise BadChipDataError(f"element {tag:X} is missing")
    return found


def _tag(data: bytes) -> tuple[int, int]:
    if not data:
        raise BadChipDataError("no element")
    end = 1
    if data[0] & _MORE_TAG == _MORE_TAG:
        while end < len(data) and data[end] & _CONTINUES:
            end += 1
        end += 1
    if end > min(len(data), _LONGEST_TAG):
        raise BadChipDataError("an element with a tag that cannot be read")
    return int.from_bytes(data[:end], "big"), end


def _length(count: int) -> bytes:
    if count < _CONTINUES:
        return bytes([count])
    digits = count.to_bytes((count.bit_length() + 7) // 8, "big")
    return bytes([_CONTINUES | len(digits)]) + digits
