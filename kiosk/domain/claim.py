"""What a visitor says of themself when they take a number."""

from dataclasses import dataclass, field

from kiosk.domain.queueing import Need


@dataclass(frozen=True, slots=True)
class Claim:
    """Why somebody goes before others, and whose ticket it is.

    Args:
        need: why, None for no reason; the window looks at the proof where policy wants one.
        holder_number: of the card that was read, empty without one; only to find a lost ticket.
    """

    need: Need | None = None
    holder_number: str = field(default="", repr=False)
