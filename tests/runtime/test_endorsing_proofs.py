"""Face and finger: one check at a time, a plain match only, and never a stale answer."""

import base64
from collections.abc import Callable
from typing import Any

import pytest

from hardware.interfaces.camera import (
    Basis,
    FaceQuality,
    FaceTrouble,
    Frame,
    Guidance,
    Interaction,
    LiveFace,
    NoFace,
    View,
)
from hardware.interfaces.face_matcher import (
    Absence,
    Comparison,
    MatchResult,
    Unavailable,
    Verdict,
)
from hardware.interfaces.fingerprint_reader import (
    FingerCompared,
    FingerGuidance,
    FingerTemplate,
    FingerTrouble,
)
from hardware.outcome import Done, Failed, Outcome, Overdue
from kiosk.flows.endorsement.events import FaceChecked, FaceGuided, FingerChecked, FingerGuided
from kiosk.runtime.endorsing.face_task import (
    PREVIEW_EVERY_S,
    Comparing,
    FaceTask,
    MachineFaceEngine,
)
from kiosk.runtime.endorsing.finger_task import FingerTask
from tests.kit.fake_clock import FakeClock

QUALITY = FaceQuality(200, 90.0, 120.0, 40.0, 0.0, 0.0)
FACE = LiveFace(b"live", QUALITY, (Interaction.TURN_LEFT,), Basis.DETECTOR)
FRAME = Frame(b"\0" * 12, 2, 2, 1, 0.0)
TEMPLATE = base64.b64encode(b"template").decode()


class Handle:
    """A call that was handed in."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class HeldDevices:
    """Keeps every call until the test lets it end."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.calls: list[tuple[Callable[..., Any], Callable[[Outcome[Any]], None], Handle]] = []

    def call(
        self,
        name: str,
        fn: Callable[..., Any],
        deadline_s: float,
        done: Callable[[Outcome[Any]], None],
    ) -> Handle:
        del deadline_s
        if name not in self.names:
            raise KeyError(name)
        self.calls.append((fn, done, Handle()))
        return self.calls[-1][2]

    def end(self, outcome: Outcome[Any], nth: int = -1) -> None:
        self.calls[nth][1](outcome)


class AtOnce:
    """A service thread that does everything at once."""

    def run(self, call: Callable[[], None]) -> None:
        call()


class Says:
    """A matcher with one answer."""

    def __init__(self, answer: MatchResult | None) -> None:
        self.answer = answer
        self.asked: list[tuple[bytes, bytes]] = []

    def compare(self, live: bytes, reference: bytes, cancel: Any) -> MatchResult | None:
        assert not cancel.is_set()
        self.asked.append((live, reference))
        return self.answer


class ObeyedCamera:
    """Sees the person do as asked."""

    def __init__(self, *can: Interaction) -> None:
        self.can = frozenset(can)
        self.asked: tuple[Interaction, ...] = ()

    def interactions(self) -> frozenset[Interaction]:
        return self.can

    def take_face(self, check: Any, cancel: Any, on_view: Callable[[View], None]) -> LiveFace:
        del cancel
        self.asked = check.interactions
        on_view(View(FRAME, Guidance.COME_CLOSER))
        on_view(View(FRAME, Guidance.HOLD_STILL))
        return FACE


class Bed:
    """A face task whose world is in hand."""

    def __init__(self, answer: MatchResult | None = None, *names: str) -> None:
        self.events: list[object] = []
        self.clock = FakeClock()
        self.devices = HeldDevices(*(names or ("camera",)))
        self.matcher = Says(answer)
        comparing = Comparing(self.matcher, AtOnce())
        self.task = FaceTask(
            self.devices, comparing, self.clock, self.events.append, lambda choices: choices[-1]
        )


@pytest.mark.parametrize(
    ("answer", "checked"),
    [
        (Comparison(Verdict.MATCH, 0.9, "e"), FaceChecked(same=True)),
        (Comparison(Verdict.NO_MATCH, 0.1, "e"), FaceChecked(same=False, reason="different")),
        (Comparison(Verdict.UNSURE, 0.5, "e"), FaceChecked(None, "unsure")),
        (Unavailable(Absence.NOT_CONFIGURED), FaceChecked(None, "not_compared")),
        (None, FaceChecked(None, "not_compared")),
    ],
    ids=["match", "no match", "unsure", "nobody compared", "withdrawn"],
)
def test_only_a_plain_match_is_the_holder(answer: MatchResult | None, checked: FaceChecked) -> None:
    bed = Bed(answer)
    bed.task.start(b"portrait")
    bed.devices.end(Done(FACE))
    assert bed.events == [checked]
    assert bed.matcher.asked == [(b"live", b"portrait")]


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [
        (Done(NoFace(FaceTrouble.POOR_PICTURE, Guidance.MORE_LIGHT)), "poor_picture"),
        (Done(None), "camera_away"),
        (Overdue(), "camera_away"),
    ],
    ids=["poor picture", "cancelled", "hangs"],
)
def test_without_a_picture_nobody_is_compared(outcome: Outcome[Any], reason: str) -> None:
    bed = Bed(Comparison(Verdict.MATCH, 0.9, "e"))
    bed.task.start(b"portrait")
    bed.devices.end(outcome)
    assert bed.events == [FaceChecked(None, reason)]
    assert bed.matcher.asked == []


def test_a_machine_without_a_camera_says_so() -> None:
    bed = Bed(None, "other")
    bed.task.start(b"portrait")
    assert bed.events == [FaceChecked(None, "camera_away")]


def test_the_person_is_asked_only_what_the_camera_can_see() -> None:
    turns = (Interaction.TURN_LEFT, Interaction.TURN_RIGHT)
    for can in (turns, (Interaction.BLINK,), (*turns, Interaction.BLINK), ()):
        bed, camera = Bed(), ObeyedCamera(*can)
        bed.task.start(b"portrait")
        bed.devices.calls[0][0](camera, None)
        assert camera.asked == can[-1:]


def test_the_preview_is_shown_no_faster_than_an_eye_needs() -> None:
    bed = Bed()
    bed.clock.advance(PREVIEW_EVERY_S)
    bed.task.start(b"portrait")
    bed.devices.calls[0][0](ObeyedCamera(), None)
    assert [type(one) for one in bed.events] == [FaceGuided]
    bed.clock.advance(PREVIEW_EVERY_S)
    bed.devices.calls[0][0](ObeyedCamera(), None)
    assert len(bed.events) == 2


def test_an_answer_to_an_earlier_look_is_dropped() -> None:
    bed = Bed(Comparison(Verdict.MATCH, 0.9, "e"))
    bed.task.start(b"first")
    bed.task.start(b"second")
    assert bed.devices.calls[0][2].cancelled
    bed.devices.end(Done(FACE), nth=0)
    assert bed.events == []
    bed.task.stop()
    bed.devices.end(Done(FACE), nth=1)
    assert bed.events == []


def test_an_engine_of_this_machine_that_is_lost_has_not_compared() -> None:
    def gone(*_call: Any) -> Outcome[Any]:
        return Overdue()

    def unknown(*_call: Any) -> Outcome[Any]:
        raise KeyError

    match = Comparison(Verdict.MATCH, 0.9, "e")
    ask = (b"live", b"portrait", None)
    assert MachineFaceEngine(gone).compare(*ask) == Unavailable(Absence.NO_ANSWER)
    assert MachineFaceEngine(unknown).compare(*ask) == Unavailable(Absence.NOT_CONFIGURED)
    assert MachineFaceEngine(lambda *_call: Done(match)).compare(*ask) == match


@pytest.mark.parametrize(
    ("outcome", "checked"),
    [
        (Done(FingerCompared(matched=True, score=300, threshold=50)), FingerChecked(same=True)),
        (
            Done(FingerCompared(matched=False, score=0, threshold=50)),
            FingerChecked(same=False, reason="different"),
        ),
        (Done(FingerTrouble.MESSY), FingerChecked(None, "messy")),
        (Done(None), FingerChecked(None, "reader_away")),
        (Overdue(), FingerChecked(None, "reader_away")),
    ],
    ids=["match", "no match", "messy", "cancelled", "hangs"],
)
def test_what_a_finger_proves(outcome: Outcome[Any], checked: FingerChecked) -> None:
    events: list[object] = []
    devices = HeldDevices("fingerprint_reader")
    FingerTask(devices, events.append).start(TEMPLATE)
    devices.end(outcome)
    assert events == [checked]


class PlacedFinger:
    """A reader on which somebody's finger lies."""

    def compare(
        self, template: FingerTemplate, within_s: float, cancel: Any, on_finger: Any
    ) -> FingerCompared:
        del within_s, cancel
        assert template.data == b"template"
        on_finger(FingerGuidance.HOLD)
        return FingerCompared(matched=True, score=300, threshold=50)

    def forget(self) -> None:
        """Nothing stays."""


def test_the_reader_gets_the_template_and_guides_the_person() -> None:
    events: list[object] = []
    devices = HeldDevices("fingerprint_reader")
    FingerTask(devices, events.append).start(TEMPLATE)
    devices.calls[0][0](PlacedFinger(), None)
    assert events == [FingerGuided("hold")]


@pytest.mark.parametrize("template", ["no base64!", TEMPLATE], ids=["broken", "no reader"])
def test_what_cannot_be_compared_says_so(template: str) -> None:
    events: list[object] = []
    FingerTask(HeldDevices(), events.append).start(template)
    assert events == [FingerChecked(None, "reader_away")]


def test_after_a_visit_the_reader_forgets_and_says_nothing_more() -> None:
    events: list[object] = []
    devices = HeldDevices("fingerprint_reader")
    task = FingerTask(devices, events.append)
    task.start(TEMPLATE)
    task.forget()
    devices.end(Done(FingerTrouble.MESSY), nth=0)
    assert events == []
    assert len(devices.calls) == 2
    FingerTask(HeldDevices(), events.append).forget()


def test_a_broken_driver_is_a_reader_that_is_away() -> None:
    from hardware.errors import NotConnectedError

    events: list[object] = []
    devices = HeldDevices("fingerprint_reader")
    FingerTask(devices, events.append).start(TEMPLATE)
    devices.end(Failed(NotConnectedError("fingerprint_reader", "gone")))
    assert events == [FingerChecked(None, "reader_away")]
