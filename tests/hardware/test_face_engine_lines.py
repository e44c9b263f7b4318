"""The lines between the kiosk and a face engine's helper: only a whole, known answer counts."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.face_engine import (
    BadLineError,
    CompareAsked,
    compare,
    engine_line,
    hello,
    read_engine,
    read_question,
    read_result,
)
from hardware.interfaces.face_matcher import Absence, Comparison, Unavailable, Verdict

GOOD: dict[str, Any] = {"engine": "e 1", "verdict": "match", "score": 0.7, "threshold": 0.6}
results = st.one_of(
    st.builds(Unavailable, st.sampled_from(Absence)),
    st.builds(
        Comparison,
        verdict=st.sampled_from(Verdict),
        score=st.floats(-1, 1),
        engine=st.just("e 1"),
        threshold=st.one_of(st.none(), st.floats(-1, 1)),
        model_sha256=st.sampled_from(["", "ab" * 32]),
    ),
)


@given(st.binary(max_size=200), st.binary(max_size=200))
def test_questions_go_there_and_back(live: bytes, reference: bytes) -> None:
    assert read_question(compare(live, reference)) == CompareAsked(live, reference)
    assert read_question(hello()) is None


@given(results)
def test_results_go_there_and_back(result: Comparison | Unavailable) -> None:
    line = engine_line("e 1", result)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert read_result(line) == result
    assert read_engine(line) == "e 1"


@pytest.mark.parametrize(
    "changes",
    [
        {"verdict": "MATCH"},
        {"verdict": None},
        {"verdict": True},
        {"score": "0.7"},
        {"score": True},
        {"score": float("nan")},
        {"score": None},
        {"threshold": "high"},
        {"engine": ""},
        {"engine": 1},
        {"absent": "somehow"},
        {"model_sha256": 5},
    ],
)
def test_an_answer_that_is_a_little_wrong_is_no_answer(changes: dict[str, Any]) -> None:
    read_result(json.dumps(GOOD).encode())
    with pytest.raises(BadLineError):
        read_result(json.dumps(GOOD | changes).encode())


def test_an_absence_beside_a_verdict_is_an_absence() -> None:
    line = json.dumps(GOOD | {"absent": "refused"}).encode()
    assert read_result(line) == Unavailable(Absence.REFUSED)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_calmly(raw: bytes) -> None:
    for read in (read_result, read_question, read_engine):
        with pytest.raises(BadLineError):
            read(raw)


@pytest.mark.parametrize(
    "line", [b'{"ask": "compare", "live": "%", "reference": ""}', b'{"ask": 1}']
)
def test_a_question_that_is_none_is_refused(line: bytes) -> None:
    with pytest.raises(BadLineError):
        read_question(line)
