"""What a window's terminal asks of itself."""

from dataclasses import dataclass

from kiosk.flows.effects import Effect


@dataclass(frozen=True, slots=True)
class LookAgain(Effect):
    """Look how the window stands, and tell it even if nothing has changed."""
