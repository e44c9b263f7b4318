"""The tour of a window's terminal while its window is closed: what needs no clerk."""

from collections.abc import Callable

from kiosk.flows.evaluator import states
from screens.tours.tour import Tour


class EvaluatorTour(Tour):
    """The paused window in its looks, its help and its languages.

    Faces, reasons and thanks need a clerk who finishes a case; `KIOSK_SHOTS` draws them
    (tests/screens/test_terminal_fit.py).
    """

    def journeys(self) -> tuple[Callable[[], None], ...]:
        """In the order they are played."""
        return (self._paused,)

    def _paused(self) -> None:
        self.at(states.Paused)
        self.shot("paused")
        for look in ("large_type", "high_contrast"):
            self.tap(look)
            self.person.frames(4)
            self.shot(f"paused-{look.replace('_', '-')}")
            self.tap(look)
        self.tap("language")
        self.person.frames(4)
        self.shot("language")
        self.tap(f"language_{self.language}")
        self.person.frames(4)
        self.shot("paused-in-language")
