"""How fast the journal commits, beside appending to a plain file and syncing it."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.cipher import FieldCipher
from kiosk.clock import SystemClock
from kiosk.saga.journal import Journal
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.rows import Entry, Phase, Step
from kiosk.storage import Storage
from scripts.benches.figure import Figure

_PER_ROUND = 10
"""Commits or appends, then the other."""
_ROW_BYTES = 4096
"""What a commit writes at least: one page of the write-ahead log."""
_GOAL = 0.8

Act = Callable[[int], object]


def commits_beside_appends(rounds: int) -> list[Figure]:
    """The pair of short rounds whose ratio is the median, and all of them together.

    A disk that is busy with others slows both of a pair alike, and the median leaves out the pairs
    between whose halves that changed; who goes first changes from pair to pair. All together also
    count what happens seldom, such as moving the write-ahead log into the file.

    Args:
        rounds: how many pairs.
    """
    pairs: list[tuple[float, float]] = []
    with (
        tempfile.TemporaryDirectory(prefix="kiosk-crash-") as name,
        _appending(Path(name)) as append,
        _committing(Path(name)) as commit,
    ):
        for nth in range(rounds):
            if nth % 2:
                raw_s = _round_s(append)
                pairs.append((_round_s(commit), raw_s))
            else:
                pairs.append((_round_s(commit), _round_s(append)))
    ours_s, raw_s = sorted(pairs, key=lambda pair: pair[1] / pair[0])[rounds // 2]
    all_ours_s, all_raw_s = (sum(times_s) for times_s in zip(*pairs, strict=True))
    return [
        Figure(
            "crash.journal_commits",
            round(_PER_ROUND / ours_s),
            "1/s",
            round(_PER_ROUND / raw_s),
            f"ratio >= {_GOAL}",
            raw_s / ours_s >= _GOAL,
        ),
        Figure(
            "crash.journal_commits_over_all",
            round(rounds * _PER_ROUND / all_ours_s),
            "1/s",
            round(rounds * _PER_ROUND / all_raw_s),
        ),
    ]


def _round_s(act: Act) -> float:
    clock = SystemClock()
    begun_s = clock.monotonic_s()
    for nth in range(_PER_ROUND):
        act(nth)
    return clock.monotonic_s() - begun_s


@contextmanager
def _appending(folder: Path) -> Iterator[Act]:
    page = os.urandom(_ROW_BYTES)
    file = os.open(folder / "plain", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def append(_nth: int) -> None:
        os.write(file, page)
        os.fdatasync(file)

    yield append
    os.close(file)


@contextmanager
def _committing(folder: Path) -> Iterator[Act]:
    storage = Storage(folder / "journal.sqlite", MIGRATIONS)
    journal = Journal(storage, FieldCipher(os.urandom(32)), SystemClock())
    yield lambda nth: journal.append(Entry("s", Step.CHIP, Phase.INTENT, facts={"amount_fen": nth}))
    journal.close()
