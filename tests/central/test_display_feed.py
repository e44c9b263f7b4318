"""The display's picture is answered from memory and true; its calls are spoken offline."""

import io
import shutil
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event as database_event

from kiosk.central.server.display import calls
from kiosk.central.server.display.calls import SpokenCall
from tests.kit.central import HALL, Caller, RunningCentral, ticket_request
from tests.kit.patience import until
from tests.kit.phonemes import assert_spoken_in_tone
from tests.kit.queue_hall import Hall

FEED = f"/v1/display?hall_id={HALL}"
A023 = SpokenCall("A023", "3", "zh_CN")
with_engine = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="no espeak-ng here")


@pytest.fixture
def statements(central: RunningCentral) -> Iterator[list[str]]:
    """What the database was asked."""
    asked: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if "called_at IS NOT NULL" in statement:
            asked.append(statement)

    engine = central.office.database.engine
    database_event.listen(engine, "before_cursor_execute", note)
    yield asked
    database_event.remove(engine, "before_cursor_execute", note)


def shown(caller: Caller) -> list[tuple[str, str]]:
    return [(one["number"], one["window"]) for one in caller.get(FEED).body["queue"]["calls"]]


def test_a_quiet_hall_is_looked_at_once(caller: Caller, statements: list[str]) -> None:
    first = caller.get(FEED)
    until(lambda: caller.get(FEED).status == 200)
    before = len(statements)
    for _ in range(20):
        assert caller.get(FEED).status == 200
    assert first.body["services"][0]["prefix"] == "A"
    assert len(statements) - before <= 1  # a late queue_changed of the start may come between


def test_a_call_changes_the_picture(central: RunningCentral, caller: Caller) -> None:
    hall = Hall(central.office, central.clock)
    assert shown(caller) == []
    caller.post("/v1/tickets", ticket_request())
    hall.window("1").next()
    until(lambda: shown(caller) == [("A001", "1")])


def test_an_unknown_hall_has_no_display(caller: Caller) -> None:
    assert caller.get("/v1/display?hall_id=nowhere").code == "unknown_hall"
    assert caller.get("/display/nowhere").status == 404


def test_the_page_loads_nothing_from_elsewhere(caller: Caller) -> None:
    page = caller.get(f"/display/{HALL}")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert b"http://" not in page.raw
    assert b"https://" not in page.raw


def test_a_call_is_read_in_pinyin_with_tones() -> None:
    assert calls.text_of(A023) == "请A023号到3号窗口"
    said = "qing3 ei1 ling2 er4 san1 hao4 dao4 san1 hao4 chuang1 kou3"
    assert calls.readable(A023) == said
    assert calls.readable(SpokenCall("A023", "3", "en")) == (
        "Number A 0 2 3, please go to window 3"
    )


@with_engine
@pytest.mark.parametrize("number", ["A023", "B100", "C047", "D999", "E012", "F008", "A1000"])
@pytest.mark.parametrize("window", ["3", "12"])
def test_the_engine_calls_every_number_in_its_tones(number: str, window: str) -> None:
    assert_spoken_in_tone(calls.readable(SpokenCall(number, window, "zh_CN")))


@with_engine
def test_a_call_is_sound_without_a_network(central: RunningCentral, caller: Caller) -> None:
    hall = Hall(central.office, central.clock)
    caller.post("/v1/tickets", ticket_request())
    hall.window("1").next()
    path = f"/display/{HALL}/call/zh_CN/A001/1.wav"
    until(lambda: caller.get(path).status == 200)
    with wave.open(io.BytesIO(caller.get(path).raw)) as sound:
        seconds = sound.getnframes() / sound.getframerate()
    assert 1 < seconds < 8


def test_nobody_makes_the_server_speak_what_is_not_called(caller: Caller) -> None:
    assert caller.get(f"/display/{HALL}/call/zh_CN/A999/1.wav").status == 404


def recording(folder: Path, name: str, frames: int, rate: int = 8000) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with wave.open(str(folder / f"{name}.wav"), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate)
        made.writeframes(b"\1\0" * frames)


def test_recordings_are_joined_where_a_hall_has_them(tmp_path: Path) -> None:
    parts = calls.parts_of(A023)
    assert parts == ("call_please", "A", "0", "2", "3", "call_to", "3", "call_window")
    for n, name in enumerate(sorted(set(parts))):
        recording(tmp_path / "zh_CN", name, 100 + n)
    with wave.open(io.BytesIO(calls.sound(A023, tmp_path))) as joined:
        assert joined.getframerate() == 8000
        assert joined.getnframes() == sum(100 + sorted(set(parts)).index(name) for name in parts)


@with_engine
@pytest.mark.parametrize("spoil", ["missing", "other rate"])
def test_one_bad_recording_and_the_engine_speaks(tmp_path: Path, spoil: str) -> None:
    for name in set(calls.parts_of(A023)):
        recording(tmp_path / "zh_CN", name, 100)
    if spoil == "missing":
        (tmp_path / "zh_CN" / "2.wav").unlink()
    else:
        recording(tmp_path / "zh_CN", "2", 100, rate=16000)
    with wave.open(io.BytesIO(calls.sound(A023, tmp_path))) as spoken:
        assert spoken.getframerate() not in (8000, 16000)
