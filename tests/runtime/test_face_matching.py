"""Who compares a face, in which order, and that nothing but a plain match ever passes."""

import threading

import pytest

from hardware.interfaces.device import Cancel
from hardware.interfaces.face_matcher import (
    Absence,
    Comparison,
    MatchResult,
    Unavailable,
    Verdict,
)
from kiosk.central.answer import Answered, Cause, Outcome, Unreachable
from kiosk.central.contract import permits
from kiosk.runtime.face_matching import (
    MOST_PICTURE_BYTES,
    CentralFaceMatcher,
    FirstToCompare,
    proves,
)

NEVER = threading.Event()
MATCH = Comparison(Verdict.MATCH, 0.9, "engine", 0.8)
NO_MATCH = Comparison(Verdict.NO_MATCH, 0.1, "engine", 0.8)
SILENT = Unavailable(Absence.NO_ANSWER)


class Engine:
    """A matcher that says what it is told to say."""

    def __init__(self, says: MatchResult | None) -> None:
        self.says = says
        self.asked = 0

    def compare(self, live: bytes, reference: bytes, cancel: Cancel) -> MatchResult | None:
        del live, reference, cancel
        self.asked += 1
        return self.says


class Central:
    """A comparison service that gives one outcome."""

    def __init__(self, outcome: Outcome[permits.FaceAnswer]) -> None:
        self.outcome = outcome
        self.queries: list[permits.FaceQuery] = []

    def compare_faces(self, query: permits.FaceQuery) -> Outcome[permits.FaceAnswer]:
        self.queries.append(query)
        return self.outcome


def matcher(central: Central) -> CentralFaceMatcher:
    def query(live: str, reference: str) -> permits.FaceQuery:
        return permits.FaceQuery(
            machine_id="E1",
            hall_id="hs-1",
            live=live,
            reference=reference,
        )

    return CentralFaceMatcher(central, query)


def answered(verdict: permits.FaceVerdict) -> Central:
    return Central(Answered(permits.FaceAnswer(verdict=verdict, score=0.7)))


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (permits.FaceVerdict.SAME, Verdict.MATCH),
        (permits.FaceVerdict.DIFFERENT, Verdict.NO_MATCH),
        (permits.FaceVerdict.UNSURE, Verdict.UNSURE),
    ],
)
def test_centrals_verdict_is_passed_on(said: permits.FaceVerdict, verdict: Verdict) -> None:
    central = answered(said)
    assert matcher(central).compare(b"a", b"b", NEVER) == Comparison(verdict, 0.7, "central")
    assert (central.queries[0].live, central.queries[0].reference) == ("YQ==", "Yg==")


def test_central_without_a_service_or_away_has_not_compared() -> None:
    nobody = matcher(answered(permits.FaceVerdict.UNAVAILABLE))
    assert nobody.compare(b"a", b"b", NEVER) == Unavailable(Absence.REFUSED)
    away = matcher(Central(Unreachable(Cause.TIMEOUT)))
    assert away.compare(b"a", b"b", NEVER) == SILENT


def test_a_picture_too_large_for_the_contract_is_not_sent() -> None:
    central = answered(permits.FaceVerdict.SAME)
    large = bytes(MOST_PICTURE_BYTES + 1)
    assert isinstance(matcher(central).compare(large, b"b", NEVER), Unavailable)
    assert central.queries == []
    assert matcher(central).compare(large[1:], b"b", NEVER) is not None


def test_a_withdrawn_comparison_asks_nobody() -> None:
    cancel = threading.Event()
    cancel.set()
    central = answered(permits.FaceVerdict.SAME)
    assert matcher(central).compare(b"a", b"b", cancel) is None
    assert central.queries == []


def test_with_nothing_configured_nobody_compares() -> None:
    result = FirstToCompare().compare(b"a", b"b", NEVER)
    assert result == Unavailable(Absence.NOT_CONFIGURED)
    assert not proves(result)


def test_the_next_is_asked_only_when_the_one_before_did_not_compare() -> None:
    first, second = Engine(SILENT), Engine(MATCH)
    assert FirstToCompare(first, second).compare(b"a", b"b", NEVER) == MATCH
    refusing, hopeful = Engine(NO_MATCH), Engine(MATCH)
    assert FirstToCompare(refusing, hopeful).compare(b"a", b"b", NEVER) == NO_MATCH
    assert hopeful.asked == 0


def test_when_none_compares_the_last_reason_is_told() -> None:
    refused = Unavailable(Absence.REFUSED)
    assert FirstToCompare(Engine(SILENT), Engine(refused)).compare(b"a", b"b", NEVER) == refused
    assert FirstToCompare(Engine(SILENT), Engine(None)).compare(b"a", b"b", NEVER) is None


@pytest.mark.parametrize(
    ("result", "passes"),
    [
        (MATCH, True),
        (NO_MATCH, False),
        (Comparison(Verdict.UNSURE, 0.99, "engine", 0.8), False),
        (None, False),
        *((Unavailable(why), False) for why in Absence),
    ],
)
def test_only_a_plain_match_passes(result: MatchResult | None, passes: bool) -> None:
    assert proves(result) is passes
