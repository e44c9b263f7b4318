"""What every service function works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from kiosk.central.server.catalogue import Offers
from kiosk.central.server.database import Database
from kiosk.central.server.sealing import FieldSealer
from kiosk.central.server.served import ClosedWindow, ServedCase
from kiosk.clock import Clock

OfCase = Callable[[Connection, "Office", ServedCase], object]
OfWindow = Callable[[Connection, "Office", ClosedWindow], object]


def _nothing_more(_connection: Connection, _office: "Office", _what: object) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class AtWindows:
    """What follows on what windows do; each in its transaction, before that tells of any event.

    Args:
        begins: a window takes up a case.
        served: a window has served one.
        closed: a window has ended its work.
    """

    begins: OfCase = _nothing_more
    served: OfCase = _nothing_more
    closed: OfWindow = _nothing_more


@dataclass(frozen=True, slots=True)
class Office:
    """The parts of one running server.

    Args:
        database: the only state.
        offers: halls and services.
        clock: in the halls' zone.
        sealer: for personal data.
        at_windows: what follows on what windows do.
    """

    database: Database
    offers: Offers
    clock: Clock
    sealer: FieldSealer
    at_windows: AtWindows = AtWindows()

    def day_of(self, moment: datetime) -> date:
        """The business day that a moment belongs to."""
        return moment.astimezone(self.clock.now().tzinfo).date()

    def local(self, moment: datetime) -> datetime:
        """A moment in the halls' zone."""
        return moment.astimezone(self.clock.now().tzinfo)
