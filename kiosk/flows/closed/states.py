"""States of the errand "closed"."""

from dataclasses import dataclass

from kiosk.domain.closed import Closed


@dataclass(frozen=True, slots=True)
class ErrandClosed:
    """The person touched what the machine cannot carry through now; nothing has begun.

    Args:
        closed: the errand, and what is missing.
    """

    closed: Closed
