"""What the queue's tables say to a machine on one day."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from kiosk.domain.queueing import Need, TicketClass
from kiosk.policy.loader import shipped
from kiosk.policy.queue_rows import QueueClass, QueueNeed, QueueRules


@dataclass(frozen=True, slots=True)
class QueueDay:
    """Who goes first, as a visitor is asked and told.

    Args:
        needs: in the order of the table.
        lead_min: head start of each class.
        priority_age_from: full years from which the card alone gives priority.
    """

    needs: tuple[QueueNeed, ...]
    lead_min: dict[TicketClass, int]
    priority_age_from: int

    def class_of(self, need: Need | None) -> TicketClass:
        """The class that a need gives."""
        found = (row.ticket_class for row in self.needs if row.need is need)
        return next(found, TicketClass.ORDINARY)

    def offered(self, ticket_class: TicketClass) -> tuple[QueueNeed, ...]:
        """The needs of a class that a person can name; age is seen on the card instead."""
        return tuple(
            row
            for row in self.needs
            if row.ticket_class is ticket_class and row.need is not Need.AGE
        )

    def need_by_age(self, years: int) -> Need | None:
        """The need that a card's date of birth shows by itself."""
        return Need.AGE if years >= self.priority_age_from else None


@lru_cache(maxsize=4)
def queue_on(day: date) -> QueueDay:
    """The tables in force on a day."""
    tables = shipped().on(day)
    return QueueDay(
        needs=tables.table(QueueNeed),
        lead_min={row.ticket_class: row.lead_min for row in tables.table(QueueClass)},
        priority_age_from=tables.table(QueueRules)[0].priority_age_from,
    )
