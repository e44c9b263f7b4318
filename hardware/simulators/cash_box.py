"""Where a simulated acceptor's notes are, and what is wrong with it.

The box outlives machine, driver and simulator: a test keeps one while everything else is killed
and started again, and counts it at the end.
"""

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.simulators.faults import CountedFaults

FEN_PER_YUAN = 100
NOTES_YUAN = (1, 5, 10, 20, 50, 100)
"""By bill type, beginning with 0."""


@dataclass
class Misbehaviour(CountedFaults):
    """What is wrong with notes, acceptor and line; counts run down, the rest stays as set.

    Args:
        feed_ms: a note's way to the escrow.
        stack_ms: from the escrow into the box.
        escrow_limit_s: after which the acceptor gives the note back by itself.
        rejects: notes to come that are not recognised.
        jams: notes to come that get stuck before the escrow.
        stack_jams: notes to come that get stuck between escrow and box.
        cheats: notes to come that are pulled out on a string while they are stacked.
        box_full: the cash box is full.
        box_removed: the cash box is out.
        forgets_notes: after a power cut it finishes a note without telling of it.
        lost_answers: answers to come that never leave.
        lost_receipts: receipts to come that the acceptor does not hear.
        bad_checksums: answers to come with a wrong checksum.
        naks: questions to come that are answered by NAK.
        noise: stray bytes before every answer.
        fragmented: answers leave in small pieces with pauses.
        silent: nothing answers.
    """

    feed_ms: int = 800
    stack_ms: int = 600
    escrow_limit_s: float = 10.0
    rejects: int = 0
    jams: int = 0
    stack_jams: int = 0
    cheats: int = 0
    box_full: bool = False
    box_removed: bool = False
    forgets_notes: bool = False
    lost_answers: int = 0
    lost_receipts: int = 0
    bad_checksums: int = 0
    naks: int = 0
    noise: bool = False
    fragmented: bool = False
    silent: bool = False


@dataclass
class CashBox:
    """Every note that ever met the acceptor, in whole fen.

    Args:
        inside: how many of each value lie in the box.
        returned: values that went back to the citizen, in order.
        stuck: values that jammed and that staff will find.
    """

    inside: Counter[int] = field(default_factory=Counter)
    returned: list[int] = field(default_factory=list)
    stuck: list[int] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def total_fen(self) -> int:
        """What a person counts who opens the box."""
        with self._lock:
            return sum(value * count for value, count in self.inside.items())

    def counts(self) -> Mapping[int, int]:
        """How many notes of each value lie in the box."""
        with self._lock:
            return dict(self.inside)

    def take(self, value_fen: int) -> None:
        """A note falls into the box."""
        with self._lock:
            self.inside[value_fen] += 1

    def give_back(self, value_fen: int) -> None:
        """A note goes back to the citizen."""
        with self._lock:
            self.returned.append(value_fen)

    def jam(self, value_fen: int) -> None:
        """A note gets stuck."""
        with self._lock:
            self.stuck.append(value_fen)
