"""The simulated camera itself: knobs stay as set, and its pictures are what they claim to be."""

import urllib.error
import urllib.request

import numpy as np
import pytest

from hardware.simulators.camera import CameraSimulator
from hardware.simulators.camera_scene import Painter, Scene


def test_its_stream_is_jpeg_pictures_and_nothing_else_is_served() -> None:
    peer = CameraSimulator("camera", {"width_px": 64, "height_px": 48})
    source = str(peer.start()["source"])
    with urllib.request.urlopen(source, timeout=5) as answer:
        assert answer.headers["Content-Type"] == "multipart/x-mixed-replace; boundary=frame"
        head = answer.read(200)
    assert head.startswith(b"--frame\r\nContent-Type: image/jpeg\r\n")
    assert b"\r\n\r\n\xff\xd8" in head
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(source.replace("camera.mjpg", "other"), timeout=5)
    caught.value.close()
    peer.stop()


def test_two_frames_of_a_still_person_differ_by_noise_only() -> None:
    painter, scene = Painter(160, 120), Scene("adult", movement="still")
    one, other = painter.paint(scene, 0.0, 1), painter.paint(scene, 1.0, 2)
    apart = np.abs(one.astype(int) - other.astype(int))
    assert 0 < apart.mean() < 6
    assert np.array_equal(painter.paint(scene, 0.0, 1), one)
