"""Questions a machine may put, and answers it keeps until central has them.

An answer is durable and sealed before anybody is thanked; it is delivered by the outbox under one
key, so that it arrives once. A question that was answered is never put again.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from kiosk.central.contract.ratings import RatingOptions, RatingRequest
from kiosk.central.desk_messages import Machine
from kiosk.central.desk_parts import Record
from kiosk.central.outbox import Message, Outbox
from kiosk.central.rating_messages import (
    RATING,
    REQUEST,
    Answer,
    Given,
    OwnCase,
    own_request,
    rating_message,
    request_message,
)
from kiosk.central.rating_options import OptionsKeeper, question
from kiosk.clock import Clock
from kiosk.domain.rating_question import Question
from kiosk.errors import StorageError
from kiosk.storage import Storage

_REMEMBERED = 8
"""questions of the last minutes; older ones are closed everywhere"""


@dataclass(frozen=True, slots=True)
class BookParts:
    """What the book works with.

    Args:
        machine: who asks.
        storage: of the machine.
        outbox: takes requests and answers to central.
        options: what may be answered.
        clock: of the machine; answers are timed by the one that never jumps.
        wake: has the outbox sent soon.
        record: writes audit events in the transaction of the fact.
    """

    machine: Machine
    storage: Storage
    outbox: Outbox
    options: OptionsKeeper
    clock: Clock
    wake: Callable[[], None]
    record: Record


@dataclass(frozen=True, slots=True)
class _Open:
    request: RatingRequest
    options: RatingOptions
    began_s: float
    """when it was asked, on the clock that never jumps"""
    needs: int | None = None
    touched_s: float | None = None


class RatingBook:
    """Of one machine; safe to use from several threads.

    Args:
        parts: what it works with.
    """

    def __init__(self, parts: BookParts) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._open: dict[str, _Open] = {}

    def question(self, request: RatingRequest) -> Question | None:
        """Central asks; None when it was answered already, is over, or nothing can be offered."""
        options = self._parts.options.fetch(request.options_version)
        if options is None or self._is_kept(request.request_id):
            return None
        within_s = (request.closes_at - request.asked_at).total_seconds()
        began_s = self._parts.clock.monotonic_s() - (within_s - request.seconds_left)
        if request.seconds_left <= 0:
            return None
        self._remember(_Open(request, options, began_s))
        return question(request, options, request.seconds_left)

    def own_question(self, case: OwnCase) -> Question | None:
        """The machine itself asks about a case it has served, and tells central so.

        Args:
            case: that was served.

        Returns:
            The question, the same for the same case; None when it was answered or put by an
            earlier run, when no list was ever had, or when this machine's clock makes no sense.

        Raises:
            StorageError: the request could not be kept.
        """
        options = self._parts.options.current()
        opened = self._open.get(case.request_id)
        if options is None or self._is_kept(case.request_id):
            return None
        if opened is None:
            opened = self._ask(case, options)
        if opened is None:
            return None
        passed_s = self._parts.clock.monotonic_s() - opened.began_s
        left_s = opened.options.answer_within_s - passed_s
        return question(opened.request, opened.options, left_s) if left_s > 0 else None

    def touched(self, request_id: str) -> None:
        """A face was touched; only the first touch of a question tells when it was answered."""
        with self._lock:
            opened = self._open.get(request_id)
            if opened is not None and opened.touched_s is None:
                now_s = self._parts.clock.monotonic_s()
                self._open[request_id] = replace(opened, touched_s=now_s)

    def keep(self, answer: Answer) -> bool:
        """Write an answer down; durable when this returns True.

        Args:
            answer: of the citizen.

        Returns:
            Whether the answer to this question is kept, now or already; False when the machine's
            records take no writes, or when the question is unknown.
        """
        with self._lock:
            opened = self._open.get(answer.request_id)
            try:
                if self._is_kept(answer.request_id):
                    return True
                if opened is None:
                    return False
                self._write(self._message(opened, answer), answer.request_id)
            except StorageError:
                return False
        self._parts.wake()
        return True

    def _write(self, message: Message, request_id: str) -> None:
        parts = self._parts
        with parts.storage.transaction() as db:
            parts.outbox.add(db, message, parts.clock.today())
            parts.record(db, "rating_kept", {"request": request_id})

    def _message(self, opened: _Open, answer: Answer) -> Message:
        now_s = self._parts.clock.monotonic_s()
        touched_s = now_s if opened.touched_s is None else opened.touched_s
        given_at = self._parts.clock.now() - timedelta(seconds=now_s - touched_s)
        given = Given(given_at, max(0.0, touched_s - opened.began_s))
        return rating_message(opened.request, answer, given, opened.options.version, opened.needs)

    def _ask(self, asked: OwnCase, options: RatingOptions) -> _Open | None:
        parts = self._parts
        request = own_request(parts.machine, asked, parts.clock.now(), options)
        if request is None or parts.outbox.state_of(request.request_id, REQUEST) is not None:
            return None
        message = request_message(request, asked)
        with parts.storage.transaction() as db:
            needs = parts.outbox.add(db, message, parts.clock.today())
        parts.wake()
        opened = _Open(request, options, parts.clock.monotonic_s(), needs)
        self._remember(opened)
        return opened

    def _remember(self, opened: _Open) -> None:
        with self._lock:
            known = self._open.pop(opened.request.request_id, None)
            if known is not None:
                opened = replace(opened, touched_s=known.touched_s)
            self._open[opened.request.request_id] = opened
            while len(self._open) > _REMEMBERED:
                del self._open[next(iter(self._open))]

    def _is_kept(self, request_id: str) -> bool:
        return self._parts.outbox.state_of(request_id, RATING) is not None
