"""Keeps what happened to a session in the audit log: names of types and codes, never answers."""

from collections.abc import Callable, Mapping

from kiosk.audit.log import AuditLog
from kiosk.errors import StorageError
from kiosk.flows.application.states import MeetingPerson, WaitingForCard, Welcome
from kiosk.flows.maintenance.states import STAFF_STATES
from kiosk.runtime.service_thread import ServiceThread
from kiosk.storage import Storage


class AuditRecorder:
    """Writes on the service thread, so that the runner never waits for the disk.

    Args:
        audit: the log.
        storage: where the log stands.
        services: the thread.
    """

    def __init__(self, audit: AuditLog, storage: Storage, services: ServiceThread) -> None:
        self._audit = audit
        self._storage = storage
        self._services = services
        self._followers: list[Callable[[object, object], None]] = []

    def follow(self, follower: Callable[[object, object], None]) -> None:
        """Have somebody told of every change of state; on the runner's thread, so never waiting."""
        self._followers.append(follower)

    def said(self, event: str, fields: Mapping[str, str | int | bool]) -> None:
        """Record any event of the closed list, as soon as the disk is free."""
        self._write(event, **fields)

    def unexpected(self, state: str, event: str) -> None:
        """An event came that the state does not expect."""
        self._write("unexpected_event", state=state, event=event)

    def moved(self, before: object, after: object) -> None:
        """The errand went from one state to another."""
        for follower in self._followers:
            follower(before, after)
        if isinstance(before, STAFF_STATES) or isinstance(after, STAFF_STATES):
            # Who of staff came and went is recorded where they are let in.
            return
        if isinstance(before, Welcome):
            self._write("session_began", language="")
        if isinstance(after, Welcome):
            self._write("session_ended", how="home", state=type(before).__name__)
        if isinstance(after, MeetingPerson):
            self._write("card_read", layout=after.draft.person.card_kind.value)
        if isinstance(after, WaitingForCard) and after.trouble:
            self._write("card_trouble", trouble=after.trouble.value, tries=after.tries)

    def device(self, name: str, state: str, detail: str) -> None:
        """A device changed its state."""
        self._write("device_status", device=name, state=state, detail=detail)

    def link(self, *, away: bool) -> None:
        """Central went away or came back."""
        self._write("central_link", away=away)

    def _write(self, name: str, /, **fields: str | int | bool) -> None:
        self._services.run(lambda: self._now(name, fields))

    def _now(self, name: str, fields: dict[str, str | int | bool]) -> None:
        try:
            with self._storage.transaction() as db:
                self._audit.append(db, name, fields)
        except StorageError:
            # The storage remembers that it failed; the health watch takes the machine out.
            return
