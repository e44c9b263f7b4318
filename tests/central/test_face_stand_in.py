"""Central's stand-in for a face service: it knows drawn people, and is never too sure."""

import base64
import threading

import pytest

from hardware.interfaces.camera import FaceCheck, LiveFace
from hardware.registry import assemble
from hardware.settings import parse
from hardware.simulators.people import people
from kiosk.central.contract.permits import FaceQuery, FaceVerdict
from kiosk.central.server.endorsements.faces import NoFaceService, StandInFaceService, answer

CAMERA = {"camera": {"kind": "camera", "driver": "opencv", "simulated": True}}


@pytest.fixture(scope="module")
def live() -> dict[str, bytes]:
    """Pictures that the demo's own camera takes of everybody."""
    equipment = assemble(parse(CAMERA), demo=True)
    camera, scene = equipment.devices["camera"], equipment.simulators["camera"].scene
    camera.open()
    taken: dict[str, bytes] = {}
    for who in people():
        scene.person, scene.movement = who, "still"
        camera.reset()
        face = camera.take_face(FaceCheck(), threading.Event(), lambda _: None)
        assert isinstance(face, LiveFace), who
        taken[who] = face.jpeg
    camera.close()
    equipment.stop_simulators()
    return taken


def test_everybody_is_the_same_as_on_their_own_portrait_only(live: dict[str, bytes]) -> None:
    service = StandInFaceService()
    for who, jpeg in live.items():
        for key, person in people().items():
            verdict = service.compare(jpeg, person.card.portrait).verdict
            assert (verdict is FaceVerdict.SAME) is (who == key), (who, key, verdict)


def query(live: bytes, reference: bytes) -> FaceQuery:
    return FaceQuery(
        machine_id="E1",
        hall_id="hs-1",
        live=base64.b64encode(live).decode(),
        reference=base64.b64encode(reference).decode(),
    )


@pytest.mark.parametrize("broken", [b"", b"no picture", b"\xff\xd8\xff"])
def test_broken_pictures_are_never_the_same(broken: bytes) -> None:
    portrait = people()["adult"].card.portrait
    for asked in (query(broken, portrait), query(portrait, broken), query(broken, broken)):
        assert answer(StandInFaceService(), asked).verdict is FaceVerdict.UNAVAILABLE


def test_a_picture_that_central_is_sent_fits_the_contract(live: dict[str, bytes]) -> None:
    for jpeg in live.values():
        assert answer(StandInFaceService(), query(jpeg, jpeg)).verdict is FaceVerdict.SAME


def test_without_a_service_nobody_passes() -> None:
    portrait = people()["adult"].card.portrait
    assert answer(NoFaceService(), query(portrait, portrait)).verdict is FaceVerdict.UNAVAILABLE
