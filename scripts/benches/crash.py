"""Kills the endorsement machine at every point, times every fault, and checks every law after.

Beside it: how fast the journal commits, against appending and syncing a plain file.
"""

import multiprocessing
import os
import statistics
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kiosk.cipher import FieldCipher
from kiosk.clock import SystemClock
from kiosk.saga.journal import Journal
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.rows import Entry, Phase, Step
from kiosk.storage import Storage
from scripts.benches.figure import Figure, at_most
from tests.kit.saga_world.campaign import campaign
from tests.kit.saga_world.runs import FAULTS, Plan, quick_folder, run

_RUNS = 20_000
_RUNS_QUICK = 1_000
_ROUNDS = 150
_ROUNDS_QUICK = 40
_PER_ROUND = 20
"""Commits or appends, then the other."""
_ROW_BYTES = 4096
"""What a commit writes at least: one page of the write-ahead log."""


@dataclass(frozen=True)
class _Told:
    kills: int
    struck: Counter[str]
    broken: tuple[str, ...]


def measure(*, quick: bool) -> list[Figure]:
    """Run the campaign and the journal."""
    wanted = _RUNS_QUICK if quick else _RUNS
    told = _campaign(wanted)
    kills = sum(one.kills for one in told)
    struck = sum((one.struck for one in told), Counter[str]())
    faults = struck.total()
    missed = [one for one in FAULTS if not struck[one]]
    broken = [says for one in told for says in one.broken]
    for says in broken:
        print(f"crash: {says}", file=sys.stderr)
    for name in missed:
        print(f"crash: {name} never struck", file=sys.stderr)
    print(f"{len(told)} runs, {kills} kills, {faults} faults, {len(broken)} violations")
    return [
        Figure(
            "crash.runs",
            len(told),
            "runs",
            goal=f"value >= {wanted}",
            holds=len(told) >= wanted,
        ),
        Figure("crash.kills", kills, "kills"),
        Figure("crash.faults", faults, "faults"),
        at_most("crash.faults_never_struck", len(missed), "faults", 0),
        at_most("crash.violations", len(broken), "laws", 0),
        _journal(_ROUNDS_QUICK if quick else _ROUNDS),
    ]


def _campaign(count: int) -> list[_Told]:
    with multiprocessing.Pool(os.cpu_count()) as pool:
        return list(pool.imap_unordered(_one, campaign(count), chunksize=50))


def _one(plan: Plan) -> _Told:
    with quick_folder() as folder:
        done = run(plan, folder)
    broken = tuple(f"{says} ({plan})" for says in done.broken)
    return _Told(done.kills, done.struck, broken)


def _journal(rounds: int) -> Figure:
    """Medians of short rounds taken in turn, so that a busy disk slows both alike."""
    clock = SystemClock()
    page = os.urandom(_ROW_BYTES)
    ours: list[float] = []
    reference: list[float] = []
    with tempfile.TemporaryDirectory(prefix="kiosk-crash-") as name:
        folder = Path(name)
        file = os.open(folder / "plain", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        storage = Storage(folder / "journal.sqlite", MIGRATIONS)
        journal = Journal(storage, FieldCipher(os.urandom(32)), clock)
        for n in range(rounds):
            begun_s = clock.monotonic_s()
            for _ in range(_PER_ROUND):
                os.write(file, page)
                os.fdatasync(file)
            reference.append(_PER_ROUND / (clock.monotonic_s() - begun_s))
            begun_s = clock.monotonic_s()
            for m in range(_PER_ROUND):
                journal.append(Entry(f"s{n}", Step.CHIP, Phase.INTENT, facts={"amount_fen": m}))
            ours.append(_PER_ROUND / (clock.monotonic_s() - begun_s))
        journal.close()
        os.close(file)
    ratio = statistics.median(ours) / statistics.median(reference)
    return Figure(
        "crash.journal_commits",
        round(statistics.median(ours)),
        "1/s",
        round(statistics.median(reference)),
        "ratio >= 0.8",
        ratio >= 0.8,
    )
