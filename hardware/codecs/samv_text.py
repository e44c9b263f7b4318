"""The 256-byte text block of identity cards, in its four layouts (hardware facts 1.5).

Fields are cut by bytes, never by characters: a name may hold characters of Extension B, which take
two UTF-16 units each. What a field means (a date, a code) is not judged here.
"""

from hardware.codecs.samv import TEXT_BYTES
from hardware.interfaces.id_card_reader import CardLayout, IdCard

FLAG_OFFSET = 248
"""The letter that tells the layouts apart stands at the same place in all of them."""

_Places = tuple[tuple[int, int], ...]
"""Offset and length in bytes; a field in two parts has two places."""

_FLAGS = {
    CardLayout.CITIZEN: " ",
    CardLayout.HMT_RESIDENT: "J",
    CardLayout.FOREIGN_2017: "I",
    CardLayout.FOREIGN_2023: "Y",
}
_LAYOUT_OF_FLAG = {flag: layout for layout, flag in _FLAGS.items()} | {"0": CardLayout.CITIZEN}

_CITIZEN: dict[str, _Places] = {
    "name": ((0, 30),),
    "sex_code": ((30, 2),),
    "ethnicity_code": ((32, 4),),
    "birth": ((36, 16),),
    "address": ((52, 70),),
    "number": ((122, 36),),
    "issuer": ((158, 30),),
    "valid_from": ((188, 16),),
    "valid_to": ((204, 16),),
}
_HMT_RESIDENT: dict[str, _Places] = {
    **{name: places for name, places in _CITIZEN.items() if name != "ethnicity_code"},
    "permit_number": ((220, 18),),
    "times_issued": ((238, 4),),
}
_FOREIGN_2017: dict[str, _Places] = {
    "latin_name": ((0, 120),),
    "sex_code": ((120, 2),),
    "number": ((122, 30),),
    "nationality": ((152, 6),),
    "name": ((158, 30),),
    "valid_from": ((188, 16),),
    "valid_to": ((204, 16),),
    "birth": ((220, 16),),
    "issuer": ((240, 8),),
}
_FOREIGN_2023: dict[str, _Places] = {
    "name": ((0, 30),),
    "sex_code": ((30, 2),),
    "times_issued": ((32, 4),),
    "birth": ((36, 16),),
    "latin_name": ((52, 70), (220, 22)),
    "number": ((122, 36),),
    "valid_from": ((188, 16),),
    "valid_to": ((204, 16),),
    "nationality": ((242, 6),),
}
_PLACES = {
    CardLayout.CITIZEN: _CITIZEN,
    CardLayout.HMT_RESIDENT: _HMT_RESIDENT,
    CardLayout.FOREIGN_2017: _FOREIGN_2017,
    CardLayout.FOREIGN_2023: _FOREIGN_2023,
}
_REQUIRED = ("sex_code", "birth", "number")
TEXT_FIELDS = tuple(sorted({name for places in _PLACES.values() for name in places}))


class BadCardTextError(ValueError):
    """A text block that no card has; names the field, never its content."""


def parse_text(block: bytes) -> IdCard:
    """Read a text block.

    Args:
        block: 256 bytes.

    Returns:
        The card without its picture.

    Raises:
        BadCardTextError: wrong size, unknown layout, broken UTF-16, or an empty field that every
            card has.
    """
    if len(block) != TEXT_BYTES:
        raise BadCardTextError(f"a text block of {len(block)} bytes")
    layout = _LAYOUT_OF_FLAG.get(_decode(block[FLAG_OFFSET : FLAG_OFFSET + 2], "layout"))
    if layout is None:
        raise BadCardTextError("layout: unknown letter")
    texts = dict.fromkeys(("name", *_REQUIRED), "")
    for name, places in _PLACES[layout].items():
        raw = b"".join(block[start : start + size] for start, size in places)
        texts[name] = _decode(raw, name).rstrip(" ")
    for name in _REQUIRED:
        if not texts[name]:
            raise BadCardTextError(f"{name}: empty")
    return IdCard(layout=layout, portrait_raw=b"", portrait=b"", **texts)


def build_text(card: IdCard) -> bytes:
    """Lay out a text block.

    Args:
        card: whose texts fit their fields; its picture is not looked at.

    Raises:
        BadCardTextError: a text does not fit its field, or belongs to another layout.
    """
    block = bytearray(" ".encode("utf-16-le") * (TEXT_BYTES // 2))
    places_of = _PLACES[card.layout]
    for name in TEXT_FIELDS:
        text: str = getattr(card, name)
        if name not in places_of:
            if text:
                raise BadCardTextError(f"{name}: not on a {card.layout.value} card")
            continue
        _put(block, name, text, places_of[name])
    block[FLAG_OFFSET : FLAG_OFFSET + 2] = _FLAGS[card.layout].encode("utf-16-le")
    return bytes(block)


def _put(block: bytearray, name: str, text: str, places: _Places) -> None:
    try:
        raw = text.encode("utf-16-le")
    except UnicodeEncodeError:
        raise BadCardTextError(f"{name}: not Unicode text") from None
    room = sum(size for _, size in places)
    if len(raw) > room:
        raise BadCardTextError(f"{name}: {len(raw)} bytes do not fit into {room}")
    raw += " ".encode("utf-16-le") * ((room - len(raw)) // 2)
    for start, size in places:
        block[start : start + size], raw = raw[:size], raw[size:]


def _decode(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-16-le")
    except UnicodeDecodeError:
        # The original error quotes the bytes, which are personal data.
        raise BadCardTextError(f"{name}: not UTF-16") from None
