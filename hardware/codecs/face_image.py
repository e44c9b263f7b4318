"""The face in DG2: its wrapping, and the container of the picture (ICAO Doc 9303-10, ISO 19794-5).

    75 { 7F61 { 02 count, 7F60 { A1 header, 5F2E or 7F2E: facial record } } }
    facial record = head 14 | per face: information 20, points 8 each, image information 12, picture

Pure: the picture is not decoded, only its size is read.
"""

import struct
from dataclasses import dataclass, field

from hardware.codecs.lds import DATA_GROUP_TAGS
from hardware.codecs.tlv import BadChipDataError, build, find, need, parse_one
from hardware.interfaces.chip_reader import PictureFormat

_GROUP_TEMPLATE, _FACE_TEMPLATE, _COUNT = 0x7F61, 0x7F60, 0x02
_HEADER, _PLAIN_DATA, _CONSTRUCTED_DATA = 0xA1, 0x5F2E, 0x7F2E
_MARK = b"FAC\x00010\x00"
_HEAD = struct.Struct(">8sIH")
_INFORMATION = struct.Struct(">IHBBB3sH3s3s")
_POINT_BYTES = 8
_IMAGE = struct.Struct(">BBHHBBHH")
_FULL_FRONTAL, _JPEG, _JPEG_2000 = 1, 0, 1
_FORMATS = {_JPEG: PictureFormat.JPEG, _JPEG_2000: PictureFormat.JPEG_2000}
_BIOMETRIC_HEADER = bytes.fromhex("800201018101028702010188020008")
"""CBEFF: version 1.1, facial features, format owner 0101, format 0008."""

_JPEG_START = b"\xff\xd8"
_JP2_START = bytes.fromhex("0000000C6A5020200D0A870A")
_CODESTREAM_START = bytes.fromhex("FF4FFF51")
_STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class FaceImage:
    """A face as stored.

    Args:
        picture: JPEG, JP2 or a bare JPEG 2000 codestream.
        coding: which of them.
        width_px: by the picture itself.
        height_px: by the picture itself.
    """

    picture: bytes = field(repr=False)
    coding: PictureFormat
    width_px: int
    height_px: int


def parse_face(data: bytes) -> FaceImage:
    """The first face of DG2.

    Raises:
        BadChipDataError: it is not such a file, or holds no picture of a known kind.
    """
    group = need(parse_one(data, DATA_GROUP_TAGS[2]).children(), _GROUP_TEMPLATE)
    parts = need(group.children(), _FACE_TEMPLATE).children()
    record = find(parts, _PLAIN_DATA) or need(parts, _CONSTRUCTED_DATA)
    return read_picture(_first_picture(record.value))


def build_face(face: FaceImage) -> bytes:
    """DG2 with one full frontal face."""
    stored = _JPEG if face.coding is PictureFormat.JPEG else _JPEG_2000
    image = _IMAGE.pack(_FULL_FRONTAL, stored, face.width_px, face.height_px, 1, 2, 0, 0)
    whole = _INFORMATION.size + _IMAGE.size + len(face.picture)
    information = _INFORMATION.pack(whole, 0, 0, 0, 0, bytes(3), 0, bytes(3), bytes(3))
    head = _HEAD.pack(_MARK, _HEAD.size + whole, 1)
    parts = build(_HEADER, _BIOMETRIC_HEADER) + build(
        _PLAIN_DATA, head, information, image, face.picture
    )
    group = build(_GROUP_TEMPLATE, build(_COUNT, b"\x01"), build(_FACE_TEMPLATE, parts))
    return build(DATA_GROUP_TAGS[2], group)


def read_picture(picture: bytes) -> FaceImage:
    """Which kind of picture it is, and how large.

    Raises:
        BadChipDataError: neither JPEG nor JPEG 2000, or cut off before its size.
    """
    if picture.startswith(_JPEG_START):
        return FaceImage(picture, PictureFormat.JPEG, *_jpeg_size(picture))
    if picture.startswith(_JP2_START):
        return FaceImage(picture, PictureFormat.JPEG_2000, *_jp2_size(picture))
    if picture.startswith(_CODESTREAM_START):
        return FaceImage(picture, PictureFormat.JPEG_2000, *_codestream_size(picture))
    raise BadChipDataError("a picture of an unknown kind")


def _first_picture(record: bytes) -> bytes:
    if len(record) < _HEAD.size + _INFORMATION.size + _IMAGE.size:
        raise BadChipDataError("a facial record that is cut off")
    mark, _, faces = _HEAD.unpack_from(record)
    if mark != _MARK or not faces:
        raise BadChipDataError("not a facial record of edition 010")
    block, points = _INFORMATION.unpack_from(record, _HEAD.size)[:2]
    image_at = _HEAD.size + _INFORMATION.size + points * _POINT_BYTES
    begin, end = image_at + _IMAGE.size, _HEAD.size + block
    if not begin < end <= len(record):
        raise BadChipDataError("a facial record whose lengths do not add up")
    if record[image_at + 1] not in _FORMATS:
        raise BadChipDataError("a face coded in an unknown way")
    return record[begin:end]


def _jpeg_size(picture: bytes) -> tuple[int, int]:
    """Go from segment to segment to the frame, which names height and width."""
    at = len(_JPEG_START)
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker == 0xFF:
            at += 1
            continue
        if marker in _STANDALONE:
            at += 2
            continue
        if marker in _FRAMES and at + 9 <= len(picture):
            height, width = struct.unpack_from(">HH", picture, at + 5)
            return _sized(width, height)
        at += 2 + int(struct.unpack_from(">H", picture, at + 2)[0])
    raise BadChipDataError("a JPEG picture without a frame")


def _jp2_size(picture: bytes) -> tuple[int, int]:
    """The image header inside the header box, else the codestream's own size."""
    header = _box(picture, b"jp2h")
    if header is not None:
        image = _box(header, b"ihdr")
        if image is not None and len(image) >= 8:
            height, width = struct.unpack_from(">II", image)
            return _sized(width, height)
    raise BadChipDataError("a JP2 picture without an image header")


def _box(data: bytes, name: bytes) -> bytes | None:
    at = 0
    while at + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1 and at + 16 <= len(data):
            length, head = int(struct.unpack_from(">Q", data, at + 8)[0]), 16
        end = len(data) if length == 0 else at + length
        if end < at + head or end > len(data):
            raise BadChipDataError("a JP2 picture whose boxes do not add up")
        if kind == name:
            return data[at + head : end]
        at = end
    return None


def _codestream_size(picture: bytes) -> tuple[int, int]:
    if len(picture) < 24:
        raise BadChipDataError("a JPEG 2000 codestream that is cut off")
    right, bottom, left, top = struct.unpack_from(">4I", picture, 8)
    return _sized(right - left, bottom - top)


def _sized(width: int, height: int) -> tuple[int, int]:
    if width <= 0 or height <= 0:
        raise BadChipDataError("a picture without an area")
    return width, height
