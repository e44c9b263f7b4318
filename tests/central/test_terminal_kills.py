"""A terminal killed between touch and thanks while central comes and goes: nothing it thanked for
is lost, nothing doubled.
"""

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.central.server.ratings import tables
from tests.kit.central import RunningCentral
from tests.kit.chaos_proxy import ChaosProxy
from tests.kit.fake_clock import FakeClock
from tests.kit.ratings import ClerkAtWindow, finish
from tests.kit.terminal_bed import TerminalBed

ROOT = Path(__file__).resolve().parents[2]
KILLS = 12


def _serve_cases(central: RunningCentral, end: threading.Event) -> None:
    """A clerk who finishes one case after the other."""
    n = 0
    while not end.wait(0.05):
        n += 1
        finish(central, f"t-{n}")


def _come_and_go(line: ChaosProxy, end: threading.Event) -> None:
    """Central is away half of the time, and never for as long as a terminal lives."""
    rng = random.Random(11)
    while not end.wait(rng.uniform(0.05, 0.3)):
        line.block()
        end.wait(rng.uniform(0.05, 0.3))
        line.clear()


def _kill_again_and_again(folder: Path, url: str) -> None:
    rng = random.Random(7)
    command = [sys.executable, "-m", "tests.kit.kill_terminal", str(folder), url]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=-1, stdout=-1, text=True
    ) as killer:
        assert killer.stdin is not None
        assert killer.stdout is not None
        for _ in range(KILLS):
            killer.stdin.write(f"{rng.uniform(0.1, 1.2)}\n")
            killer.stdin.flush()
            assert killer.stdout.readline() == "killed\n"
        killer.stdin.close()


@pytest.mark.timeout(180)
def test_whoever_was_thanked_is_heard_once_whenever_the_terminal_is_killed(
    migrated_file: Path, tmp_path: Path
) -> None:
    database = tmp_path / "central.db"
    database.write_bytes(migrated_file.read_bytes())
    folder = tmp_path / "terminal"
    folder.mkdir()
    end = threading.Event()
    with (
        RunningCentral(str(database)) as central,
        ChaosProxy(central.port, random.Random(1), rate=0.0) as line,
    ):
        ClerkAtWindow(central)
        meanwhile = [
            threading.Thread(target=_serve_cases, args=(central, end), daemon=True),
            threading.Thread(target=_come_and_go, args=(line, end), daemon=True),
        ]
        for one in meanwhile:
            one.start()
        _kill_again_and_again(folder, line.url)
        end.set()
        for one in meanwhile:
            one.join()
        bed = TerminalBed(folder, central.url, FakeClock())
        while bed.send():
            bed.clock.advance(60)
        assert bed.dead == []
        bed.stop()
        kept = {one["request_id"]: one["level"] for one in central.rows(tables.rating)}
    lines = (folder / "thanked.log").read_text().splitlines()
    thanked = dict(line.split() for line in lines)
    assert len(thanked) >= 4
    assert {one: kept.get(one) for one in thanked} == thanked
