"""What every camera promises, over an ideal, a slow and a stumbling stream.

The camera under test is the driver; what it looks at is the simulator at the wire, or, with the
marker `hardware`, whatever KIOSK_CAMERA_SOURCE names.
"""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import cv2
import numpy as np
import pytest

from hardware.drivers.opencv.camera import OpenCvCamera
from hardware.errors import DeviceError, NoAnswerError, NotConnectedError
from hardware.interfaces.camera import (
    Basis,
    FaceCheck,
    FaceTrouble,
    Frame,
    Guidance,
    Interaction,
    LiveFace,
    NoFace,
    View,
)
from hardware.simulators.camera import CameraSimulator
from hardware.status import DeviceState
from tests.kit.patience import PATIENCE_S, until

SMALL = {"width_px": 320, "height_px": 240}
QUICK = {"first_frame_timeout_s": 2.0, "frozen_after_s": 1.0}
TURNS = (Interaction.TURN_LEFT, Interaction.TURN_RIGHT)


@dataclass
class Bed:
    """A camera and what stands before it."""

    camera: OpenCvCamera
    peer: CameraSimulator
    views: list[View] = field(default_factory=list)
    cancel: threading.Event = field(default_factory=threading.Event)

    def take(self, *interactions: Interaction, within_s: float = 8.0) -> LiveFace | NoFace | None:
        check = FaceCheck(interactions, within_s)
        return self.camera.take_face(check, self.cancel, self.views.append)

    @property
    def told(self) -> set[Guidance]:
        return {view.guidance for view in self.views}


@pytest.fixture(params=["ideal", "slow", "stumbling"])
def bed(request: pytest.FixtureRequest) -> Iterator[Bed]:
    peer = CameraSimulator("camera", SMALL, frames_per_s=10 if request.param == "slow" else 30)
    peer.scene.turning_s = 2.0
    peer.stumbles = request.param == "stumbling"
    camera = OpenCvCamera("camera", {**SMALL, **QUICK, **peer.start()})
    camera.open()
    yield Bed(camera, peer)
    camera.close()
    peer.stop()


def picture_of(frame: Frame) -> np.ndarray:
    return np.frombuffer(frame.bgr, np.uint8).reshape(frame.height_px, frame.width_px, 3)


def test_it_says_who_and_how_it_is(bed: Bed) -> None:
    assert bed.camera.identity().model == "camera 320x240"
    assert bed.camera.status().state is DeviceState.ONLINE
    assert bed.camera.interactions() == set(TURNS)
    bed.camera.reset()
    assert bed.camera.status().state is DeviceState.ONLINE


def test_the_newest_frame_wins(bed: Bed) -> None:
    first = bed.camera.frame(bed.cancel)
    assert first is not None
    numbers: list[int] = []

    def newer() -> bool:
        frame = bed.camera.frame(bed.cancel)
        assert frame is not None
        numbers.append(frame.number)
        return frame.number >= first.number + 3

    until(newer)
    assert numbers == sorted(numbers)


def test_a_person_who_looks_ahead_is_taken(bed: Bed) -> None:
    bed.peer.scene.person, bed.peer.scene.movement = "adult", "still"
    face = bed.take()
    assert isinstance(face, LiveFace)
    assert face.basis is Basis.NOT_ASKED
    assert face.interactions == ()
    assert bed.views[-1].guidance is Guidance.DONE
    assert bed.views[-1].face is not None
    jpeg = cv2.imdecode(np.frombuffer(face.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert jpeg.shape[0] > face.quality.face_px
    assert abs(face.quality.turn) < 0.13


@pytest.mark.parametrize("asked", TURNS)
def test_a_person_who_turns_the_head_as_asked_is_taken(bed: Bed, asked: Interaction) -> None:
    bed.peer.scene.person = "elder"
    face = bed.take(asked)
    assert isinstance(face, LiveFace), face
    assert face.interactions == (asked,)
    assert face.basis is Basis.DETECTOR
    assert Guidance(asked.value) in bed.told


def test_a_person_who_sits_still_did_not_turn(bed: Bed) -> None:
    bed.peer.scene.person, bed.peer.scene.movement = "adult", "still"
    result = bed.take(Interaction.TURN_LEFT, within_s=0.6)
    assert result == NoFace(FaceTrouble.NO_INTERACTION, Guidance.TURN_LEFT)


def test_a_print_turned_to_and_fro_is_no_turned_head(bed: Bed) -> None:
    bed.peer.scene.person, bed.peer.scene.photo = "adult", True
    result = bed.take(Interaction.TURN_LEFT, within_s=1.2)
    assert isinstance(result, NoFace)
    assert result.trouble is FaceTrouble.NO_INTERACTION


@pytest.mark.parametrize(
    ("scene", "trouble", "guidance"),
    [
        ({}, FaceTrouble.NOBODY, Guidance.STAND_HERE),
        ({"person": "adult", "second": "elder"}, FaceTrouble.NOT_ALONE, Guidance.ONE_AT_A_TIME),
        ({"person": "adult", "light": "dark"}, FaceTrouble.POOR_PICTURE, Guidance.MORE_LIGHT),
    ],
    ids=lambda value: getattr(value, "value", None),
)
def test_what_is_wrong_is_said(
    bed: Bed, scene: dict[str, object], trouble: FaceTrouble, guidance: Guidance
) -> None:
    bed.peer.scene.movement = "still"
    for key, value in scene.items():
        setattr(bed.peer.scene, key, value)
    bed.camera.reset()
    result = bed.take(within_s=0.4)
    assert result == NoFace(trouble, guidance)


def test_a_withdrawn_check_ends_without_a_picture(bed: Bed) -> None:
    got: list[object] = []
    thread = threading.Thread(target=lambda: got.append(bed.take()))
    thread.start()
    until(lambda: bed.views)
    bed.cancel.set()
    thread.join(PATIENCE_S)
    assert got == [None]
    assert bed.camera.frame(bed.cancel) is None


def test_no_frame_stays_when_nobody_looks(bed: Bed) -> None:
    bed.peer.scene.person, bed.peer.scene.movement = "adult", "still"
    assert isinstance(bed.take(), LiveFace)
    assert bed.camera.frame(bed.cancel) is not None
    assert bed.camera._source is not None
    assert bed.camera._source._newest is None


def frozen(peer: CameraSimulator) -> None:
    peer.frozen = True


def stuck(peer: CameraSimulator) -> None:
    peer.stuck = True


@pytest.mark.parametrize("freeze", [frozen, stuck])
def test_a_frozen_camera_is_noticed(bed: Bed, freeze: Callable[[CameraSimulator], None]) -> None:
    freeze(bed.peer)
    with pytest.raises(NoAnswerError):
        bed.take()
    assert bed.camera.status().state is DeviceState.OFFLINE
    bed.peer.frozen = bed.peer.stuck = False
    bed.camera.reset()
    assert bed.camera.status().state is DeviceState.ONLINE


def test_a_camera_that_goes_away_comes_back(bed: Bed) -> None:
    bed.peer.unplug()
    with pytest.raises(DeviceError):
        bed.take()
    until(lambda: bed.camera.status().state is DeviceState.NO_DEVICE)
    with pytest.raises(NotConnectedError):
        bed.camera.open()
    assert bed.camera.status().state is DeviceState.NO_DEVICE
    bed.peer.plug()
    bed.camera.open()
    assert bed.camera.status().state is DeviceState.ONLINE
    assert bed.camera.frame(bed.cancel) is not None


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_CAMERA_SOURCE" not in os.environ, reason="no KIOSK_CAMERA_SOURCE")
def test_a_real_camera_sees_the_person_before_it() -> None:
    camera = OpenCvCamera("camera", {"source": os.environ["KIOSK_CAMERA_SOURCE"]})
    camera.open()
    check = FaceCheck((Interaction.TURN_LEFT,), 30.0)
    assert isinstance(camera.take_face(check, threading.Event(), lambda _: None), LiveFace)
    camera.close()
