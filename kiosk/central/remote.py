"""What the durable side asks of central; `CentralClient` is one."""

from typing import Protocol

from kiosk.central import contract
from kiosk.central.answer import Outcome


class Central(Protocol):
    """Calls whose trouble is a value."""

    def catalogue(self, hall_id: str) -> Outcome[contract.Catalogue]:
        """What a hall offers."""

    def boot(self, request: contract.BootRequest, key: str) -> Outcome[contract.Boot]:
        """Report a start and get the new epoch."""

    def lease(self, request: contract.LeaseRequest, key: str) -> Outcome[contract.NumberLease]:
        """Get numbers for when central is away."""

    def take_ticket(self, request: contract.TicketIn, key: str) -> Outcome[contract.TicketOut]:
        """Get a number."""

    def post(self, path: str, body: bytes, key: str, tries: int = 1) -> Outcome[bytes]:
        """Deliver a kept message byte for byte."""
