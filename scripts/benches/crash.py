"""Kills the endorsement machine at every point, times every fault, and checks every law after.

Twice: as a process of its own by signal 9, and by an exception that nothing catches, which is
quicker and takes other citizens by chance. Beside it: how fast the journal commits.
"""

import gc
import multiprocessing
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from scripts.benches.crash_journal import commits_beside_appends
from scripts.benches.figure import Figure, at_most
from tests.kit.saga_world.campaign import campaign, mixes
from tests.kit.saga_world.process import ProcessHall, tick_s
from tests.kit.saga_world.runs import FAULTS, Plan, quick_folder, run

_RUNS = 20_000
_RUNS_QUICK = 1_000
_BY_SIGNAL = "by_signal"
_IN_PROCESS = "in_process"
_SEEDS = {_BY_SIGNAL: 1_000_000, _IN_PROCESS: 2_000_000}
_PER_DEATH_AT_THE_CLOCK = 10
"""So many runs that die at points for one of a citizen by chance that dies at an instant."""
_ON_DISK = 40
"""Every so manieth machine killed by signal has its journal on a real disk."""
_ROUNDS = 300
_ROUNDS_QUICK = 80


@dataclass(frozen=True)
class _Told:
    kills: int
    struck: Counter[str]
    broken: tuple[str, ...]


def measure(*, quick: bool) -> list[Figure]:
    """Run both campaigns, deaths at the clock, and the journal."""
    wanted = _RUNS_QUICK if quick else _RUNS
    by_signal = _all(_killed, enumerate(campaign(wanted, _SEEDS[_BY_SIGNAL])))
    in_process = _all(_one, campaign(wanted, _SEEDS[_IN_PROCESS]))
    with quick_folder() as folder:
        late = partial(_at_the_clock, tick_s(folder))
    at_the_clock = _all(late, islice(mixes(3_000_000), wanted // _PER_DEATH_AT_THE_CLOCK))
    return [
        *_figures(_BY_SIGNAL, by_signal, wanted),
        *_figures(_IN_PROCESS, in_process, wanted),
        *_deaths_at_the_clock(at_the_clock),
        *commits_beside_appends(_ROUNDS_QUICK if quick else _ROUNDS),
    ]


def _figures(how: str, told: list[_Told], wanted: int) -> list[Figure]:
    kills = sum(one.kills for one in told)
    struck = sum((one.struck for one in told), Counter[str]())
    missed = [one for one in FAULTS if not struck[one]]
    for name in missed:
        print(f"crash: {name} never struck", file=sys.stderr)
    broken = _broken(told)
    said = f"{len(told)} runs, {kills} kills, {struck.total()} faults, {broken} violations"
    print(f"{how.replace('_', ' ')}: {said}")
    enough = len(told) >= wanted
    return [
        Figure(f"crash.{how}.runs", len(told), "runs", goal=f"value >= {wanted}", holds=enough),
        Figure(f"crash.{how}.kills", kills, "kills"),
        Figure(f"crash.{how}.faults", struck.total(), "faults"),
        at_most(f"crash.{how}.faults_never_struck", len(missed), "faults", 0),
        at_most(f"crash.{how}.violations", broken, "laws", 0),
    ]


def _deaths_at_the_clock(told: list[_Told]) -> list[Figure]:
    return [
        Figure("crash.at_the_clock.runs", len(told), "runs"),
        Figure("crash.at_the_clock.kills", sum(one.kills for one in told), "kills"),
        at_most("crash.at_the_clock.violations", _broken(told), "laws", 0),
    ]


def _broken(told: list[_Told]) -> int:
    found = [says for one in told for says in one.broken]
    for says in found:
        print(f"crash: {says}", file=sys.stderr)
    return len(found)


def _all(one: Callable[..., _Told], plans: Iterable[object]) -> list[_Told]:
    # A process is copied for every life; what stands still is not counted anew each time.
    with multiprocessing.Pool(os.cpu_count(), gc.freeze) as pool:
        return list(pool.imap_unordered(one, plans, chunksize=20))


def _one(plan: Plan) -> _Told:
    with quick_folder() as folder:
        return _told(plan, folder)


def _killed(numbered: tuple[int, Plan]) -> _Told:
    number, plan = numbered
    with tempfile.TemporaryDirectory() if number % _ON_DISK == 0 else quick_folder() as folder:
        return _told(plan, Path(folder), ProcessHall)


def _at_the_clock(tick: float, plan: Plan) -> _Told:
    with quick_folder() as folder:
        return _told(plan, folder, partial(ProcessHall, tick_s=tick))


def _told(plan: Plan, folder: Path, *around: Callable[..., ProcessHall]) -> _Told:
    done = run(plan, folder, *around)
    return _Told(done.kills, done.struck, tuple(f"{says} ({plan})" for says in done.broken))
