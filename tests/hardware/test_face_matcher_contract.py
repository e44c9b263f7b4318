"""What every face matcher promises: a comparison, or that nobody compared; never a pass by default.

Two matchers keep one contract: a helper program over an ideal, a slow and a stumbling line, and two
model files (tiny ones, written by the test).
"""

import hashlib
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from hardware.drivers.face_engine.face_matcher import HelperFaceMatcher
from hardware.drivers.opencv.onnx_face_matcher import OnnxFaceMatcher
from hardware.errors import (
    NoAnswerError,
    NotConnectedError,
    ProtocolError,
    RefusedError,
    SettingsError,
)
from hardware.interfaces.face_matcher import (
    Absence,
    Comparison,
    FaceMatcherDevice,
    Unavailable,
    Verdict,
)
from hardware.registry import assemble
from hardware.settings import DeviceSettings, OptionValue
from hardware.simulators.face_matcher import FaceMatcherSimulator
from hardware.simulators.people import people
from hardware.status import DeviceState
from tests.kit import tiny_onnx

NEVER = threading.Event()


def bright(around: tuple[int, int, int], spots: int = 1) -> bytes:
    """A picture in which the tiny detector finds so many faces."""
    picture = np.full((320, 320, 3), around, np.uint8)
    for spot in range(spots):
        picture[128:160, 32 + 128 * spot : 64 + 128 * spot] = 255
    good, png = cv2.imencode(".png", picture)
    assert good
    return bytes(png)


@dataclass
class Bed:
    """A matcher, and pictures of two people as it understands them."""

    matcher: FaceMatcherDevice
    one: bytes
    same: bytes
    other: bytes


def models(folder: Path) -> dict[str, OptionValue]:
    options: dict[str, OptionValue] = {"match_from": 0.97, "unsure_from": 0.9}
    for name, content in (
        ("detector", tiny_onnx.detector()),
        ("recogniser", tiny_onnx.recogniser()),
    ):
        path = folder / f"{name}.onnx"
        path.write_bytes(content)
        options[f"{name}_model"] = str(path)
        options[f"{name}_sha256"] = hashlib.sha256(content).hexdigest()
    return options


@pytest.fixture
def peer() -> Iterator[FaceMatcherSimulator]:
    one = FaceMatcherSimulator("face_matcher", {})
    yield one
    one.stop()


@pytest.fixture(params=["helper", "helper, slow", "helper, in pieces", "onnx"])
def bed(
    request: pytest.FixtureRequest, peer: FaceMatcherSimulator, tmp_path: Path
) -> Iterator[Bed]:
    if request.param == "onnx":
        matcher: FaceMatcherDevice = OnnxFaceMatcher("face_matcher", models(tmp_path))
        pictures = bright((120, 0, 0)), bright((110, 5, 5)), bright((0, 0, 120))
    else:
        peer.delay_s = 0.05 if "slow" in request.param else 0.0
        peer.in_pieces = "pieces" in request.param
        matcher = HelperFaceMatcher("face_matcher", {**peer.start(), "answer_timeout_s": 3.0})
        portraits = {key: person.card.portrait for key, person in people().items()}
        pictures = portraits["adult"], portraits["adult"], portraits["elder"]
    matcher.open()
    yield Bed(matcher, *pictures)
    matcher.close()


def test_it_says_how_it_is(bed: Bed) -> None:
    assert bed.matcher.status().state is DeviceState.ONLINE
    assert bed.matcher.identity().model
    bed.matcher.reset()


def test_one_person_twice_is_a_match_with_everything_a_record_needs(bed: Bed) -> None:
    result = bed.matcher.compare(bed.one, bed.same, NEVER)
    assert isinstance(result, Comparison)
    assert result.verdict is Verdict.MATCH
    assert result.engine
    assert result.threshold is not None
    assert result.score >= result.threshold


def test_two_people_are_no_match(bed: Bed) -> None:
    result = bed.matcher.compare(bed.one, bed.other, NEVER)
    assert isinstance(result, Comparison)
    assert result.verdict is Verdict.NO_MATCH


@pytest.mark.parametrize("nothing", [b"", b"no picture", bright((0, 0, 0), spots=0)])
def test_without_a_face_nobody_compared(bed: Bed, nothing: bytes) -> None:
    for live, reference in ((nothing, bed.one), (bed.one, nothing)):
        assert isinstance(bed.matcher.compare(live, reference, NEVER), Unavailable)


def test_a_withdrawn_comparison_says_nothing(bed: Bed) -> None:
    withdrawn = threading.Event()
    withdrawn.set()
    assert bed.matcher.compare(bed.one, bed.same, withdrawn) is None


def helper(peer: FaceMatcherSimulator, answer_s: float = 3.0) -> HelperFaceMatcher:
    return HelperFaceMatcher("face_matcher", {**peer.start(), "answer_timeout_s": answer_s})


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [("match", Verdict.MATCH), ("unsure", Verdict.UNSURE), ("no_match", Verdict.NO_MATCH)],
)
def test_a_helpers_verdict_is_passed_on(
    peer: FaceMatcherSimulator, answers: str, verdict: Verdict
) -> None:
    peer.answers = answers
    result = helper(peer).compare(b"", b"", NEVER)
    assert isinstance(result, Comparison)
    assert result.verdict is verdict


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        ("refused", Absence.REFUSED),
        ("garbage", Absence.NO_ANSWER),
        ("silence", Absence.NO_ANSWER),
        ("gone", Absence.NO_ANSWER),
    ],
)
def test_trouble_with_a_helper_is_a_value_and_never_a_match(
    peer: FaceMatcherSimulator, answers: str, why: Absence
) -> None:
    matcher = helper(peer, 0.2 if answers == "silence" else 3.0)
    peer.answers = answers
    if answers == "gone":
        peer.unplug()
    assert matcher.compare(b"a", b"b", NEVER) == Unavailable(why)


@pytest.mark.parametrize(
    ("answers", "error", "state"),
    [
        ("silence", NoAnswerError, DeviceState.OFFLINE),
        ("garbage", ProtocolError, DeviceState.HARDWARE_ERROR),
        ("gone", NotConnectedError, DeviceState.NO_DEVICE),
    ],
)
def test_a_helper_that_does_not_answer_shows_in_its_status(
    peer: FaceMatcherSimulator, answers: str, error: type[Exception], state: DeviceState
) -> None:
    matcher = helper(peer, 0.2 if answers == "silence" else 3.0)
    peer.answers = answers
    if answers == "gone":
        peer.unplug()
    with pytest.raises(error):
        matcher.open()
    assert matcher.status().state is state
    peer.answers = "match"
    peer.plug() if answers == "gone" else None
    if answers != "silence":
        matcher.reset()
        assert matcher.status().state is DeviceState.ONLINE


@pytest.mark.parametrize("host", ["192.0.2.1", "central.example", "0.0.0.0"])
def test_faces_do_not_leave_the_machine_unencrypted(host: str) -> None:
    with pytest.raises(SettingsError, match="loopback"):
        HelperFaceMatcher("face_matcher", {"host": host, "tcp_port": 9000})


@pytest.mark.parametrize("score", [0.85, 0.5])
def test_between_two_thresholds_an_officer_decides(tmp_path: Path, score: float) -> None:
    options: Mapping[str, OptionValue] = {
        **models(tmp_path),
        "match_from": 1.0,
        "unsure_from": score,
    }
    matcher = OnnxFaceMatcher("face_matcher", options)
    matcher.open()
    result = matcher.compare(bright((120, 0, 0)), bright((90, 20, 20)), NEVER)
    assert isinstance(result, Comparison)
    assert score < result.score < 1.0
    assert result.verdict is Verdict.UNSURE


@pytest.mark.parametrize("spots", [0, 2])
def test_a_reference_without_exactly_one_face_is_not_compared(tmp_path: Path, spots: int) -> None:
    matcher = OnnxFaceMatcher("face_matcher", models(tmp_path))
    matcher.open()
    result = matcher.compare(bright((90, 0, 0)), bright((90, 0, 0), spots), NEVER)
    assert result == Unavailable(Absence.NO_FACE_IN_REFERENCE)


def test_pictures_as_chips_hold_them_are_read(tmp_path: Path) -> None:
    matcher = OnnxFaceMatcher("face_matcher", models(tmp_path))
    matcher.open()
    picture = cv2.imdecode(np.frombuffer(bright((90, 0, 0)), np.uint8), cv2.IMREAD_COLOR)
    for kind in (".jpg", ".jp2"):
        good, encoded = cv2.imencode(kind, picture)
        assert good
        result = matcher.compare(bright((90, 0, 0)), bytes(encoded), NEVER)
        assert isinstance(result, Comparison), kind
        assert result.verdict is Verdict.MATCH


def test_a_model_that_was_not_approved_is_not_loaded(tmp_path: Path) -> None:
    options = models(tmp_path)
    matcher = OnnxFaceMatcher("face_matcher", options)
    path = Path(str(options["recogniser_model"]))
    path.write_bytes(path.read_bytes() + b"\0")
    with pytest.raises(RefusedError):
        matcher.open()
    assert matcher.status().state is DeviceState.NO_DEVICE
    assert matcher.compare(b"", b"", NEVER) == Unavailable(Absence.NOT_CONFIGURED)
    path.unlink()
    with pytest.raises(NotConnectedError):
        matcher.open()


def test_an_approved_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    options = models(tmp_path)
    Path(str(options["detector_model"])).write_bytes(b"no model")
    options["detector_sha256"] = hashlib.sha256(b"no model").hexdigest()
    matcher = OnnxFaceMatcher("face_matcher", options)
    with pytest.raises(RefusedError):
        matcher.open()
    assert matcher.status().state is DeviceState.NO_DEVICE


@pytest.mark.parametrize("key", ["match_from", "unsure_from", "detector_sha256"])
def test_what_decides_about_people_has_no_default(tmp_path: Path, key: str) -> None:
    options = models(tmp_path)
    del options[key]
    with pytest.raises(SettingsError, match=key):
        OnnxFaceMatcher("face_matcher", options)


def test_models_cannot_be_simulated() -> None:
    with pytest.raises(SettingsError):
        assemble(
            [DeviceSettings("face_matcher", "face_matcher", "onnx", simulated=True)], demo=True
        )
