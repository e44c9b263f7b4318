"""The call-backs of a day are drawn when it has ended, whether or not anybody opens the page."""

from contextlib import AbstractAsyncContextManager

from kiosk.central.server.office import Office
from kiosk.central.server.ratings import call_backs
from kiosk.central.server.rounds import rounds

LOOK_EVERY_S = 60.0


class DayTurn:
    """Knows which day was seen last.

    Args:
        office: the server's parts; the start has drawn what was due.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        self._seen = office.clock.today()

    def look(self) -> None:
        """Draw where the day has turned; a round that fails is tried again."""
        today = self._office.clock.today()
        if today == self._seen:
            return
        with self._office.database.transaction() as connection:
            call_backs.draw_due(connection, self._office)
        self._seen = today


def turning(office: Office) -> AbstractAsyncContextManager[None]:
    """Look again and again while the server runs."""
    return rounds(office.database, LOOK_EVERY_S, DayTurn(office).look, "drawing call-backs")
