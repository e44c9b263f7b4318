"""From the person before the camera to the verdict: everything in the demo's own drivers."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from hardware.interfaces.camera import FaceCheck, Interaction, LiveFace
from hardware.interfaces.face_matcher import Comparison, Verdict
from hardware.registry import assemble
from hardware.settings import parse
from hardware.simulators.people import people

TABLES = {
    "camera": {
        "kind": "camera",
        "driver": "opencv",
        "simulated": True,
        "width_px": 320,
        "height_px": 240,
    },
    "face_matcher": {"kind": "face_matcher", "driver": "helper", "simulated": True},
}


@pytest.fixture
def demo() -> Iterator[Any]:
    equipment = assemble(parse(TABLES), demo=True)
    for device in equipment.devices.values():
        device.open()
    yield equipment
    for device in equipment.devices.values():
        device.close()
    equipment.stop_simulators()


@pytest.mark.parametrize("who", ["adult", "elder", "rare_name", "foreigner_2023"])
def test_whoever_stands_there_is_known_by_their_own_portrait_only(demo: Any, who: str) -> None:
    scene = demo.simulators["camera"].scene
    scene.person, scene.turning_s = who, 2.0
    check = FaceCheck((Interaction.TURN_LEFT,), 10.0)
    face = demo.devices["camera"].take_face(check, threading.Event(), lambda _: None)
    assert isinstance(face, LiveFace), face
    for key, person in people().items():
        matcher = demo.devices["face_matcher"]
        result = matcher.compare(face.jpeg, person.card.portrait, threading.Event())
        assert isinstance(result, Comparison)
        assert result.verdict is (Verdict.MATCH if key == who else Verdict.NO_MATCH), key
