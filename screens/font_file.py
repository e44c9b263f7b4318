"""Font files as bytes: one face out of a collection, and which characters a face can draw.

Source: OpenType 1.9, "otff" (table directory, TTC header) and "cmap" (formats 4 and 12).
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from struct import Struct, unpack_from

_DIRECTORY_ENTRY = Struct(">4sIII")


class FontFileError(Exception):
    """A font file that is not what it should be.

    Args:
        path: of the file.
        why: what is wrong with it.
    """

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path}: {why}")


def cut_face(collection: Path, index: int) -> bytes:
    """One face of a font collection as a font file of its own.

    Args:
        collection: a .ttc file; Kivy can open only its first face.
        index: of the face.

    Raises:
        FontFileError: not a collection, or no such face.
    """
    data = collection.read_bytes()
    if data[:4] != b"ttcf":
        raise FontFileError(collection, "not a font collection")
    (count,) = unpack_from(">I", data, 8)
    if index >= count:
        raise FontFileError(collection, f"has {count} faces, no face {index}")
    (start,) = unpack_from(">I", data, 12 + 4 * index)
    (tables,) = unpack_from(">H", data, start + 4)
    head = bytearray(data[start : start + 12])
    body: list[bytes] = []
    position = 12 + _DIRECTORY_ENTRY.size * tables
    for row in range(tables):
        entry = start + 12 + _DIRECTORY_ENTRY.size * row
        tag, checksum, offset, length = _DIRECTORY_ENTRY.unpack_from(data, entry)
        head += _DIRECTORY_ENTRY.pack(tag, checksum, position, length)
        padding = b"\0" * (-length % 4)
        body += [data[offset : offset + length], padding]
        position += length + len(padding)
    return bytes(head) + b"".join(body)


class Coverage:
    """Code points that a face can draw, kept as runs: few bytes, quick to ask.

    Args:
        firsts: first code points of the runs, ascending.
        lasts: their last code points; no run touches another.
    """

    def __init__(self, firsts: Sequence[int], lasts: Sequence[int]) -> None:
        self._firsts = firsts
        self._lasts = lasts

    def __contains__(self, code: int) -> bool:
        place = bisect_right(self._firsts, code) - 1
        return place >= 0 and code <= self._lasts[place]

    def __len__(self) -> int:
        return sum(self._lasts) - sum(self._firsts) + len(self._firsts)


def coverage(font: Path) -> Coverage:
    """What a single-face font file can draw; reads only its character map.

    Raises:
        FontFileError: no Unicode character map in it.
    """
    with font.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        cmap = _table(data, b"cmap")
    if not cmap:
        raise FontFileError(font, "has no character map")
    (count,) = unpack_from(">H", cmap, 2)
    maps: dict[int, int] = {}
    for row in range(count):
        platform, _encoding, offset = unpack_from(">HHI", cmap, 4 + 8 * row)
        if platform in (0, 3):
            maps[unpack_from(">H", cmap, offset)[0]] = offset
    if 12 in maps:
        return _segmented_coverage(cmap, maps[12])
    if 4 in maps:
        runs = sorted(_segment_mapping(cmap, maps[4]))
        return Coverage([first for first, _last in runs], [last for _first, last in runs])
    raise FontFileError(font, "has no Unicode character map of format 4 or 12")


def _table(data: mmap, wanted: bytes) -> bytes:
    (tables,) = unpack_from(">H", data, 4)
    for row in range(tables):
        tag, _sum, offset, length = _DIRECTORY_ENTRY.unpack_from(data, 12 + 16 * row)
        if tag == wanted:
            return data[offset : offset + length]
    return b""


def _segmented_coverage(cmap: bytes, at: int) -> Coverage:
    (groups,) = unpack_from(">I", cmap, at + 12)
    # Groups are ascending by the specification; a window waits for this, so no loop over them.
    numbers = unpack_from(f">{3 * groups}I", cmap, at + 16)
    firsts, lasts, glyphs = numbers[0::3], numbers[1::3], numbers[2::3]
    if 0 in glyphs:
        # Glyph 0 is the box that stands for "no such character".
        firsts = tuple(first + (not glyph) for first, glyph in zip(firsts, glyphs, strict=True))
    return Coverage(firsts, lasts)


def _segment_mapping(cmap: bytes, at: int) -> Iterator[tuple[int, int]]:
    (double,) = unpack_from(">H", cmap, at + 6)
    row = f">{double // 2}H"
    ends = unpack_from(row, cmap, at + 14)
    starts = unpack_from(row, cmap, at + 16 + double)
    deltas = unpack_from(row, cmap, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    ranges = unpack_from(row, cmap, ranges_at)
    for place, (first, last) in enumerate(zip(starts, ends, strict=True)):
        if first == 0xFFFF:
            continue
        if ranges[place]:
            glyphs_at = ranges_at + 2 * place + ranges[place]
            glyphs = unpack_from(f">{last - first + 1}H", cmap, glyphs_at)
        else:
            glyphs = tuple((code + deltas[place]) % 65536 for code in range(first, last + 1))
        yield from ((first + step,) * 2 for step, glyph in enumerate(glyphs) if glyph)
