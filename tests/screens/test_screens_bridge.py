"""Threads meet the screens: the latest picture wins, the bench sees and taps, errors end there."""

import io
import logging
import threading
from typing import Any

import pytest
from PIL import Image

from kiosk.flows.application import events, states
from kiosk.flows.session import Touched
from tests.screens import sample_views

pytestmark = pytest.mark.window


def _in_thread(call: Any, person: Any) -> Any:
    answers: list[Any] = []
    thread = threading.Thread(target=lambda: answers.append(call()))
    thread.start()
    person.until(lambda: not thread.is_alive(), "the other thread")
    return answers[0]


def test_only_the_latest_of_many_pictures_is_drawn(stand: Any, person: Any) -> None:
    shown: list[object] = []
    navigator = stand.app.navigator
    draw = navigator.show
    stand.app.bridge.connect(lambda view: (shown.append(view.state), draw(view)), person.window())

    def publish() -> None:
        for number in range(100):
            stand.show(sample_views.view(states.Thanks(f"A{number:03}")))

    shown.clear()
    thread = threading.Thread(target=publish)
    thread.start()
    thread.join()
    person.frames(3)
    assert shown == [states.Thanks("A099")]
    assert person.sees("A099")


def test_the_bench_sees_the_screen(stand: Any, person: Any) -> None:
    jpeg = _in_thread(lambda: stand.app.bridge.capture_jpeg(5.0), person)
    image = Image.open(io.BytesIO(jpeg))
    assert image.size == (540, 960)
    red, green, blue = image.convert("RGB").getpixel((270, 100))
    assert (red, green, blue) != (0, 0, 0)
    # The header is at the top: the picture is not upside down.
    header = image.convert("RGB").getpixel((10, 60))
    assert header[0] < 60 < header[2] + 20


def test_an_unchanged_screen_is_not_drawn_again_for_the_bench(stand: Any, person: Any) -> None:
    capture = stand.app.bridge.capture_jpeg
    first = _in_thread(lambda: capture(5.0), person)
    person.frames(2)
    assert _in_thread(lambda: capture(5.0), person) is first


def test_without_a_main_loop_there_is_no_picture(stand: Any, person: Any) -> None:
    assert stand.app.bridge.capture_jpeg(0.01) is None


def test_the_bench_taps_like_a_finger(stand: Any, person: Any) -> None:
    button = person.find("开始办理")
    x, y = button.to_window(*button.center)
    width, height = person.size()
    stand.app.bridge.tap(x / width, 1 - y / height)
    person.until(lambda: events.BeginAsked() in stand.reported, "the tap")


def test_touches_are_told_at_most_once_a_second(stand: Any, person: Any) -> None:
    stand.reported.clear()
    for _ in range(4):
        person.touch(5, 5)
    assert stand.reported == [Touched()]


def test_an_error_in_a_touch_is_logged_and_survived(
    stand: Any, person: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise ValueError("王小明 420299196001010011")

    with caplog.at_level(logging.ERROR):
        stand.app.bridge.later(0, fail)
        person.frames(3)
    assert stand.app.failures_seen == 1
    assert "ValueError" in caplog.text
    assert "王小明" not in caplog.text
    person.tap("开始办理")
    assert events.BeginAsked() in stand.reported


def test_the_window_cannot_be_closed_by_a_citizen(stand: Any, person: Any) -> None:
    assert person.window().dispatch("on_request_close", source="keyboard") is True
    assert stand.app.open_settings() is False


def test_screens_are_built_ahead_while_nobody_waits(stand: Any, person: Any) -> None:
    from screens.gallery import of_role

    def all_built() -> bool:
        return len(list(stand.app.navigator.built())) == len(of_role("kiosk"))

    assert not all_built()
    patient = type(person)(90.0)  # some sixty screens, one at a time
    patient.until(all_built, "all screens")
