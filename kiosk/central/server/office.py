"""What every service function works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from kiosk.central.server.catalogue import Offers
from kiosk.central.server.database import Database
from kiosk.central.server.sealing import FieldSealer
from kiosk.central.server.served import ServedCase
from kiosk.clock import Clock

AfterServing = Callable[[Connection, "Office", ServedCase], object]
"""called in the transaction that ends a serving, before it tells of any event"""


def _nothing_more(_connection: Connection, _office: "Office", _case: ServedCase) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Office:
    """The parts of one running server.

    Args:
        database: the only state.
        offers: halls and services.
        clock: in the halls' zone.
        sealer: for personal data.
        after_serving: what follows when a window has served a case.
    """

    database: Database
    offers: Offers
    clock: Clock
    sealer: FieldSealer
    after_serving: AfterServing = _nothing_more

    def day_of(self, moment: datetime) -> date:
        """The business day that a moment belongs to."""
        return moment.astimezone(self.clock.now().tzinfo).date()

    def local(self, moment: datetime) -> datetime:
        """A moment in the halls' zone."""
        return moment.astimezone(self.clock.now().tzinfo)
