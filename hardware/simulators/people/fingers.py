"""Fingers of people who do not exist, as bits instead of ridges.

A finger is a row of bits that follows from its owner's key; an impression has some of them flipped.
Likeness is the share of equal bits. Nothing here resembles the features of a real module, and the
bytes say so: they begin with a mark of their own.
"""

import random

MARK = b"SIMF"
TEMPLATE_BYTES = 512
_BODY_BYTES = TEMPLATE_BYTES - len(MARK)
_STRANGERS_AGREE = 0.75
"""Strangers' bits agree by half; nothing below this share counts as likeness at all."""
_MOST_SCORE = 400


def enrolled(owner: str) -> bytes:
    """The template of somebody's right thumb as it lies at central.

    Args:
        owner: key of a synthetic person.
    """
    body = _generator(owner).randbytes(_BODY_BYTES)
    return MARK + body


def impression(owner: str, nth: int, flipped_percent: int = 5) -> bytes:
    """Features of one touch.

    Args:
        owner: key of a synthetic person.
        nth: touches differ; the same number gives the same touch.
        flipped_percent: of the bits; 5 for a good touch, 12 for a worn finger.
    """
    generator = _generator(f"{owner} {nth}")
    body = bytearray(enrolled(owner)[len(MARK) :])
    for bit in range(len(body) * 8):
        if generator.random() * 100 < flipped_percent:
            body[bit // 8] ^= 1 << bit % 8
    return MARK + bytes(body)


def score(one: bytes, other: bytes) -> int:
    """How alike two templates are: 0 for strangers, 400 for equal ones."""
    if not (one.startswith(MARK) and other.startswith(MARK) and len(one) == len(other)):
        return 0
    pairs = zip(one[len(MARK) :], other[len(MARK) :], strict=True)
    differing = sum((a ^ b).bit_count() for a, b in pairs)
    agree = 1 - differing / (8 * _BODY_BYTES)
    return max(0, round((agree - _STRANGERS_AGREE) / (1 - _STRANGERS_AGREE) * _MOST_SCORE))


def _generator(seed: str) -> random.Random:
    return random.Random(f"right thumb of {seed}")  # noqa: S311 - repeatable fingers, no secret
