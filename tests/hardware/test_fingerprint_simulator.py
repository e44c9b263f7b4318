"""The simulated module itself: knobs stay as set, and fingers tell people apart."""

from itertools import combinations

import pytest

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
