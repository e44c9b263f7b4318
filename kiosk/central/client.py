"""Every call a machine makes to central; the areas' own clients share its transport."""

import random
from collections.abc import Callable
from urllib.parse import quote

from kiosk.central import contract
from kiosk.central.answer import Answered, Cause, Outcome, Refused, Timeouts, Unreachable
from kiosk.central.transport import Transport
from kiosk.clock import Clock
from kiosk.config import CentralConfig

__all__ = ["Answered", "Cause", "CentralClient", "Outcome", "Refused", "Timeouts", "Unreachable"]


def client_for(central: CentralConfig, clock: Clock) -> "CentralClient":
    """The client of a machine as it is configured."""
    waits = Timeouts(central.connect_timeout_s, central.read_timeout_s, central.citizen_deadline_s)
    client = CentralClient(central.url, clock, waits)
    client.transport.authority = central.authority
    return client


class CentralClient:
    """Every call a machine makes to central.

    Safe to share between threads; each keeps its own connection.

    Args:
        base_url: of central, for example `http://127.0.0.1:8600`.
        clock: for deadlines.
        timeouts: how long to wait.
        rng: for jitter, so that machines do not return all at once.
        pause: waits so many seconds; tests pass their own.
    """

    def __init__(
        self,
        base_url: str,
        clock: Clock,
        timeouts: Timeouts = Timeouts(),  # noqa: B008 - frozen
        rng: random.Random | None = None,
        pause: Callable[[float], None] | None = None,
    ) -> None:
        self.transport = Transport(base_url, timeouts, clock, rng, pause)

    def catalogue(self, hall_id: str) -> Outcome[contract.Catalogue]:
        """What a hall offers."""
        return self.transport.get(f"/v1/catalogue?hall_id={quote(hall_id)}", contract.Catalogue)

    def health(self) -> Outcome[contract.Health]:
        """Whether central and its database are there."""
        return self.transport.get("/v1/health", contract.Health)

    def ticket(self, ticket_id: str) -> Outcome[contract.TicketOut]:
        """A ticket as central sees it now."""
        return self.transport.get(f"/v1/tickets/{quote(ticket_id)}", contract.TicketOut)

    def boot(self, request: contract.BootRequest, key: str) -> Outcome[contract.Boot]:
        """Report a start and get the new epoch."""
        return self.transport.post("/v1/boots", request, key, contract.Boot)

    def lease(self, request: contract.LeaseRequest, key: str) -> Outcome[contract.NumberLease]:
        """Get numbers for when central is away."""
        return self.transport.post("/v1/leases", request, key, contract.NumberLease)

    def put_application(
        self, application: contract.ApplicationIn, key: str
    ) -> Outcome[contract.ApplicationReceipt]:
        """Hand in an application."""
        return self.transport.post(
            "/v1/applications", application, key, contract.ApplicationReceipt
        )

    def applications_of(
        self, asked: contract.HolderApplicationsIn
    ) -> Outcome[contract.HolderApplications]:
        """How far the applications of a card's holder are."""
        path = "/v1/applications/of-holder"
        return self.transport.post(path, asked, None, contract.HolderApplications)

    def take_ticket(self, request: contract.TicketIn, key: str) -> Outcome[contract.TicketOut]:
        """Get a number, or report one given from a lease."""
        return self.transport.post("/v1/tickets", request, key, contract.TicketOut)

    def report_paper(
        self, ticket_id: str, report: contract.PaperReport, key: str
    ) -> Outcome[contract.TicketOut]:
        """Report what became of a ticket's paper."""
        path = f"/v1/tickets/{quote(ticket_id)}/paper"
        return self.transport.post(path, report, key, contract.TicketOut)

    def call_staff(self, call: contract.StaffCall, key: str) -> Outcome[contract.Accepted]:
        """Ask for a person at the machine."""
        return self.transport.post("/v1/staff-calls", call, key, contract.Accepted)

    def heartbeat(self, report: contract.Heartbeat) -> Outcome[contract.HeartbeatAnswer]:
        """Report that the machine lives; tried once, the next one follows soon."""
        return self.transport.post("/v1/heartbeats", report, None, contract.HeartbeatAnswer)

    def post(self, path: str, body: bytes, key: str, tries: int = 1) -> Outcome[bytes]:
        """Deliver a kept message byte for byte, so that its hash at central stays the same.

        Args:
            path: of the endpoint, for example `/v1/tickets`.
            body: JSON as first made.
            key: the message's idempotency key.
            tries: deliveries in this call; the outbox keeps its own pace.
        """
        return self.transport.deliver(path, body, key, tries)

    def close(self) -> None:
        """Close every connection."""
        self.transport.close()
