"""A window with the product's screens and no machine behind them: views in, events out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from kiosk.config import ScreenConfig
from kiosk.flows.hall_kiosk import HALL_KIOSK
from kiosk.runtime.view import View
from screens.app import KioskApp
from tests.screens.sample_views import SampleLanguages


@dataclass
class StandParts:
    """What a machine would hand over."""

    role: str = "kiosk"
    screen: ScreenConfig = field(default_factory=ScreenConfig)
    languages: Any = field(default_factory=SampleLanguages)
    text_input: Any = None
    reported: list[object] = field(default_factory=list)
    offers: Callable[[Any], Any] = HALL_KIOSK.offers
    whole: bool = True

    @property
    def report(self) -> Callable[[object], None]:
        return self.reported.append

    @property
    def new_visit_id(self) -> Callable[[], str]:
        return lambda: "visit-1"

    def listen(self, show: Callable[[View], None]) -> None:
        del show


class Stand:
    """The window; views are put in by hand."""

    def __init__(self, parts: StandParts | None = None) -> None:
        self.parts = parts or StandParts()
        self.app = KioskApp(self.parts, motion=False)

    def __enter__(self) -> "Stand":
        self.app.start_embedded()
        return self

    def __exit__(self, *_failure: object) -> None:
        self.app.end_embedded()

    def show(self, view: View) -> None:
        """Show a view as the runner would."""
        self.app.bridge.publish(view)

    @property
    def reported(self) -> list[object]:
        """Every event so far."""
        return self.parts.reported
