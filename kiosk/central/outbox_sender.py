"""Delivers what waits for central: in order within a subject, subjects apart from each other."""

import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from kiosk.central.answer import Answered, Cause, Outcome, Refused, Unreachable
from kiosk.central.link import LinkState
from kiosk.central.outbox import DeadMessage, Head, Outbox
from kiosk.clock import Clock
from kiosk.errors import StorageError

_AWAY = frozenset({Cause.CONNECT, Cause.TIMEOUT})
"""Nobody answers at all: other messages would fare no better now."""


class Post(Protocol):
    """Delivers one kept message to central; `CentralClient.post`."""

    def __call__(self, path: str, body: bytes, key: str, tries: int) -> Outcome[bytes]:
        """Deliver byte for byte, at most `tries` times."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to try (reliability facts 2.4).

    Args:
        base_s: upper limit of the pause after the first try; doubles with each try.
        cap_s: upper limit of any pause.
        tries_while_waited_for: deliveries in one call while a citizen waits.
        draw: a random number between two; full jitter keeps machines from returning all at once.
    """

    base_s: float = 0.5
    cap_s: float = 300.0
    tries_while_waited_for: int = 3
    draw: Callable[[float, float], float] = random.SystemRandom().uniform


class OutboxSender:
    """Sends messages; used by the courier in the background and by the desk for one visit.

    Args:
        outbox: the messages.
        post: delivers one.
        link: told how each call ended; its news that central is back makes everything due.
        clock: for pauses.
        on_dead: told once of every message that central will never take.
        pace: how often to try.
    """

    def __init__(
        self,
        outbox: Outbox,
        post: Post,
        link: LinkState,
        clock: Clock,
        on_dead: Callable[[DeadMessage], None],
        pace: Pace = Pace(),
    ) -> None:
        self._outbox = outbox
        self._post = post
        self._link = link
        self._clock = clock
        self._on_dead = on_dead
        self._pace = pace
        self._turn = threading.Condition()
        self._busy: set[str] = set()
        self._due_s: dict[str, float] = {}
        self._held: set[str] = set()
        link.listen(self._link_changed)

    def send_due(self) -> float | None:
        """Send whatever is due now.

        Returns:
            Seconds until the next message is due, None when nothing waits.
        """
        for head in self._outbox.heads():
            if self._left_s(head.subject) > 0:
                continue
            with self._claimed(head.subject, 0.0) as mine:
                missed = self._send_all(head.subject, 1) if mine else None
            if missed and missed.cause in _AWAY:
                self._hold_others(self._left_s(head.subject))
                break
        left = [self._left_s(head.subject) for head in self._outbox.heads()]
        return max(0.05, min(left)) if left else None

    def flush_subject(self, subject: str, deadline_s: float) -> bool:
        """Send everything of one visit now, on the caller's thread, due or not.

        Args:
            subject: the visit.
            deadline_s: longest wait for a delivery that is already under way.

        Returns:
            Whether nothing of it waits any more.
        """
        with self._claimed(subject, deadline_s) as mine:
            return mine and self._send_all(subject, self._pace.tries_while_waited_for) is None

    @contextmanager
    def _claimed(self, subject: str, wait_s: float) -> Iterator[bool]:
        """One thread at a time per subject, else central would see two deliveries at once."""
        with self._turn:
            mine = self._turn.wait_for(lambda: subject not in self._busy, wait_s)
            if mine:
                self._busy.add(subject)
        try:
            yield mine
        finally:
            if mine:
                with self._turn:
                    self._busy.discard(subject)
                    self._turn.notify_all()

    def _send_all(self, subject: str, tries: int) -> Unreachable | None:
        """Send a subject's messages in order, up to the first that does not get through."""
        while head := self._outbox.head(subject):
            outcome = self._send(head, tries)
            if isinstance(outcome, Unreachable):
                return outcome
        with self._turn:
            self._due_s.pop(subject, None)
            self._held.discard(subject)
        return None

    def _send(self, head: Head, tries: int) -> Outcome[bytes]:
        try:
            message = self._outbox.load(head)
        except StorageError:
            self._bury(head, "unreadable")
            return Answered(b"")
        outcome = self._post(message.path, message.body, message.key, tries)
        self._link.saw(outcome)
        if isinstance(outcome, Answered):
            self._outbox.sent(head.message_id)
        elif isinstance(outcome, Refused):
            self._bury(head, f"{outcome.status} {outcome.problem.code}")
        else:
            self._outbox.try_again(head.message_id)
            self._put_off(head, outcome)
        return outcome

    def _bury(self, head: Head, reason: str) -> None:
        dead = self._outbox.refused(head.message_id, reason)
        if dead:
            self._on_dead(dead)

    def _put_off(self, head: Head, outcome: Unreachable) -> None:
        limit_s = min(self._pace.cap_s, self._pace.base_s * 2.0 ** min(head.tries, 32))
        # A wish for an hour, or for ever, is a mistake of whoever sent it.
        wish_s = min(self._pace.cap_s, outcome.retry_after_s or 0.0)
        pause_s = max(wish_s, self._pace.draw(0, limit_s))
        with self._turn:
            self._due_s[head.subject] = self._clock.monotonic_s() + pause_s
            if outcome.cause is Cause.TROUBLE:
                self._held.discard(head.subject)
            else:
                self._held.add(head.subject)

    def _hold_others(self, pause_s: float) -> None:
        due_s = self._clock.monotonic_s() + pause_s
        for head in self._outbox.heads():
            with self._turn:
                self._due_s[head.subject] = max(self._due_s.get(head.subject, 0.0), due_s)
                self._held.add(head.subject)

    def _link_changed(self, away: bool) -> None:
        """Central is back: due is all that waited for the line, not what central put off itself."""
        if not away:
            with self._turn:
                for subject in self._held:
                    self._due_s.pop(subject, None)
                self._held.clear()

    def _left_s(self, subject: str) -> float:
        with self._turn:
            return self._due_s.get(subject, 0.0) - self._clock.monotonic_s()
