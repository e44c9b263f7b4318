"""What every service function works with."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from kiosk.central.server.catalogue import Offers
from kiosk.central.server.database import Database
from kiosk.central.server.sealing import FieldSealer
from kiosk.central.server.served import ClosedWindow, ServedCase, ServedErrand
from kiosk.clock import Clock

OfCase = Callable[[Connection, "Office", ServedCase], object]
OfWindow = Callable[[Connection, "Office", ClosedWindow], object]
OfErrand = Callable[[Connection, "Office", ServedErrand], object]


def _nothing_more(_connection: Connection, _office: "Office", _what: object) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Serving:
    """What follows on serving; each in its transaction, before that tells of any event.

    Args:
        begins: a window takes up a case.
        served: a window has served one.
        closed: a window has ended its work.
        errand: a machine has served somebody itself.
    """

    begins: OfCase = _nothing_more
    served: OfCase = _nothing_more
    closed: OfWindow = _nothing_more
    errand: OfErrand = _nothing_more


@dataclass(frozen=True, slots=True)
class Office:
    """The parts of one running server.

    Args:
        database: the only state.
        offers: halls and services.
        clock: in the halls' zone.
        sealer: for personal data.
        serving: what follows on what windows and machines do.
    """

    database: Database
    offers: Offers
    clock: Clock
    sealer: FieldSealer
    serving: Serving = Serving()

    def day_of(self, moment: datetime) -> date:
        """The business day that a moment belongs to."""
        return moment.astimezone(self.clock.now().tzinfo).date()

    def local(self, moment: datetime) -> datetime:
        """A moment in the halls' zone."""
        return moment.astimezone(self.clock.now().tzinfo)
