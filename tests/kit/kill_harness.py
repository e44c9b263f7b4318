"""Kills a machine with signal 9 at random moments while its line to central comes and goes."""

import random
import re
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.kit.chaos_proxy import EVERY_FAULT, ChaosProxy
from tests.kit.kill_books import Reckoning, reckon

ROOT = Path(__file__).resolve().parents[2]
_READY = re.compile(r"central ready on http://[^:]+:(\d+)")
_MOST_LIVES = 200
LINES = ("clear", "blocked", "upset")


@dataclass(frozen=True)
class KillReport:
    """What came of a series.

    Args:
        kills: machines killed.
        faults: connections that met a fault.
        books: what was found afterwards.
    """

    kills: int
    faults: int
    books: Reckoning


def kill_series(
    folder: Path, kills: int, seed: int, plant: str = "", lines: Sequence[str] = LINES
) -> KillReport:
    """Kill a machine again and again, then let it finish, then compare the books.

    Args:
        folder: empty, for both databases and the world's record.
        kills: how many.
        seed: of everything random.
        plant: a mistake of `kill_machine.PLANTS` to put in, empty for the product as it is.
        lines: states of the line to central that may be.
    """
    rng = random.Random(seed)
    machine_folder = folder / "machine"
    machine_folder.mkdir(parents=True)
    survived = 0
    with _central(folder) as port, ChaosProxy(port, rng, rate=0.0, hole_s=1.0) as proxy:
        with _machine(machine_folder, proxy.url, plant) as machine:
            # So that every series, however short, gives numbers from a reserve.
            assert _tell(machine, "prepare") == "ended 0", "no numbers could be leased"
            survived += _one_round(machine, proxy, rng, "blocked", lines, least_s=0.6) == "killed"
            for _ in range(kills - 1):
                if rng.random() < 0.1:
                    (machine_folder / "boot").unlink(missing_ok=True)
                survived += _one_round(machine, proxy, rng, rng.choice(lines), lines) == "killed"
            proxy.clear()
            ended = _tell(machine, "finish")
        if ended != "ended 0":
            sys.stderr.write(f"the machine could not finish: {ended}\n")
        faults = sum(proxy.met[one] for one in EVERY_FAULT)
    return KillReport(survived, faults, reckon(machine_folder, folder / "central.db"))


def mail_series(folder: Path, seed: int) -> tuple[int, list[tuple[str, str]]]:
    """Send letters through a line with every fault, killing the sender again and again.

    Args:
        folder: empty.
        seed: of everything random.

    Returns:
        How often the sender was killed, and subject and text of the letters central holds.
    """
    rng = random.Random(seed)
    machine_folder = folder / "machine"
    machine_folder.mkdir(parents=True)
    killed = 0
    with (
        _central(folder) as port,
        ChaosProxy(port, rng, rate=0.5, hole_s=0.3) as proxy,
        _machine(machine_folder, proxy.url, "") as machine,
    ):
        for _ in range(_MOST_LIVES):
            delay_s = rng.uniform(0.05, 0.6)
            if _tell(machine, f"mail {rng.randrange(2**31)} {delay_s:.4f}") != "killed":
                break
            killed += 1
    with closing(sqlite3.connect(folder / "central.db")) as db:
        letters = db.execute("SELECT subject, reason FROM staff_call ORDER BY id").fetchall()
    return killed, letters


def _one_round(
    machine: subprocess.Popen[str],
    proxy: ChaosProxy,
    rng: random.Random,
    line: str,
    lines: Sequence[str],
    least_s: float = 0.0,
) -> str:
    """One life of the machine; in half of them the line changes while it lives."""
    delay_s = max(least_s, rng.choice((rng.uniform(0.02, 0.12), rng.uniform(0.05, 0.5))))
    _set_line(proxy, line)
    _write(machine, f"run {rng.randrange(2**31)} {delay_s:.4f}")
    if not least_s and rng.random() < 0.5:
        threading.Event().wait(rng.uniform(0, delay_s))
        _set_line(proxy, rng.choice(lines))
    return _read(machine)


def _set_line(proxy: ChaosProxy, line: str) -> None:
    if line == "blocked":
        proxy.block()
    elif line == "upset":
        proxy.upset(0.4)
    else:
        proxy.clear()


@contextmanager
def _central(folder: Path) -> Iterator[int]:
    command = [sys.executable, "-m", "kiosk.central.server", "--port", "0", "--any-machine"]
    command += ["--database", str(folder / "central.db"), "--key-file", str(folder / "central.key")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = _READY.match(server.stdout.readline())
        assert found, "central did not start"
        try:
            yield int(found.group(1))
        finally:
            server.terminate()
            server.wait(20)


@contextmanager
def _machine(folder: Path, url: str, plant: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.kit.kill_machine", str(folder), url, plant]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as machine:
        assert _read(machine) == "ready"
        yield machine
        assert machine.stdin is not None
        machine.stdin.close()


def _tell(machine: subprocess.Popen[str], command: str) -> str:
    _write(machine, command)
    return _read(machine)


def _write(machine: subprocess.Popen[str], command: str) -> None:
    assert machine.stdin is not None
    machine.stdin.write(command + "\n")
    machine.stdin.flush()


def _read(machine: subprocess.Popen[str]) -> str:
    assert machine.stdout is not None
    return machine.stdout.readline().strip()
