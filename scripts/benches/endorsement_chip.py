"""How long reading a permit's chip through pcscd takes beside the bare commands of that reading.

The simulated chip calculates in Python; its time is measured at its own end and taken off, because
a real chip's has nothing to do with it. What is left is the wire and the reader's own work.
"""

import statistics
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hardware.drivers.pcsc.chip_reader import PcscChipReader
from hardware.drivers.pcsc.pcsc_slot import PcscChannel, PcscSlot
from hardware.interfaces.chip_reader import ChipRead, ChipTrouble
from hardware.interfaces.chip_slot import ChipChannel
from hardware.simulators.chip_peer import VPCD_PORT, ChipPeer
from hardware.simulators.chip_position import ChipPosition
from hardware.simulators.chip_reader import VPCD_READER
from hardware.simulators.document_signer import imagined_country
from hardware.simulators.people.permits import PermitCard, make_permit
from hardware.timing import monotonic_s
from scripts.benches.figure import Figure, ratio_at_most
from tests.kit.pcscd import running_pcscd

CITIZENS = {"adult": "pace", "elder": "bac"}
LIMIT = 6.0
"""The reader deciphers and checks every piece in Python; bare commands cost a fraction of it."""


class TimedPosition(ChipPosition):
    """A chip position that knows how long its chip has calculated, or repeats old answers."""

    busy_s = 0.0
    replay: Iterator[bytes] | None = None

    def answer(self, command: bytes) -> bytes | ChipTrouble:
        """An answer of the chip, or the next one of an old conversation."""
        if self.replay is not None:
            return next(self.replay)
        began_s = monotonic_s()
        answer = super().answer(command)
        self.busy_s += monotonic_s() - began_s
        return answer


class Tape(PcscSlot):
    """A reader that remembers what went through it."""

    def __init__(self) -> None:
        super().__init__("chip_reader", VPCD_READER)
        self.spoken: list[tuple[bytes, bytes]] = []

    def connect(self) -> PcscChannel | ChipTrouble:
        """Wake the chip, and listen from now on."""
        channel = super().connect()
        if isinstance(channel, ChipTrouble):
            return channel
        self.spoken, send = [], channel.transmit

        def listen(command: bytes) -> bytes | ChipTrouble:
            answer = send(command)
            if isinstance(answer, bytes):
                self.spoken.append((command, answer))
            return answer

        channel.transmit = listen  # type: ignore[method-assign]  # a bench looks over a shoulder
        return channel


def measure(*, quick: bool) -> list[Figure]:
    """Read one permit of each kind again and again through pcscd.

    Args:
        quick: fewer rounds.

    Returns:
        For PACE and for BAC the median reading without the chip's own time, beside the same
        commands and answers without keys, checks and parsing.
    """
    rounds = 5 if quick else 15
    figures: list[Figure] = []
    with running_pcscd(), tempfile.TemporaryDirectory() as trusted:
        (Path(trusted) / "country.pem").write_bytes(imagined_country().country_pem)
        for citizen, access in CITIZENS.items():
            with standing(make_permit(citizen)) as (card, position):
                own_ms, bare_ms = compare(card, position, trusted, rounds)
            figures.append(
                ratio_at_most(f"endorsement.chip_read_{access}", own_ms, "ms", bare_ms, LIMIT)
            )
    return figures


@contextmanager
def standing(card: PermitCard) -> Iterator[tuple[PermitCard, TimedPosition]]:
    """A card at the chip position behind pcscd."""
    gone = threading.Event()
    position = TimedPosition(lambda: card.chip, {}, lambda seconds: not gone.wait(seconds))
    peer = ChipPeer(position, VPCD_PORT)
    peer.start()
    try:
        yield card, position
    finally:
        gone.set()
        peer.stop()
        # pcscd must see the card go before the next one comes.
        threading.Event().wait(1.0)


def compare(
    card: PermitCard, position: TimedPosition, trusted: str, rounds: int
) -> tuple[float, float]:
    """Median times of whole readings and of their bare commands, in turn, in milliseconds."""
    tape = Tape()
    reader = PcscChipReader("chip_reader", {"csca_folder": trusted, "card_wait_s": 10.0}, tape)
    reader.open()
    own, bare = [], []
    for _ in range(rounds):
        own.append(whole_reading_s(reader, card, position))
        bare.append(bare_commands_s(tape, position))
    reader.close()
    return (
        round(statistics.median(own) * 1000, 1),
        round(statistics.median(bare) * 1000, 1),
    )


def whole_reading_s(reader: PcscChipReader, card: PermitCard, position: TimedPosition) -> float:
    """One reading, waking included, without the chip's own time."""
    position.busy_s = 0.0
    began_s = monotonic_s()
    read = reader.read((card.facts.key,), threading.Event())
    took_s = monotonic_s() - began_s
    assert isinstance(read, ChipRead), read
    return took_s - position.busy_s


def bare_commands_s(tape: Tape, position: TimedPosition) -> float:
    """The same commands and answers once more, waking included, and nothing done with them."""
    spoken = list(tape.spoken)
    position.replay = iter([answer for _, answer in spoken])
    began_s = monotonic_s()
    channel: ChipChannel | ChipTrouble = PcscSlot.connect(tape)
    assert not isinstance(channel, ChipTrouble), channel
    for command, _ in spoken:
        channel.transmit(command)
    channel.close()
    took_s = monotonic_s() - began_s
    position.replay = None
    return took_s
