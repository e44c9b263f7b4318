"""What a machine tells central about ratings, in central's words."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pydantic import ValidationError

from kiosk.central.contract.ratings import (
    CaseKind,
    Level,
    OwnRequestIn,
    RatingIn,
    RatingOptions,
    RatingRequest,
)
from kiosk.central.desk_messages import Machine
from kiosk.central.outbox import Message

RATING = "rating"
REQUEST = "rating_request"
_TOKEN_BYTES = 24
_ID_LENGTH = 64


@dataclass(frozen=True, slots=True)
class OwnCase:
    """What a machine has served itself.

    Args:
        kind: application or endorsement.
        case_id: of the application or the order; is asked about once.
        services: it was about.
    """

    kind: CaseKind
    case_id: str
    services: tuple[str, ...] = ()

    @property
    def request_id(self) -> str:
        """Of the one question about it."""
        return f"own-{self.case_id}"[:_ID_LENGTH]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a citizen said.

    Args:
        request_id: of the question.
        level: touched.
        reasons: codes.
        phone: to be called back at, or empty.
        language: that the citizen reads.
    """

    request_id: str
    level: Level
    reasons: tuple[str, ...] = ()
    phone: str = field(default="", repr=False)
    language: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """When a face was touched.

    Args:
        at: by the machine's wall clock, which may be wrong.
        after_s: between asking and the touch, by the clock that never jumps.
    """

    at: datetime
    after_s: float


def own_request(
    machine: Machine, case: OwnCase, now: datetime, options: RatingOptions
) -> RatingRequest | None:
    """The question of a machine that served a citizen itself.

    Args:
        machine: who asks.
        case: that was served.
        now: by the machine's wall clock.
        options: to answer with.

    Returns:
        The question; None when the clock stands outside every plausible year, for central could
        not place it in any day.
    """
    request = RatingRequest(
        request_id=case.request_id,
        token=secrets.token_urlsafe(_TOKEN_BYTES),
        machine_id=machine.machine_id,
        hall_id=machine.hall_id,
        asked_at=now,
        closes_at=now + timedelta(seconds=options.answer_within_s),
        seconds_left=float(options.answer_within_s),
        options_version=options.version,
    )
    try:
        _own(request, case)
    except ValidationError:
        return None
    return request


def request_message(request: RatingRequest, case: OwnCase) -> Message:
    """What tells central of such a question."""
    body = _own(request, case).model_dump_json().encode()
    return Message(request.request_id, REQUEST, "/v1/rating-requests", body)


def rating_message(
    request: RatingRequest, answer: Answer, given: Given, version: str, needs: int | None
) -> Message:
    """An answer, the same in every delivery.

    Args:
        request: that was answered.
        answer: what was said.
        given: when.
        version: of the list it was chosen from.
        needs: the message that tells central of the question, where one may still wait.
    """
    body = RatingIn(
        request_id=request.request_id,
        token=request.token,
        machine_id=request.machine_id,
        level=answer.level,
        reasons=answer.reasons,
        options_version=version,
        given_at=_plausible(request, given),
        given_after_s=given.after_s,
        language=answer.language,
        call_back_phone=answer.phone or None,
    )
    sent = body.model_dump_json().encode()
    return Message(request.request_id, RATING, "/v1/ratings", sent, needs=needs)


def _own(request: RatingRequest, case: OwnCase) -> OwnRequestIn:
    return OwnRequestIn(
        request_id=request.request_id,
        token=request.token,
        machine_id=request.machine_id,
        hall_id=request.hall_id,
        case_kind=case.kind,
        case_id=case.case_id,
        services=case.services,
        asked_at=request.asked_at,
    )


def _plausible(request: RatingRequest, given: Given) -> datetime:
    """By the machine's clock; where that is outside every plausible year, by central's."""
    if _FIRST_YEAR <= given.at.year < _LAST_YEAR:
        return given.at
    return request.asked_at + timedelta(seconds=given.after_s)


_FIRST_YEAR, _LAST_YEAR = 2001, 2099
"""what the contract takes, with a year to spare for time zones"""
