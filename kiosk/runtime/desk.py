"""What the runtime needs of the ticket desk."""

from typing import Protocol

from kiosk.central.desk import Issued, NoNumber
from kiosk.domain.claim import Claim
from kiosk.forms.bundle import ApplicationBundle

__all__ = ["Desk", "Issued", "NoNumber"]


class Desk(Protocol):
    """Numbers and applications, durably; every call may wait for disk or central."""

    def submit(
        self,
        visit_id: str,
        bundle: ApplicationBundle | None,
        services: tuple[str, ...],
        language: str,
        claim: Claim = Claim(),  # noqa: B008 - frozen
    ) -> Issued | NoNumber:
        """Keep the application, then get a number."""

    def printing(self, ticket_id: str) -> None:
        """The paper is about to be sent."""

    def printed(self, ticket_id: str) -> None:
        """The printer confirmed it."""

    def not_printed(self, ticket_id: str, trouble: str) -> None:
        """Surely nothing came out."""

    def doubtful(self, ticket_id: str, trouble: str) -> None:
        """Something may have come out."""

    def settle(self, ticket_id: str, outcome: str) -> None:
        """The ticket ended: taken, shown or voided."""
