"""Who compares a face: central's service first, then an engine of this machine, else the window.

Central knows most and is asked first. An engine of this machine is asked only when central did not
compare: a central that says "another person" is never overruled by a second opinion.
"""

import base64
from collections.abc import Callable, Mapping
from typing import Protocol

from hardware.interfaces.device import Cancel
from hardware.interfaces.face_matcher import (
    Absence,
    Comparison,
    FaceMatcher,
    MatchResult,
    Unavailable,
    Verdict,
)
from kiosk.central.answer import Answered, Outcome, Refused
from kiosk.central.contract import permits

MOST_PICTURE_BYTES = 75_000
"""What the contract takes, in base64 100,000 characters."""

_VERDICTS: Mapping[permits.FaceVerdict, Verdict] = {
    permits.FaceVerdict.SAME: Verdict.MATCH,
    permits.FaceVerdict.DIFFERENT: Verdict.NO_MATCH,
    permits.FaceVerdict.UNSURE: Verdict.UNSURE,
}


class ComparisonService(Protocol):
    """The part of central's client that compares."""

    def compare_faces(self, query: permits.FaceQuery) -> Outcome[permits.FaceAnswer]:
        """Whether two pictures show one person."""


class CentralFaceMatcher:
    """Implements `FaceMatcher` by central's service.

    Args:
        service: central.
        query: makes the question for the session's permit out of two pictures in base64.
    """

    def __init__(
        self, service: ComparisonService, query: Callable[[str, str], permits.FaceQuery]
    ) -> None:
        self._service = service
        self._query = query

    def compare(self, live: bytes, reference: bytes, cancel: Cancel) -> MatchResult | None:
        """Ask central; see `FaceMatcher.compare`."""
        if cancel.is_set():
            return None
        if max(len(live), len(reference)) > MOST_PICTURE_BYTES:
            return Unavailable(Absence.REFUSED)
        pictures = (base64.b64encode(one).decode() for one in (live, reference))
        outcome = self._service.compare_faces(self._query(*pictures))
        if isinstance(outcome, Answered):
            verdict = _VERDICTS.get(outcome.value.verdict)
            if verdict is None:
                return Unavailable(Absence.REFUSED)
            return Comparison(verdict, outcome.value.score, "central")
        return Unavailable(Absence.REFUSED if isinstance(outcome, Refused) else Absence.NO_ANSWER)


class FirstToCompare:
    """Implements `FaceMatcher` by asking several in turn until one has compared.

    Args:
        matchers: in the order in which they are asked; with none, nobody compares.
    """

    def __init__(self, *matchers: FaceMatcher) -> None:
        self._matchers = matchers

    def compare(self, live: bytes, reference: bytes, cancel: Cancel) -> MatchResult | None:
        """Ask in turn; see `FaceMatcher.compare`."""
        result: MatchResult = Unavailable(Absence.NOT_CONFIGURED)
        for matcher in self._matchers:
            answer = matcher.compare(live, reference, cancel)
            if answer is None or isinstance(answer, Comparison):
                return answer
            result = answer
        return result


def proves(result: MatchResult | None) -> bool:
    """Whether this is the holder; everything but a plain match is not."""
    return isinstance(result, Comparison) and result.verdict is Verdict.MATCH
