"""A hall whose central is the product's own server, over HTTP; its devices stay the world's."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kiosk.central.client import CentralClient, Timeouts
from kiosk.central.endorsements_client import EndorsementsClient
from kiosk.central.server.endorsements import tables
from kiosk.clock import SystemClock
from kiosk.domain.payment import Means
from kiosk.domain.transaction.outcome import Ended
from kiosk.domain.transaction.progress import AmountDue, Progress
from kiosk.saga.ports import Parts
from tests.kit.central import HALL, RunningCentral
from tests.kit.permits_on_file import permit_on_file, put_on_file
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall, WorldJournal
from tests.kit.saga_world.wired import WiredWorld

FEE_FEN = 1500
"""Of the first thing that the holder is offered."""
_HOLDER = "420299199003077316"
"""Who stands before the world's machine."""


class HallAtCentral(Hall):
    """A hall whose central is a server.

    Args:
        folder: of the journal.
        server: central; the citizen's permit is put on its file.
        url: that leads there.
    """

    def __init__(self, folder: Path, server: RunningCentral, url: str) -> None:
        self.watched = WiredWorld()
        super().__init__(folder, WorldCitizen("a", means=(Means.CODE,)), self.watched)
        put_on_file(server, permit_on_file(id_number=_HOLDER))
        self.server = server
        self.when_due: Callable[[], None] | None = None
        quick = Timeouts(1.0, 2.0, 5.0, tries=2)
        self._client = CentralClient(url, SystemClock(), quick, pause=lambda _seconds: None)

    def _tell(self, report: Progress) -> None:
        super()._tell(report)
        if isinstance(report, AmountDue) and self.when_due:
            self.when_due()

    def _parts(self, journal: WorldJournal) -> Parts:
        client = EndorsementsClient(self._client.transport)
        return replace(super()._parts(journal), hall_id=HALL, central=client)

    @property
    def end(self) -> Ended:
        """How it ended for the citizen."""
        ended = self.citizen.heard[-1]
        assert isinstance(ended, Ended), ended
        return ended

    def order(self) -> str:
        """State of the one order in central's books."""
        (row,) = self.server.rows(tables.endorsement_order)
        return str(row["state"])

    def book(self) -> dict[str, tuple[str, int]]:
        """What the gateway holds, by key: state and fen."""
        rows = self.server.rows(tables.gateway_charge)
        return {row["payment_id"]: (str(row["state"]), row["amount_fen"]) for row in rows}

    def slip_number(self) -> str:
        """What central has put on the slip."""
        (row,) = self.server.rows(tables.endorsement_order)
        return str(row["said"]["slip"])

    def live_rows(self) -> tuple[str, ...]:
        """Transactions that still owe something."""
        journal = self.open_journal()
        try:
            return journal.live()
        finally:
            journal.close()
