"""How long a card reading takes beside the time its bytes and the card itself need."""

import logging
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from hardware.codecs.samv import Command, Reply, Sw3, encode_reply, pack_blocks, request
from hardware.drivers.uart.id_card_reader import SamVIdCardReader
from hardware.interfaces.id_card_reader import IdCard
from hardware.simulators.id_card_reader import IdCardReaderSimulator
from hardware.simulators.people.portrait import unpack
from hardware.simulators.wire import BITS_PER_BYTE
from hardware.timing import monotonic_s
from scripts.benches.figure import Figure, ratio_at_most

BAUD = 115200
CARD_DELAY_MS = 300
LIMIT = 1.1


def measure(*, quick: bool) -> list[Figure]:
    """Read one card again and again over a paced line.

    Args:
        quick: fewer rounds.

    Returns:
        The median reading beside the time of its bytes plus the card's own delay, and beside the
        bytes alone, where the driver's own share shows most.
    """
    logging.getLogger("hardware").setLevel(logging.WARNING)
    rounds = 10 if quick else 30
    line_ms = wire_bytes() * BITS_PER_BYTE / BAUD * 1000
    with_card_ms = median_ms(rounds, CARD_DELAY_MS)
    bytes_only_ms = median_ms(rounds, 0)
    return [
        ratio_at_most("id_card.read", with_card_ms, "ms", line_ms + CARD_DELAY_MS, LIMIT),
        ratio_at_most("id_card.read_bytes_only", bytes_only_ms, "ms", line_ms, LIMIT),
    ]


def wire_bytes() -> int:
    """Bytes of finding, selecting and reading one card, both ways."""
    reading = pack_blocks(bytes(256), bytes(1024))
    frames = (
        request(Command.FIND_CARD),
        encode_reply(Reply(Sw3.CARD_FOUND, bytes(4))),
        request(Command.SELECT_CARD),
        encode_reply(Reply(Sw3.SUCCESS, bytes(8))),
        request(Command.READ_TEXT_AND_PHOTO),
        encode_reply(Reply(Sw3.SUCCESS, reading)),
    )
    return sum(len(frame) for frame in frames)


def median_ms(rounds: int, card_delay_ms: int) -> float:
    """Median time from asking for a card to having it."""
    with open_reader(card_delay_ms) as reader:
        took = []
        for _ in range(rounds):
            began_s = monotonic_s()
            card = reader.read_card(threading.Event(), lambda: None)
            took.append((monotonic_s() - began_s) * 1000)
            assert isinstance(card, IdCard), card
    return round(statistics.median(took), 1)


@contextmanager
def open_reader(card_delay_ms: int) -> Iterator[SamVIdCardReader]:
    """A reader with a card on it, at the end of a paced line."""
    peer = IdCardReaderSimulator("id_card_reader", {"baudrate": BAUD})
    peer.misbehaviour.card_delay_ms = card_delay_ms
    reader = SamVIdCardReader("id_card_reader", peer.start(), unpack)
    try:
        reader.open()
        peer.lay("adult")
        yield reader
    finally:
        reader.close()
        peer.stop()
