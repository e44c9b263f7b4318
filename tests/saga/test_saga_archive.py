"""What is old and finished leaves the live journal; nothing is lost, whenever the machine dies."""

import multiprocessing
import os
import signal
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from kiosk import storage
from kiosk.cipher import FieldCipher
from kiosk.domain.payment import Means
from kiosk.errors import StorageError
from kiosk.saga import archive
from kiosk.saga.archive import archived
from kiosk.saga.cash_box import counted, held_fen
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.journal import Journal
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.rows import Entry, Head, Phase, Step
from kiosk.storage import Storage
from tests.kit.fake_clock import FakeClock
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.runs import quick_folder

KEY = bytes(range(32))
NAME = "李测试"


def opened(folder: Path, clock: FakeClock | None = None) -> Journal:
    file = Storage(folder / "journal.sqlite", MIGRATIONS)
    return Journal(file, FieldCipher(KEY), clock or FakeClock())


def serve(journal: Journal, saga: str, means: Means = Means.CODE, *, closes: bool = True) -> None:
    """A short transaction of 30 yuan."""
    money = {"means": means.value, "amount_fen": 3000}
    journal.append(Entry(saga, Step.OPEN, Phase.FACT))
    journal.append(Entry(saga, Step.PERMIT, Phase.FACT, private={"name": NAME}))
    journal.append(Entry(saga, Step.PAYMENT, Phase.INTENT, f"{saga}-p1", money))
    journal.append(Entry(saga, Step.PAYMENT, Phase.DONE, f"{saga}-p1"))
    if closes:
        journal.append(Entry(saga, Step.CLOSED, Phase.FACT))


def move(journal: Journal, clock: FakeClock, days: int = 90) -> int:
    return archive.archive(journal, clock.now() - timedelta(days=days))


def one_old(folder: Path) -> tuple[Journal, FakeClock]:
    """A journal with one transaction, closed long ago."""
    clock = FakeClock()
    journal = opened(folder, clock)
    serve(journal, "s1")
    clock.advance(100 * 86400)
    return journal, clock


def taken_fen(rows: Any) -> int:
    """Sum of the money that rows tell of."""
    told = [one for one in rows if (one["step"], one["phase"]) == ("payment", "intent")]
    return 3000 * len(told)


def test_what_is_old_and_closed_moves_and_one_chain_runs_through_both(tmp_path: Path) -> None:
    clock = FakeClock()
    journal = opened(tmp_path, clock)
    serve(journal, "s1")
    serve(journal, "s2")
    clock.advance(100 * 86400)
    serve(journal, "s3")
    told = journal.head()
    assert move(journal, clock) == 10
    assert [row.seq for row in journal.rows("s3")] == [11, 12, 13, 14, 15]
    assert journal.rows("s1") == []
    assert (journal.verify(told), archive.verify(journal)) == (None, None)
    assert [row["seq"] for row in archived(tmp_path)] == list(range(1, 11))
    assert taken_fen(archived(tmp_path)) + taken_fen(journal.first(99)) == 9000
    assert move(journal, clock) == 0
    journal.close()
    again = opened(tmp_path, clock)
    assert again.head() == told
    serve(again, "s4")
    assert again.verify(told) is None
    again.close()


def test_a_journal_that_has_moved_whole_goes_on_counting(tmp_path: Path) -> None:
    journal, clock = one_old(tmp_path)
    assert move(journal, clock) == 5
    journal.close()
    again = opened(tmp_path, clock)
    assert again.head().seq == 5
    assert again.append(Entry("s2", Step.OPEN, Phase.FACT)).seq == 6
    assert again.verify() is None
    again.close()


def test_nothing_moves_past_a_transaction_that_is_still_open(tmp_path: Path) -> None:
    clock = FakeClock()
    journal = opened(tmp_path, clock)
    serve(journal, "s1")
    serve(journal, "s2", closes=False)
    serve(journal, "s3")
    clock.advance(100 * 86400)
    assert move(journal, clock) == 5
    assert len(journal.rows("s2")) == 4
    journal.append(Entry("s2", Step.CLOSED, Phase.FACT))
    assert move(journal, clock) == 0, "its last row is of today"
    journal.close()


def test_the_cash_box_can_still_be_summed(tmp_path: Path) -> None:
    clock = FakeClock()
    journal = opened(tmp_path, clock)
    serve(journal, "s1", Means.CASH)
    counted(journal, 3000, "op1")
    serve(journal, "s2", Means.CASH)
    clock.advance(100 * 86400)
    assert move(journal, clock) == 5
    assert held_fen(journal) == 3000
    counted(journal, 3000, "op1")
    assert held_fen(journal) == 0
    clock.advance(100 * 86400)
    assert move(journal, clock) == 6
    assert held_fen(journal) == 0
    journal.close()


def test_nothing_of_a_person_stands_in_the_archive(tmp_path: Path) -> None:
    journal, clock = one_old(tmp_path)
    move(journal, clock)
    journal.close()
    tables = "SELECT name FROM sqlite_master WHERE type = 'table'"
    (file,) = tmp_path.glob("journal-2*.sqlite")
    with closing(sqlite3.connect(file)) as db:
        assert db.execute(tables).fetchall() == [("journal",)], "there are no keys"
    everything = b"".join(one.read_bytes() for one in tmp_path.iterdir())
    assert NAME.encode() not in everything


def test_a_row_is_kept_by_the_year_in_which_it_was_written(tmp_path: Path) -> None:
    clock = FakeClock()
    journal = opened(tmp_path, clock)
    serve(journal, "s1")
    clock.advance(60 * 86400)
    serve(journal, "s2")
    clock.advance(100 * 86400)
    assert move(journal, clock) == 10
    assert archive.verify(journal) is None
    names = sorted(one.name for one in tmp_path.glob("journal-2*.sqlite"))
    assert names == ["journal-2026.sqlite", "journal-2027.sqlite"]
    journal.close()


def test_rows_that_somebody_took_from_the_front_are_missed(tmp_path: Path) -> None:
    journal = opened(tmp_path)
    serve(journal, "s1")
    last = journal.rows("s1")[-1].seq
    chain = journal.head().chain
    journal.let_go(Head(last, chain))
    assert journal.verify() is None
    assert archive.verify(journal) == 1
    journal.close()


def test_another_journals_archive_is_not_written_over(tmp_path: Path) -> None:
    journal, clock = one_old(tmp_path)
    move(journal, clock)
    journal.close()
    (tmp_path / "journal.sqlite").unlink()
    other = opened(tmp_path, FakeClock())
    serve(other, "x1")
    with pytest.raises(StorageError, match="another row 1"):
        move(other, clock)
    assert len(other.rows("x1")) == 5
    other.close()


def test_a_machine_tidies_by_itself_and_an_archive_it_cannot_write_stops_nothing(
    tmp_path: Path,
) -> None:
    hall = Hall(tmp_path, WorldCitizen("a"))
    assert hall.live(hall.serve) == "ended"
    hall.world.clock.advance(100 * 86400)
    in_the_way = tmp_path / "journal-2026.sqlite"
    in_the_way.mkdir()
    assert hall.live(_tidy) == "ended"
    assert _live_rows(hall) > 20
    in_the_way.rmdir()
    assert hall.live(_tidy) == "ended"
    assert _live_rows(hall) == 0
    assert len(list(archived(tmp_path))) > 20


def _tidy(desk: EndorsementDesk) -> None:
    desk.recover()
    desk.tidy()
    assert desk.blocked() == ""


def _live_rows(hall: Hall) -> int:
    journal = hall.open_journal()
    try:
        return len(journal.first(99))
    finally:
        journal.close()


# Deaths.


def _dies_at(folder: Path, statement: int) -> None:
    """A process that is killed at a statement to either file, or ends by itself."""
    done = 0
    connect = storage._connect

    def counts(_sql: str) -> None:
        nonlocal done
        done += 1
        if done == statement:
            os.kill(os.getpid(), signal.SIGKILL)

    def watched(path: Path) -> sqlite3.Connection:
        db = connect(path)
        db.set_trace_callback(counts)
        return db

    with patch.object(storage, "_connect", watched):
        clock = FakeClock()
        clock.advance(100 * 86400)
        journal = opened(folder, clock)
        move(journal, clock)
        journal.close()
    os._exit(0)


def _was_killed(folder: Path, statement: int) -> bool:
    child = multiprocessing.get_context("fork").Process(target=_dies_at, args=(folder, statement))
    child.start()
    child.join()
    assert child.exitcode in (0, -signal.SIGKILL)
    return child.exitcode != 0


def test_killed_at_any_statement_no_row_is_lost_and_the_next_day_ends_it() -> None:
    statement = 0
    killed = True
    while killed:
        statement += 1
        with quick_folder() as folder:
            journal = opened(folder)
            serve(journal, "s1")
            serve(journal, "s2")
            whole = [tuple(row) for row in journal.first(99)]
            told = journal.head()
            journal.close()
            killed = _was_killed(folder, statement)
            clock = FakeClock()
            clock.advance(100 * 86400)
            journal = opened(folder, clock)
            rows = {row[0]: row for row in map(tuple, journal.first(99))}
            rows |= {row["seq"]: tuple(row) for row in archived(folder)}
            assert [rows[seq] for seq in sorted(rows)] == whole, statement
            assert (journal.verify(told), archive.verify(journal)) == (None, None)
            move(journal, clock)
            assert (journal.first(99), journal.head()) == ([], told)
            assert archive.verify(journal) is None
            journal.close()
    assert statement > 20
