"""What the kiosk and a helper program around a vendor's face library say to each other.

One line of JSON each way over one connection, pictures in base64:

    {"ask": "hello"}
        {"engine": "name 1.2"}
    {"ask": "compare", "live": "…", "reference": "…"}
        {"engine": "name 1.2", "verdict": "match", "score": 0.71, "threshold": 0.6}
     or {"engine": "name 1.2", "absent": "refused"}

Verdicts and reasons for absence are those of `hardware.interfaces.face_matcher`; `model_sha256`
may be added to a comparison. Pure: no input/output.
"""

import base64
import binascii
import json
import math
from dataclasses import dataclass
from typing import Any, TypeVar

from hardware.interfaces.face_matcher import Absence, Comparison, MatchResult, Unavailable, Verdict

E = TypeVar("E", Verdict, Absence)

LONGEST_LINE = 4_000_000


class BadLineError(ValueError):
    """A line that is not what the contract says; the text never quotes it."""


@dataclass(frozen=True, slots=True)
class CompareAsked:
    """A helper is asked to compare."""

    live: bytes
    reference: bytes


def hello() -> bytes:
    """The line that asks who answers."""
    return _line({"ask": "hello"})


def compare(live: bytes, reference: bytes) -> bytes:
    """The line that asks for a comparison."""
    pictures = {"live": live, "reference": reference}
    return _line(
        {"ask": "compare"} | {k: base64.b64encode(v).decode() for k, v in pictures.items()}
    )


def read_question(line: bytes) -> CompareAsked | None:
    """What a helper is asked: a comparison, or None for hello.

    Raises:
        BadLineError: neither.
    """
    said = _said(line)
    match said.get("ask"):
        case "hello":
            return None
        case "compare":
            return CompareAsked(_picture(said, "live"), _picture(said, "reference"))
        case _:
            raise BadLineError("an unknown question")


def engine_line(engine: str, result: MatchResult | None = None) -> bytes:
    """A helper's answer, to hello when there is no result."""
    said: dict[str, Any] = {"engine": engine}
    if isinstance(result, Unavailable):
        said["absent"] = result.why.value
    elif isinstance(result, Comparison):
        said |= {"verdict": result.verdict.value, "score": result.score}
        said |= {"threshold": result.threshold, "model_sha256": result.model_sha256}
    return _line(said)


def read_engine(line: bytes) -> str:
    """Who answered.

    Raises:
        BadLineError: it does not say.
    """
    engine = _said(line).get("engine")
    if not isinstance(engine, str) or not 0 < len(engine) <= 100:
        raise BadLineError("an answer without the engine's name")
    return engine


def read_result(line: bytes) -> MatchResult:
    """The answer to a comparison.

    Raises:
        BadLineError: it is not one; it is never taken for a match.
    """
    engine, said = read_engine(line), _said(line)
    if "absent" in said:
        return Unavailable(_one_of(Absence, said["absent"]))
    model = said.get("model_sha256") or ""
    if not isinstance(model, str):
        raise BadLineError("a model that is no text")
    return Comparison(
        verdict=_one_of(Verdict, said.get("verdict")),
        score=_number(said.get("score")),
        engine=engine,
        threshold=None if said.get("threshold") is None else _number(said["threshold"]),
        model_sha256=model,
    )


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"


def _said(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLineError("not JSON") from None
    if not isinstance(said, dict):
        raise BadLineError("not an object")
    return said


def _picture(said: dict[str, Any], key: str) -> bytes:
    try:
        return base64.b64decode(said[key], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise BadLineError(f"no picture {key}") from None


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadLineError("not a number")
    return float(value)


def _one_of(kind: type[E], value: Any) -> E:
    try:
        return kind(value)
    except ValueError:
        raise BadLineError("an unknown word") from None
