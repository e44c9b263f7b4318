"""What simulated machines that misbehave have in common."""

import random
from collections.abc import Iterator


class CountedFaults:
    """Faults of which some are set as how many are to come."""

    def due(self, key: str) -> bool:
        """Whether a counted fault is due; it is used up by asking."""
        left: int = getattr(self, key)
        setattr(self, key, max(0, left - 1))
        return left > 0


def fragments(whole: bytes, longest: int, chance: random.Random) -> Iterator[bytes]:
    """Cut what a line carries into pieces.

    Args:
        whole: to cut.
        longest: bytes in a piece.
        chance: decides where.
    """
    start = 0
    while start < len(whole):
        end = start + chance.randint(1, longest)
        yield whole[start:end]
        start = end


def last_byte_wrong(whole: bytes) -> bytes:
    """What was to be sent with another last byte, which is a check byte in most protocols."""
    return whole[:-1] + bytes([whole[-1] ^ 0x55])
