"""Mistakes to plant in the product, so that one sees whether the kill harness sees them."""

import sqlite3
import threading
import uuid

from kiosk.central.answer import Outcome
from kiosk.central.desk_book import DeskBook
from kiosk.central.leases import Leases, TakenNumber
from kiosk.central.outbox_sender import OutboxSender
from kiosk.domain.ticket import Ticket
from kiosk.storage import Storage


def mark_after_printing() -> None:
    """A leased number is marked used only when its paper is out (`mark_late`)."""
    take = Leases.take

    def take_unmarked(
        leases: Leases, db: sqlite3.Connection, service_id: str, visit_id: str
    ) -> TakenNumber | None:
        db.execute("SAVEPOINT look")
        taken = take(leases, db, service_id, visit_id)
        db.execute("ROLLBACK TO look")
        return taken

    setattr(Leases, "take", take_unmarked)  # noqa: B010 - a plain assignment is a type error


def mark_late(storage: Storage, ticket: Ticket) -> None:
    """The mark that `mark_after_printing` puts off, until the citizen has the paper."""
    threading.Event().wait(0.3)
    with storage.transaction() as db:
        db.execute(
            "UPDATE leased_numbers SET used_by = ? WHERE day = ? AND prefix = ? AND n = ?",
            (ticket.ticket_id, ticket.day.isoformat(), ticket.number[0], int(ticket.number[1:])),
        )


def fresh_key_per_try() -> None:
    """Every delivery of a kept message has a key of its own."""
    send = OutboxSender._send

    def send_with_fresh_key(sender: OutboxSender, *arguments: object) -> Outcome[bytes]:
        with sender._outbox._storage.transaction() as db:
            db.execute(
                "UPDATE outbox SET idempotency_key = ? WHERE state = 'new' AND id = ?",
                (f"K1-{uuid.uuid4().hex}", getattr(arguments[0], "message_id")),  # noqa: B009 - passed through untyped
            )
        return send(sender, *arguments)  # type: ignore[arg-type]  # passed through

    setattr(OutboxSender, "_send", send_with_fresh_key)  # noqa: B010 - a plain assignment is a type error


def no_intent_before_asking() -> None:
    """Central is asked for a number without a word about it on the disk."""

    def unasked(_book: DeskBook, _db: sqlite3.Connection, _visit_id: str, question: str) -> str:
        return question

    setattr(DeskBook, "mark_asked", unasked)  # noqa: B010 - a plain assignment is a type error


PLANTS = {
    one.__name__: one for one in (mark_after_printing, fresh_key_per_try, no_intent_before_asking)
}
