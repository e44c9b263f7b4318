"""Camera, finger and face have words for every knob and choice, in every language."""

from pathlib import Path

import pytest

from hardware.simulators.base import Simulator
from hardware.simulators.camera import CameraSimulator
from hardware.simulators.face_matcher import FaceMatcherSimulator
from hardware.simulators.fingerprint_reader import FingerprintReaderSimulator
from tests.kit.laws.words import catalogue

ROOT = Path(__file__).resolve().parents[2]
SIMULATORS = [
    CameraSimulator("camera", {}),
    FaceMatcherSimulator("face_matcher", {}),
    FingerprintReaderSimulator("fingerprint_reader", {}),
]


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_Hant"])
@pytest.mark.parametrize("simulator", SIMULATORS, ids=lambda one: one.key)
def test_nothing_on_the_bench_is_without_words(simulator: Simulator, language: str) -> None:
    keys = {f"bench.{simulator.key}.title"}
    for knob in simulator.knobs():
        keys |= {knob.label_key, *(choice.label_key for choice in knob.choices)}
    assert keys <= set(catalogue(ROOT, language))
