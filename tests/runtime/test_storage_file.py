"""The machine's one database file: durable settings, migrations, refusals."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kiosk.errors import StorageError
from kiosk.storage import MIGRATIONS, Storage, write_note


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "machine" / "machine.db"


def test_a_new_file_is_durable_private_and_leaves_no_deleted_text(path: Path) -> None:
    storage = Storage(path)
    pragmas = {
        name: storage.rows(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
    }
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }
    with storage.transaction() as db:
        write_note(db, "a", "b")
    for file in path.parent.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file.name
    storage.close()


def test_a_transaction_is_all_or_nothing(path: Path) -> None:
    storage = Storage(path)

    def fail_half_way() -> None:
        with storage.transaction() as db:
            write_note(db, "half", "done")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert storage.note("half") is None
    with storage.transaction() as db:
        write_note(db, "whole", "done")
    storage.close()
    assert Storage(path).note("whole") == "done"


def test_a_transaction_inside_a_transaction_is_a_broken_promise(path: Path) -> None:
    storage = Storage(path)
    with storage.transaction(), pytest.raises(StorageError), storage.transaction():
        pass
    assert storage.probe()
    storage.close()


def test_threads_wait_for_each_other(path: Path) -> None:
    storage = Storage(path)
    with storage.transaction() as db:
        write_note(db, "n", "0")

    def count() -> None:
        for _ in range(20):
            with storage.transaction() as db:
                n = int(db.execute("SELECT value FROM notes WHERE name = 'n'").fetchone()[0])
                write_note(db, "n", str(n + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert storage.note("n") == "80"
    storage.close()


def test_a_second_machine_on_the_same_file_is_refused_until_the_first_has_ended(path: Path) -> None:
    storage = Storage(path)
    with pytest.raises(StorageError, match="another running machine"):
        Storage(path)
    storage.close()
    Storage(path).close()


def test_a_killed_machine_leaves_no_lock_and_keeps_what_it_committed(path: Path) -> None:
    program = (
        "import os, signal, sys, pathlib\n"
        "from kiosk.storage import Storage, write_note\n"
        "storage = Storage(pathlib.Path(sys.argv[1]))\n"
        "with storage.transaction() as db: write_note(db, 'kept', 'yes')\n"
        "with storage.transaction() as db:\n"
        "    write_note(db, 'lost', 'yes')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(path)], check=False)
    assert killed.returncode == -9
    storage = Storage(path)
    assert (storage.note("kept"), storage.note("lost")) == ("yes", None)
    storage.close()


def test_a_file_of_newer_software_is_left_alone(path: Path) -> None:
    Storage(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StorageError, match="newer software"):
        Storage(path)
    db.close()


def test_an_older_file_is_led_on_step_by_step_and_keeps_its_rows(path: Path) -> None:
    first = (("CREATE TABLE notes(name TEXT PRIMARY KEY, value TEXT NOT NULL)",),)
    second = (*first, ("ALTER TABLE notes ADD COLUMN more TEXT DEFAULT 'x'",))
    storage = Storage(path, first)
    with storage.transaction() as db:
        write_note(db, "old", "kept")
    storage.close()
    storage = Storage(path, second)
    assert tuple(storage.rows("SELECT * FROM notes")[0]) == ("old", "kept", "x")
    storage.close()


def test_a_migration_that_fails_leaves_the_file_as_it_was(path: Path) -> None:
    first = (("CREATE TABLE notes(name TEXT PRIMARY KEY, value TEXT NOT NULL)",),)
    bad = (*first, ("CREATE TABLE fresh(a)", "CREATE TABLE notes(a)"))
    Storage(path, first).close()
    with pytest.raises(StorageError):
        Storage(path, bad)
    storage = Storage(path, first)
    assert storage.rows("SELECT * FROM sqlite_master WHERE name = 'fresh'") == []
    storage.close()


@pytest.mark.parametrize("content", [b"no database at all, just some bytes" * 40])
def test_a_file_that_is_no_database_is_refused(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StorageError):
        Storage(path)
    assert path.read_bytes() == content


def test_a_folder_in_its_place_is_refused(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(StorageError):
        Storage(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_cannot_be_written_is_refused(path: Path) -> None:
    Storage(path).close()
    path.chmod(0o400)
    with pytest.raises(StorageError):
        Storage(path)


def test_a_full_disk_is_an_error_that_the_health_of_the_machine_sees(path: Path) -> None:
    storage = Storage(path)
    pages = storage.rows("PRAGMA page_count")[0][0]
    storage.rows(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match="full"), storage.transaction() as db:
        write_note(db, "large", "x" * 100_000)
    assert not storage.ok
    storage.rows("PRAGMA max_page_count = 100000")
    assert storage.probe()
    assert storage.ok
    storage.close()


def test_wiped_text_stands_nowhere_after_a_checkpoint(path: Path) -> None:
    storage = Storage(path)
    with storage.transaction() as db:
        write_note(db, "secret", "PLANTED-SECRET" * 50)
    with storage.transaction() as db:
        db.execute("DELETE FROM notes")
    storage.checkpoint()
    bytes_left = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"PLANTED-SECRET" not in bytes_left
    storage.close()
