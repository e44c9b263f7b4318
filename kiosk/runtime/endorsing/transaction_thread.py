"""The one thread that carries out transactions, and recovers before it serves anybody."""

import logging
import threading
from collections.abc import Callable

from kiosk.clock import Alarm, Clock
from kiosk.domain.transaction.commands import Begin, Command
from kiosk.errors import StorageError
from kiosk.health import RECOVERY_REASON, STORAGE_REASON
from kiosk.roles import CARD_INSIDE_REASON
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.inbox import Inbox

log = logging.getLogger(__name__)

AGAIN_S = 5.0
"""Pause before a recovery that could not end, or a debt that is still owed, is tried again."""
_REASONS = {
    "journal": STORAGE_REASON,
    "recovery": RECOVERY_REASON,
    "card_inside": CARD_INSIDE_REASON,
}


class TransactionThread:
    """Implements `Recovery`; serves one citizen after the other.

    Args:
        desk: of the saga.
        inbox: what citizens do.
        clock: for pauses.
        changed: called when what is open may have changed.
    """

    def __init__(
        self, desk: EndorsementDesk, inbox: Inbox, clock: Clock, changed: Callable[[], None]
    ) -> None:
        self._desk = desk
        self._inbox = inbox
        self._clock = clock
        self._changed = changed
        self._turn = threading.Condition()
        self._begin: Begin | None = None
        self._look = True
        self._ending = False
        self._blocked = "recovery"
        self._alarm: Alarm | None = None
        self._thread = threading.Thread(target=self._run, name="transactions", daemon=True)

    @property
    def open_ends(self) -> tuple[str, ...]:
        """Why nobody can be served, or no card taken in, as message keys."""
        return (_REASONS[self._blocked],) if self._blocked else ()

    def before_devices(self) -> None:
        """Everything that is open is asked of devices; see `with_devices`."""

    def with_devices(self) -> None:
        """Begin: recover first, then serve."""
        self._thread.start()

    def close(self, timeout_s: float = 10.0) -> None:
        """End after the step that is under way; the next run recovers what is open."""
        with self._turn:
            self._ending = True
            self._turn.notify_all()
        self._inbox.end()
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        if self._alarm:
            self._alarm.cancel()

    def begin(self, begin: Begin) -> None:
        """A citizen wants something."""
        with self._turn:
            self._begin = begin
            self._turn.notify_all()

    def tell(self, command: Command) -> None:
        """A citizen did something; what nobody waits for is dropped."""
        self._inbox.put(command)

    def look(self) -> None:
        """Something may be possible that was not: a case was closed, a device came back."""
        with self._turn:
            self._look = True
            self._turn.notify_all()

    def _run(self) -> None:
        while not self._ending:
            try:
                self._round()
            except StorageError:
                log.error("the journal cannot be written")
                self._again()
            except Exception as error:  # noqa: BLE001 - the next round recovers, whatever it was
                log.error("a transaction broke off: %s", type(error).__name__)
                self._again()
            self._say()
            with self._turn:
                self._turn.wait_for(lambda: self._begin or self._look or self._ending)

    def _round(self) -> None:
        with self._turn:
            begin, self._begin = self._begin, None
            self._look = False
        if self._desk.blocked() in ("journal", "recovery"):
            self._desk.recover()
            self._say()
        if begin is not None:
            self._desk.serve(begin)
        if not self._desk.pay_debts():
            self._again()
        if begin is None:
            self._desk.tidy()

    def _again(self) -> None:
        if not self._ending:
            self._alarm = self._clock.call_later(AGAIN_S, self.look)

    def _say(self) -> None:
        blocked = self._desk.blocked()
        if blocked != self._blocked:
            self._blocked = blocked
            self._changed()
