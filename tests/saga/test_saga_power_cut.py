"""The power goes at any moment, and the disk keeps what it wants of what was not synced."""

import random
import sqlite3
from pathlib import Path

import pytest

from kiosk.cipher import FieldCipher
from kiosk.errors import StorageError
from kiosk.saga.journal import Journal
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.rows import Entry, Phase, Step
from kiosk.storage import Storage
from tests.kit.fake_clock import FakeClock
from tests.kit.power_cut import Promised, Recorder, lay_out, promised, recorded
from tests.kit.saga_world.runs import quick_folder

IMAGES = 300
ROWS = 60
KEY = bytes(32)


def record(folder: Path, synchronous: str) -> Recorder:
    """A journal is written row by row; transactions are closed and checkpointed in between."""
    recorder = Recorder(f"recorder-{synchronous}")
    with recorded(recorder, synchronous):
        storage = Storage(folder / "journal.sqlite", MIGRATIONS)
        journal = Journal(storage, FieldCipher(KEY), FakeClock())
        for n in range(ROWS):
            step = (Step.OPEN, Step.PERMIT, Step.CHIP, Step.FACE, Step.CLOSED)[n % 5]
            private = {"name": "test" * 40} if step is Step.PERMIT else {}
            row = journal.append(Entry(f"s{n // 5}", step, Phase.FACT, private=private))
            recorder.steps.append(Promised(row.seq))
        journal.close()
    return recorder


def found(folder: Path) -> int:
    """Rows that a restarted machine reads, -1 when it cannot read them or their chain is broken."""
    try:
        journal = Journal(
            Storage(folder / "journal.sqlite", MIGRATIONS), FieldCipher(KEY), FakeClock()
        )
    except (StorageError, sqlite3.Error):
        return -1
    try:
        return journal.head().seq if journal.verify() is None else -1
    finally:
        journal.close()


def cut_everywhere(tmp_path: Path, synchronous: str) -> tuple[int, int]:
    """How many images lost a promised row, and how many cannot be read."""
    source = tmp_path / "source"
    source.mkdir()
    steps = record(source, synchronous).steps
    first = next(n for n, one in enumerate(steps) if isinstance(one, Promised))
    rng = random.Random(7)
    lost = broken = 0
    for _ in range(IMAGES):
        cut = rng.randrange(first, len(steps) + 1)
        with quick_folder() as folder:
            lay_out(steps, cut, folder, rng)
            rows = found(folder)
        broken += rows < 0
        lost += 0 <= rows < promised(steps, cut)
    return lost, broken


def test_no_promised_row_is_lost(tmp_path: Path) -> None:
    assert cut_everywhere(tmp_path, "FULL") == (0, 0)


def test_the_same_cuts_lose_rows_without_full_synchronisation(tmp_path: Path) -> None:
    lost, _broken = cut_everywhere(tmp_path, "NORMAL")
    assert lost > IMAGES // 10


def test_the_product_asks_for_full_synchronisation(tmp_path: Path) -> None:
    storage = Storage(tmp_path / "journal.sqlite", MIGRATIONS)
    assert storage.rows("PRAGMA synchronous")[0][0] == 2
    assert storage.rows("PRAGMA journal_mode")[0][0] == "wal"
    storage.close()


@pytest.mark.parametrize("synchronous", ["FULL", "NORMAL"])
def test_an_uncut_record_holds_every_row(tmp_path: Path, synchronous: str) -> None:
    steps = record(tmp_path, synchronous).steps
    assert promised(steps, len(steps)) == ROWS
    assert found(tmp_path) == ROWS
