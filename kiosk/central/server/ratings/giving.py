"""Ratings: taken once, from the machine that was asked, for as long as its request was open.

Time is central's: the moment of the request plus the seconds that the machine counted on a clock
that never jumps. So a rating that waited in an outbox is judged as if it had come at once, and a
machine whose wall clock is wrong loses nothing (its clock is shown to the supervisor instead).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, insert, select, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.ratings import RatingIn, RatingReceipt
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.ratings import counts, endings, follow_ups
from kiosk.central.server.ratings.counts import Span
from kiosk.central.server.ratings.endings import GRACE_S, RequestState
from kiosk.central.server.ratings.rules import RatingPolicy, rating_policy
from kiosk.central.server.ratings.tables import CASE, rating, request
from kiosk.central.server.staff import passwords

_ENDED_BY_ANOTHER = frozenset({RequestState.WITHDRAWN, RequestState.REPLACED})
_KEPT = (
    rating.c.request_id.label("rated_by"),
    rating.c.fingerprint,
    rating.c.received_at,
)
_ASKED = (
    select(request, *_KEPT)
    .outerjoin(rating, and_(*(rating.c[name] == request.c[name] for name in CASE)))
    .where(request.c.request_id == bindparam("which"))
    .with_for_update(of=request)
)
_ADD = insert(rating)
_MARK = (
    update(request)
    .where(request.c.request_id == bindparam("which"))
    .values(state=RequestState.RATED, token=None)
)


@dataclass(frozen=True, slots=True)
class _Weighed:
    """An answer with central's reckoning of its time.

    Args:
        given_at: when it was given.
        quick: given sooner than anybody reads.
        clock_off: the machine's wall clock was wrong.
    """

    given_at: datetime
    quick: bool
    clock_off: bool


def give(connection: Connection, office: Office, sent: RatingIn) -> Done:
    """Take a rating; the same one again gets the same receipt.

    Raises:
        RefusalError: no such request, not this machine's, closed, answered otherwise already, or
            not an answer that the list offers.
    """
    asked = _asked(connection, sent.request_id)
    if asked is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_RATING_REQUEST)
    token_fits = passwords.same(asked.token_hash, passwords.digest(sent.token))
    if asked.machine_id != sent.machine_id or not token_fits:
        raise RefusalError(403, ErrorCode.NOT_THIS_TERMINAL)
    if asked.rated_by is not None:
        return _again(office, asked, sent)
    policy = rating_policy(asked.day)
    if not policy.fits(sent.level, sent.reasons, sent.call_back_phone):
        raise RefusalError(422, ErrorCode.RATING_UNFIT)
    _require_in_time(office, policy, asked, sent)
    now = office.clock.now()
    weighed = _weigh(policy, asked, sent, now)
    _add(connection, asked, sent, weighed, now)
    if asked.state in _ENDED_BY_ANOTHER:
        # It was given before the case was taken up again: no other question is owed an answer.
        case = {name: getattr(asked, name) for name in CASE}
        endings.withdraw(connection, office, case)
        endings.replace(connection, case)
    _count(connection, policy, asked, sent, weighed)
    if sent.level.is_bad:
        follow_ups.begin(connection, office, asked, sent.call_back_phone)
    return Done(_receipt(sent, now))


def fingerprint(sent: RatingIn) -> bytes:
    """Hash of what was answered, to know the same answer again; the token salts the phone."""
    said = [sent.token, sent.level, sorted(sent.reasons), sent.call_back_phone]
    return hashlib.sha256(json.dumps(said).encode()).digest()


def _asked(connection: Connection, request_id: str) -> Row[Any] | None:
    """A request, locked against changes, and the rating of its case where there is one."""
    row = connection.execute(_ASKED, {"which": request_id}).one_or_none()
    if row is not None and row.state == RequestState.RATED and row.rated_by is None:
        # Somebody delivered it while this waited for the lock; what was joined is from before.
        row = connection.execute(_ASKED, {"which": request_id}).one()
    return row


def _again(office: Office, kept: Row[Any], sent: RatingIn) -> Done:
    if kept.rated_by != sent.request_id or kept.fingerprint != fingerprint(sent):
        raise RefusalError(409, ErrorCode.ALREADY_RATED)
    return Done(_receipt(sent, office.local(kept.received_at)), 200)


def _require_in_time(office: Office, policy: RatingPolicy, asked: Row[Any], sent: RatingIn) -> None:
    age = office.clock.now() - asked.asked_at
    too_old = age > timedelta(days=policy.rules.late_days)
    open_s = (asked.closes_at - asked.asked_at).total_seconds()
    too_slow = sent.given_after_s > open_s + GRACE_S
    if too_old or too_slow:
        raise RefusalError(409, ErrorCode.RATING_CLOSED)


def _weigh(policy: RatingPolicy, asked: Row[Any], sent: RatingIn, now: datetime) -> _Weighed:
    given_at = min(asked.asked_at + timedelta(seconds=sent.given_after_s), now)
    off = abs(sent.given_at - given_at) > timedelta(seconds=policy.signals.clock_s)
    return _Weighed(given_at, sent.given_after_s < policy.signals.quick_s, off)


def _add(
    connection: Connection, asked: Row[Any], sent: RatingIn, weighed: _Weighed, now: datetime
) -> None:
    same = ("hall_id", "day", "window_name", "machine_id", "clerk_id")
    case = ("case_kind", "case_id", "service_id")
    row = {name: getattr(asked, name) for name in ("request_id", *same, *case)}
    row |= {
        "level": sent.level,
        "reasons": list(sent.reasons),
        "options_version": sent.options_version,
        "language": sent.language[:20],
        "given_at": weighed.given_at,
        "after_ms": round(sent.given_after_s * 1000),
        "claimed_at": sent.given_at,
        "received_at": now,
        "fingerprint": fingerprint(sent),
    }
    connection.execute(_ADD, row)
    connection.execute(_MARK, {"which": asked.request_id})


def _count(
    connection: Connection,
    policy: RatingPolicy,
    asked: Row[Any],
    sent: RatingIn,
    weighed: _Weighed,
) -> None:
    spot = counts.spot_of(asked)
    lately = timedelta(seconds=policy.signals.burst_s)
    span = Span(weighed.given_at - lately, weighed.given_at, policy.signals.burst_count)
    counted = {
        f"stars_{sent.level.stars}": 1,
        "silent": -1 if asked.state == RequestState.SILENT else 0,
        "asked": int(asked.state in _ENDED_BY_ANOTHER),
        "quick": int(weighed.quick),
        "clock_off": int(weighed.clock_off),
    }
    counts.add_rating(connection, spot, span, **counted)
    counts.add_reasons(connection, spot, sent.reasons)


def _receipt(sent: RatingIn, received_at: datetime) -> RatingReceipt:
    return RatingReceipt(
        request_id=sent.request_id, received_at=received_at, followed_up=sent.level.is_bad
    )
