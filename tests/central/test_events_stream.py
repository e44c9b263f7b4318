"""The event stream over HTTP: order, catching up, several servers, slow readers."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.central.contract.events import EventKind
from kiosk.central.server.events import hub, publish, routes
from kiosk.central.server.events.publish import Happened
from tests.kit.central import HALL, Caller, RunningCentral, ticket_request
from tests.kit.event_reader import reading
from tests.kit.patience import PATIENCE_S
from tests.kit.postgres import Postgres

KEPT = "&kind=notice_changed"


@pytest.fixture
def central(ready_database: str) -> Iterator[RunningCentral]:
    with RunningCentral(ready_database) as server:
        yield server


def tell(central: RunningCentral, subject: str, hall_id: str = HALL) -> None:
    told = Happened(EventKind.NOTICE_CHANGED, hall_id, subject)
    with central.office.database.transaction() as connection:
        publish.publish(connection, central.office, told)


def tell_and_fail(central: RunningCentral) -> None:
    told = Happened(EventKind.NOTICE_CHANGED, HALL, "never")
    with central.office.database.transaction() as connection:
        publish.publish(connection, central.office, told)
        raise ZeroDivisionError


def test_a_reader_hears_what_happens_in_its_hall_in_order(central: RunningCentral) -> None:
    with reading(central.port, KEPT) as reader:
        for n in range(5):
            tell(central, f"n-{n}")
            tell(central, f"other-{n}", hall_id="elsewhere")
        told = reader.wait(5)
    assert [one["subject"] for one in told] == [f"n-{n}" for n in range(5)]
    assert [int(one) for one in reader.ids] == [one["event_id"] for one in told]
    assert sorted(reader.ids, key=int) == reader.ids


def test_a_reader_that_was_away_catches_up_and_goes_on(central: RunningCentral) -> None:
    with reading(central.port, KEPT) as reader:
        tell(central, "n-1")
        seen = reader.wait(1)[0]["event_id"]
    for n in range(300):
        tell(central, f"missed-{n}")
    with reading(central.port, KEPT, last_id=str(seen)) as reader:
        reader.wait(300)
        tell(central, "now")
        told = [one["subject"] for one in reader.wait(301)]
    assert told == [*(f"missed-{n}" for n in range(300)), "now"]


def test_without_a_last_id_nothing_old_is_told(central: RunningCentral) -> None:
    tell(central, "old")
    with reading(central.port, KEPT) as reader:
        tell(central, "new")
        assert [one["subject"] for one in reader.wait(1)] == ["new"]


@pytest.mark.parametrize("last_id", ["99999", "1"])
def test_what_is_no_longer_kept_is_said_to_be_lost(central: RunningCentral, last_id: str) -> None:
    for n in range(3):
        tell(central, f"n-{n}")
    central.clock.moment += timedelta(days=publish.KEPT_DAYS + 1)
    with central.office.database.transaction() as connection:
        publish.forget(connection, central.clock.now())
    tell(central, "kept")
    with reading(central.port, KEPT, last_id) as reader:
        told = reader.wait(2)
    assert [(one["kind"], one["subject"]) for one in told] == [
        ("events_lost", HALL),
        ("notice_changed", "kept"),
    ]
    assert told[1]["event_id"] > 3


def test_what_is_rolled_back_was_never_told(central: RunningCentral) -> None:
    with reading(central.port, KEPT) as reader:
        with pytest.raises(ZeroDivisionError):
            tell_and_fail(central)
        tell(central, "told")
        assert [one["subject"] for one in reader.wait(1)] == ["told"]


def test_people_who_come_change_the_queue_for_those_who_ask(central: RunningCentral) -> None:
    with reading(central.port, "&kind=queue_changed") as reader:
        caller = Caller(central.port)
        caller.post("/v1/tickets", ticket_request())
        assert reader.wait(1)[0]["kind"] == "queue_changed"
        caller.close()
    assert reader.ids == []


def test_an_event_of_one_server_reaches_the_readers_of_another(ready_database: str) -> None:
    with (
        RunningCentral(ready_database) as one,
        RunningCentral(ready_database) as other,
        reading(one.port, KEPT) as near,
        reading(other.port, KEPT) as far,
    ):
        for n in range(20):
            tell(one if n % 2 else other, f"n-{n}")
        assert near.wait(20) == far.wait(20)


@pytest.mark.postgres
def test_postgresql_wakes_the_other_server_without_its_looking(
    postgres: Postgres, migrated_postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "TICK_S", 10 * PATIENCE_S)
    address = postgres.new_database(migrated_postgres)
    with (
        RunningCentral(address) as near,
        RunningCentral(address) as other,
        reading(other.port, KEPT) as far,
    ):
        for n in range(3):
            tell(near, f"n-{n}")
            assert far.wait(n + 1)[n]["subject"] == f"n-{n}"


def test_events_of_many_writers_at_once_are_all_heard_in_the_order_of_their_ids(
    central: RunningCentral,
) -> None:
    def write(name: str) -> None:
        for n in range(25):
            tell(central, f"{name}-{n}")

    with reading(central.port, KEPT) as reader:
        writers = [threading.Thread(target=write, args=(f"w{n}",)) for n in range(8)]
        for one in writers:
            one.start()
        told = reader.wait(200)
        for one in writers:
            one.join()
    ids = [one["event_id"] for one in told]
    assert ids == sorted(set(ids))
    assert len({one["subject"] for one in told}) == 200


def test_a_quiet_stream_beats(central: RunningCentral, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "BEAT_S", 0.05)
    with reading(central.port) as reader, reader._news:
        assert reader._news.wait_for(lambda: ": beat" in reader.comments, PATIENCE_S)


def test_a_reader_that_does_not_read_is_let_go_and_holds_nobody(
    migrated_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub, "_MOST_UNREAD", 5)
    database = tmp_path / "slow.db"
    database.write_bytes(migrated_file.read_bytes())
    facts = {f"f{n}": "x" * 200 for n in range(60)}
    told = Happened(EventKind.NOTICE_CHANGED, HALL, "n", facts)
    with RunningCentral(str(database)) as central, socket.socket() as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        slow.connect(("127.0.0.1", central.port))
        slow.sendall(f"GET /v1/events?hall_id={HALL} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        with reading(central.port, KEPT) as quick:
            both = central.app.state.hub.listening
            for n in range(1, 1000):
                with central.office.database.transaction() as connection:
                    publish.publish(connection, central.office, told)
                quick.wait(n)
                if central.app.state.hub.listening < both:
                    break
            assert (both, central.app.state.hub.listening) == (2, 1)


def test_the_streams_end_with_the_server(ready_database: str) -> None:
    with RunningCentral(ready_database) as central:
        reader = reading(central.port)
        open_one = reader.__enter__()
    open_one.wait_end()


@pytest.mark.parametrize(
    ("query", "status"),
    [("hall_id=nowhere", 404), ("", 422), ("hall_id=hs-1&kind=gossip", 422)],
)
def test_a_wrong_question_is_refused(central: RunningCentral, query: str, status: int) -> None:
    caller = Caller(central.port)
    assert caller.get(f"/v1/events?{query}").status == status
    caller.close()
