"""A machine's ear for central's events: catching up over restarts, patience, an end at once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.central.answer import Timeouts
from kiosk.central.contract.events import Event, EventKind
from kiosk.central.event_stream import EventStream, StreamPace, Wanted
from kiosk.central.server.events.publish import Happened, publish
from kiosk.central.transport import Transport
from kiosk.clock import SystemClock
from tests.kit.central import HALL, RunningCentral
from tests.kit.patience import PATIENCE_S
from tests.kit.postgres import free_port

PACE = StreamPace(silent_s=PATIENCE_S, base_s=0.02, cap_s=0.05)


class Ear:
    """Notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self._news = threading.Condition()

    def began(self) -> None:
        self._note("began")

    def happened(self, event: Event) -> None:
        self._note(event.subject)

    def ended(self) -> None:
        self._note("ended")

    def wait(self, what: str, times: int = 1) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self.heard.count(what) >= times, PATIENCE_S), (
                self.heard
            )

    def _note(self, what: str) -> None:
        with self._news:
            self.heard.append(what)
            self._news.notify_all()


def tell(central: RunningCentral, subject: str) -> None:
    told = Happened(EventKind.NOTICE_CHANGED, HALL, subject)
    with central.office.database.transaction() as connection:
        publish(connection, central.office, told)


def listening(port: int, ear: Ear) -> EventStream:
    transport = Transport(f"http://127.0.0.1:{port}", Timeouts(), SystemClock())
    stream = EventStream(transport, Wanted(HALL, (EventKind.NOTICE_CHANGED,)), ear, PACE)
    stream.start()
    return stream


@pytest.fixture
def ear() -> Ear:
    return Ear()


@pytest.fixture
def database(migrated_file: Path, tmp_path: Path) -> str:
    path = tmp_path / "central.db"
    path.write_bytes(migrated_file.read_bytes())
    return str(path)


@pytest.fixture
def central(database: str) -> Iterator[RunningCentral]:
    with RunningCentral(database) as server:
        yield server


def test_a_machine_hears_what_happens(central: RunningCentral, ear: Ear) -> None:
    stream = listening(central.port, ear)
    ear.wait("began")
    tell(central, "n-1")
    tell(central, "n-2")
    ear.wait("n-2")
    stream.close()
    assert ear.heard == ["began", "n-1", "n-2", "ended"]


def test_after_a_restart_of_central_nothing_is_missing(
    database: str, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setattr("tests.kit.central.free_port", lambda: port)
    with RunningCentral(database) as central:
        stream = listening(port, ear)
        ear.wait("began")
        tell(central, "n-1")
        ear.wait("n-1")
    ear.wait("ended")
    with RunningCentral(database) as central:
        tell(central, "n-2")
        ear.wait("began", 2)
        tell(central, "n-3")
        ear.wait("n-3")
        stream.close()
    assert [one for one in ear.heard if one.startswith("n-")] == ["n-1", "n-2", "n-3"]


def test_lost_before_its_first_event_it_catches_up_as_well(
    database: str, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setattr("tests.kit.central.free_port", lambda: port)
    with RunningCentral(database) as central:
        tell(central, "n-1")
        stream = listening(port, ear)
        ear.wait("began")
    ear.wait("ended")
    with RunningCentral(database) as central:
        tell(central, "n-2")
        ear.wait("n-2")
        stream.close()
    assert "n-1" not in ear.heard


def test_while_central_is_away_it_is_sought_and_closing_takes_no_time(ear: Ear) -> None:
    stream = listening(free_port(), ear)
    stream.close()
    assert ear.heard == []


def test_an_event_that_a_newer_central_invents_is_passed_over(
    central: RunningCentral, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = listening(central.port, ear)
    ear.wait("began")
    understood = Event.model_validate_json
    monkeypatch.setattr(
        Event,
        "model_validate_json",
        lambda text, **how: (
            understood(text.replace("notice_changed", "gossip", 1), **how)
            if "strange" in text
            else understood(text, **how)
        ),
    )
    tell(central, "strange")
    tell(central, "n-1")
    ear.wait("n-1")
    stream.close()
    assert ear.heard == ["began", "n-1", "ended"]
