"""What every service function works with."""

from dataclasses import dataclass
from datetime import date, datetime

from kiosk.central.server.catalogue import Offers
from kiosk.central.server.database import Database
from kiosk.central.server.sealing import FieldSealer
from kiosk.clock import Clock


@dataclass(frozen=True, slots=True)
class Office:
    """The parts of one running server.

    Args:
        database: the only state.
        offers: halls and services.
        clock: in the halls' zone.
        sealer: for personal data.
    """

    database: Database
    offers: Offers
    clock: Clock
    sealer: FieldSealer

    def day_of(self, moment: datetime) -> date:
        """The business day that a moment belongs to."""
        return moment.astimezone(self.clock.now().tzinfo).date()

    def local(self, moment: datetime) -> datetime:
        """A moment in the halls' zone."""
        return moment.astimezone(self.clock.now().tzinfo)
