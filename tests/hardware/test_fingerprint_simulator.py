"""The simulated module itself: knobs stay as set, and fingers tell people apart."""

from itertools import combinations

import pytest

from hardware.simulators.base import KnobKind
from hardware.simulators.fingerprint_reader import FingerprintReaderSimulator
from hardware.simulators.people import people
from hardware.simulators.people.fingers import enrolled, impression, score


def test_everybody_is_known_again_and_taken_for_nobody_else() -> None:
    for owner in people():
        assert score(enrolled(owner), impression(owner, 1)) > 200
        assert 40 < score(enrolled(owner), impression(owner, 1, 11)) < 300
    for one, other in combinations(people(), 2):
        assert score(enrolled(one), impression(other, 1)) == 0


@pytest.mark.parametrize("foreign", [b"", b"SIMF", bytes(512), b"\xff" * 512])
def test_bytes_of_another_maker_resemble_nobody(foreign: bytes) -> None:
    assert score(enrolled("adult"), foreign) == 0


def test_every_knob_turns_and_stays_as_it_was_set() -> None:
    peer = FingerprintReaderSimulator("fingerprint_reader", {}, paced=False)
    peer.start()
    knobs = {knob.key: knob for knob in peer.knobs()}
    for knob in knobs.values():
        if knob.kind is KnobKind.SWITCH:
            knob.set(True)
            assert knob.get() is True, knob.key
            knob.set(False)
            assert knob.get() is False, knob.key
        elif knob.kind is KnobKind.NUMBER:
            knob.set(7)
            assert knob.get() == 7, knob.key
        else:
            for choice in knob.choices:
                knob.set(choice.value)
                assert knob.get() == choice.value, knob.key
    assert {one.value for one in knobs["finger"].choices} == {"none", *people()}
    assert peer.pictures() == ()
    peer.stop()
