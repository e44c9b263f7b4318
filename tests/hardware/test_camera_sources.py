"""Cameras that are recordings, mounted on their side, or not there at all."""

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.drivers.opencv.camera import OpenCvCamera
from hardware.errors import NotConnectedError, SettingsError
from hardware.interfaces.camera import FaceCheck, FaceTrouble, NoFace
from hardware.status import DeviceState

NEVER = threading.Event()


def recording(folder: Path) -> str:
    """Six frames of noise, the upper half darker than the lower."""
    path = folder / "recording.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 50.0, (64, 48))
    noise = np.random.default_rng(1)
    for _ in range(6):
        frame = noise.integers(0, 60, (48, 64, 3), np.uint8)
        frame[24:] += 150
        writer.write(frame)
    writer.release()
    return str(path)


def test_a_recording_begins_again_when_it_ends(tmp_path: Path) -> None:
    camera = OpenCvCamera("camera", {"source": recording(tmp_path), "frozen_after_s": 2.0})
    camera.open()
    seen: list[int] = []
    check = FaceCheck(within_s=0.5)
    result = camera.take_face(check, NEVER, lambda view: seen.append(view.frame.number))
    assert isinstance(result, NoFace)
    assert result.trouble is FaceTrouble.NOBODY
    assert seen[-1] > 6
    assert camera.status().state is DeviceState.ONLINE
    camera.close()
    assert camera.status().state is DeviceState.NO_DEVICE


@pytest.mark.parametrize(
    ("turned_by_deg", "size", "dark"),
    [
        (0, (64, 48), np.s_[:20, :]),
        (90, (48, 64), np.s_[:, :20]),
        (180, (64, 48), np.s_[28:, :]),
        (270, (48, 64), np.s_[:, 28:]),
    ],
)
def test_a_camera_mounted_on_its_side_gives_upright_frames(
    tmp_path: Path, turned_by_deg: int, size: tuple[int, int], dark: tuple[slice, slice]
) -> None:
    options = {"source": recording(tmp_path), "turned_by_deg": turned_by_deg}
    camera = OpenCvCamera("camera", options)
    camera.open()
    frame = camera.frame(NEVER)
    camera.close()
    assert frame is not None
    assert (frame.width_px, frame.height_px) == size
    picture = np.frombuffer(frame.bgr, np.uint8).reshape(frame.height_px, frame.width_px, 3)
    assert picture[dark].mean() < 60
    assert picture.mean() > 100


@pytest.mark.parametrize("source", ["/nowhere/recording.avi", "http://127.0.0.1:9/camera.mjpg"])
def test_a_camera_that_is_not_there_says_so_quietly(
    source: str, capfd: pytest.CaptureFixture[str]
) -> None:
    camera = OpenCvCamera("camera", {"source": source})
    with pytest.raises(NotConnectedError):
        camera.open()
    assert camera.status().state is DeviceState.NO_DEVICE
    with pytest.raises(NotConnectedError):
        camera.frame(NEVER)
    # A URL may hold a password.
    assert source not in capfd.readouterr().err


def test_every_wrong_option_is_named() -> None:
    options = {"turned_by_deg": 45, "frozen_after_s": 0, "least_sharpness": "much", "sauce": "0"}
    with pytest.raises(SettingsError) as caught:
        OpenCvCamera("camera", options)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {f"devices.camera.{key}" for key in ("source", *options)}
