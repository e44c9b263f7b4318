"""Lets staff in, one try at a time, and leaves nobody's coming and going unrecorded."""

from collections.abc import Callable, Mapping

from kiosk.clock import Clock
from kiosk.errors import OperatorsError, StorageError
from kiosk.flows.maintenance.events import SignedIn, SignInRefused
from kiosk.flows.maintenance.states import Door, Refusal
from kiosk.operators import LockOut, OperatorBook

Write = Callable[[str, Mapping[str, str | int | bool]], None]
"""Records an audit event at once; raises `StorageError` when it could not."""


class FrontDoor:
    """Compares number and PIN; used by one thread at a time.

    Args:
        book: of operators.
        clock: for the pause after failures.
        write: to the audit log.
        lock_out: pauses; the product's by default.
    """

    def __init__(
        self, book: OperatorBook, clock: Clock, write: Write, lock_out: LockOut | None = None
    ) -> None:
        self._book = book
        self._clock = clock
        self._write = write
        self._lock_out = lock_out or LockOut()
        self._inside = ""

    def check(self, number: str, pin: str, door: Door) -> SignedIn | SignInRefused:
        """Whether somebody may come in; while the door is locked no PIN is even looked at."""
        try:
            return self._checked(number, pin, door)
        except (OperatorsError, StorageError):
            return SignInRefused(Refusal.UNRECORDED)

    def of_card(self, id_number: str) -> str:
        """Number of whose identity card this is; empty when of nobody here."""
        try:
            return self._book.of_card(id_number)
        except OperatorsError:
            return ""

    def leave(self) -> None:
        """Whoever was in has gone."""
        operator, self._inside = self._inside, ""
        if operator:
            self._write("staff_signed_out", {"operator": operator})

    def _checked(self, number: str, pin: str, door: Door) -> SignedIn | SignInRefused:
        left_s = self._lock_out.left_s(self._clock.monotonic_s())
        if left_s > 0:
            return self._refuse(Refusal.LOCKED, left_s)
        if not self._book.all():
            return self._refuse(Refusal.NOBODY_ENROLLED, 0.0)
        if not self._book.fits(number, pin):
            left_s = self._lock_out.failed(self._clock.monotonic_s())
            return self._refuse(Refusal.LOCKED if left_s else Refusal.WRONG, left_s)
        self._write("staff_signed_in", {"operator": number, "door": door.value})
        self._lock_out.succeeded()
        self._inside = number
        return SignedIn(number)

    def _refuse(self, refusal: Refusal, left_s: float) -> SignInRefused:
        told = {"refusal": refusal.value, "failures": self._lock_out.failures}
        self._write("staff_refused", told)
        # Rounded up: a pause that is over is not announced, one that runs never as 0.
        return SignInRefused(refusal, -int(-left_s // 1))
