"""The audit log: a closed list of events, and a chain that shows tampering."""

import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.audit.events import EVENTS, as_markdown, mistakes
from kiosk.audit.log import AuditLog, Head
from kiosk.storage import Storage
from tests.kit.fake_clock import FakeClock


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[Storage]:
    storage = Storage(tmp_path / "machine.db")
    yield storage
    storage.close()


@pytest.fixture
def log(storage: Storage) -> AuditLog:
    return AuditLog(storage, FakeClock())


@pytest.mark.parametrize(
    ("event", "fields"),
    [
        ("no_such_event", {}),
        ("card_read", {"name": "citizen"}),
        ("card_read", {"layout": "测试甲"}),
        ("card_read", {"layout": "420299199003074315"}),
        ("card_read", {"layout": "420299900307431"}),
        ("card_read", {"layout": "two words"}),
        ("card_trouble", {"tries": -1}),
        ("card_trouble", {"tries": True}),
        ("ticket_numbered", {"from_lease": 1}),
        ("ticket_numbered", {"number": "023"}),
    ],
)
def test_what_is_not_on_the_list_is_refused_without_being_quoted(
    log: AuditLog, event: str, fields: dict[str, str | int | bool]
) -> None:
    with pytest.raises(ValueError, match=r"no|carries") as refused:
        log.write(event, **fields)
    for value in fields.values():
        if isinstance(value, str) and value != "citizen":
            assert value not in str(refused.value)
    assert log.head() == Head(0, "0" * 64)


def test_every_event_says_what_it_means() -> None:
    page = as_markdown()
    for event in EVENTS.values():
        assert event.meaning.endswith(".")
        assert f"`{event.name}`" in page
        assert all(name in page for name in event.fields)


def test_an_event_stands_or_falls_with_the_fact_it_tells_of(
    log: AuditLog, storage: Storage
) -> None:
    def start_and_fail() -> None:
        with storage.transaction() as db:
            log.append(db, "machine_started", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        start_and_fail()
    assert log.head().seq == 0


def test_an_untouched_log_verifies_also_after_more_was_written(log: AuditLog) -> None:
    log.write("machine_started", software="0.1.0", role="kiosk", demo=True)
    early = log.head()
    log.write("card_read", layout="citizen")
    assert early.seq == 1
    assert log.verify() is None
    assert log.verify(early) is None
    assert log.verify(log.head()) is None


Attack = Callable[[sqlite3.Connection, random.Random], None]


def _edit(db: sqlite3.Connection, rng: random.Random) -> None:
    db.execute("UPDATE audit SET fields = '{\"away\": true}' WHERE seq = ?", (rng.randint(1, 30),))


def _retime(db: sqlite3.Connection, rng: random.Random) -> None:
    db.execute("UPDATE audit SET at = at || ' ' WHERE seq = ?", (rng.randint(1, 30),))


def _rename(db: sqlite3.Connection, rng: random.Random) -> None:
    db.execute("UPDATE audit SET event = 'card_read' WHERE seq = ?", (rng.randint(1, 30),))


def _delete(db: sqlite3.Connection, rng: random.Random) -> None:
    db.execute("DELETE FROM audit WHERE seq = ?", (rng.randint(1, 29),))


def _swap(db: sqlite3.Connection, rng: random.Random) -> None:
    one, other = rng.sample(range(1, 31), 2)
    for at, to in ((one, 99), (other, one), (99, other)):
        db.execute("UPDATE audit SET seq = ? WHERE seq = ?", (to, at))


def _insert(db: sqlite3.Connection, _rng: random.Random) -> None:
    db.execute("INSERT INTO audit SELECT 31, at, event, fields, chain FROM audit WHERE seq = 30")


def _cut_tail(db: sqlite3.Connection, rng: random.Random) -> None:
    db.execute("DELETE FROM audit WHERE seq > ?", (rng.randint(0, 29),))


@pytest.mark.parametrize(
    ("attack", "seen_by_chain_alone"),
    [
        (_edit, True),
        (_retime, True),
        (_rename, True),
        (_delete, True),
        (_swap, True),
        (_insert, True),
        (_cut_tail, False),
    ],
)
def test_tampering_is_seen(
    log: AuditLog, storage: Storage, attack: Attack, seen_by_chain_alone: bool
) -> None:
    for seq in range(30):
        log.write("card_trouble", trouble="moved", tries=seq)
    head = log.head()
    with storage.transaction() as db:
        attack(db, random.Random(7))
    assert log.verify(head) is not None
    assert (log.verify() is not None) == seen_by_chain_alone


def test_a_chain_made_anew_is_seen_by_whoever_knows_a_head(log: AuditLog, storage: Storage) -> None:
    for seq in range(5):
        log.write("card_trouble", trouble="moved", tries=seq)
    head = log.head()
    with storage.transaction() as db:
        db.execute("DELETE FROM audit")
    for seq in range(5):
        log.write("card_trouble", trouble="moved", tries=seq + 1)
    assert log.verify() is None
    assert log.verify(head) == 5


def test_ids_of_any_form_the_machine_makes_are_accepted() -> None:
    assert mistakes("ticket_paper", {"ticket": "3f" * 16, "paper": "not_printed"}) == []
    assert mistakes("staff_called", {"reason": "staff.help", "subject": ""}) == []
