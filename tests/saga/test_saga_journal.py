"""The journal keeps what it was given, tells every change, and forgets people in time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from kiosk.cipher import FieldCipher
from kiosk.errors import StorageError
from kiosk.saga.journal import Journal
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.rows import Entry, Head, Phase, Step
from kiosk.storage import Storage
from tests.kit.fake_clock import FakeClock

KEY = bytes(range(32))
NUMBER = "420299199003077316"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "endorsements.sqlite"


def opened(path: Path) -> Journal:
    return Journal(Storage(path, MIGRATIONS), FieldCipher(KEY), FakeClock())


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    one = opened(path)
    yield one
    one.close()


def fill(journal: Journal, saga: str = "s1") -> None:
    journal.append(Entry(saga, Step.OPEN, Phase.FACT, facts={"language": "en"}))
    journal.append(Entry(saga, Step.PERMIT, Phase.FACT, private={"id_number": NUMBER}))
    journal.append(Entry(saga, Step.PAYMENT, Phase.INTENT, "p1", {"amount_fen": 1500}))


def spoil(path: Path, statement: str) -> None:
    """As somebody with the disk in hands would."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TRIGGER journal_keeps")
        db.execute("DROP TRIGGER journal_stays")
        db.execute(statement)
        db.commit()


def test_what_was_written_is_read_after_a_restart(path: Path) -> None:
    before = opened(path)
    fill(before)
    rows, head = before.rows("s1"), before.head()
    before.close()
    after = opened(path)
    assert after.rows("s1") == rows
    assert [row.seq for row in rows] == [1, 2, 3]
    assert rows[1].private == {"id_number": NUMBER}
    assert rows[2].facts == {"amount_fen": 1500}
    assert after.head() == head
    assert after.verify(head) is None
    after.close()


def test_a_row_cannot_be_changed_or_removed(journal: Journal, path: Path) -> None:
    fill(journal)
    with closing(sqlite3.connect(path)) as db:
        for statement in ("UPDATE journal SET key = 'p2'", "DELETE FROM journal"):
            with pytest.raises(sqlite3.IntegrityError, match="append only"):
                db.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET facts = '{\"amount_fen\":15}' WHERE seq = 3",
        "UPDATE journal SET phase = 'not_done' WHERE seq = 3",
        "UPDATE journal SET sealed = x'01' WHERE seq = 2",
        "UPDATE journal SET at = '2026-01-01T00:00:00+08:00' WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 2",
        "DELETE FROM journal WHERE seq = 1",
        "UPDATE journal SET seq = 9 WHERE seq = 3",
    ],
)
def test_every_change_breaks_the_chain(path: Path, statement: str) -> None:
    before = opened(path)
    fill(before)
    before.close()
    spoil(path, "DELETE FROM data_keys")
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()
    after = opened(path)
    assert after.verify() is not None
    after.close()


def test_a_cut_tail_shows_beside_the_head_that_central_knows(path: Path) -> None:
    before = opened(path)
    fill(before)
    told = before.head()
    before.close()
    spoil(path, "DELETE FROM journal WHERE seq = 3")
    after = opened(path)
    assert after.verify() is None
    assert after.verify(told) == 3
    assert after.verify(Head(2, "0" * 64)) == 2
    after.close()


def test_nothing_of_a_person_stands_on_the_disk(path: Path) -> None:
    journal = opened(path)
    fill(journal)
    everything = b"".join(one.read_bytes() for one in path.parent.iterdir())
    journal.close()
    assert NUMBER.encode() not in everything


def test_a_closed_transaction_is_shredded_and_its_chain_still_holds(journal: Journal) -> None:
    fill(journal)
    fill(journal, "s2")
    assert journal.live() == ("s1", "s2")
    journal.append(Entry("s1", Step.CLOSED, Phase.FACT))
    assert journal.live() == ("s2",)
    assert journal.rows("s1")[1].private == {}
    assert journal.rows("s2")[1].private == {"id_number": NUMBER}
    assert journal.verify() is None


def test_a_journal_that_cannot_be_written_says_so(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(journal)
    head = journal.head()
    journal._storage._db.execute("PRAGMA query_only = ON")
    with pytest.raises(StorageError):
        journal.append(Entry("s1", Step.CHIP, Phase.INTENT))
    assert not journal.ok
    assert not journal.probe()
    assert journal.head() == head
    journal._storage._db.execute("PRAGMA query_only = OFF")
    assert journal.probe()
    assert journal.append(Entry("s1", Step.CHIP, Phase.INTENT)).seq == 4
    assert journal.verify() is None
