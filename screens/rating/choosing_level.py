"""Five faces wait for a touch."""

from typing import Any, ClassVar

from kiosk.domain.rating import Level
from kiosk.flows.rating.events import LevelChosen, RatingSkipped
from screens import kv
from screens.base import Tools
from screens.rating.rating_screen import RatingPicture
from screens.widgets import even_grid  # noqa: F401 - named in choosing_level.kv
from screens.widgets.face import FaceButton


class ChoosingLevelScreen(RatingPicture):
    """How was it? None is larger, none is chosen, none need be."""

    says: ClassVar = {
        "title": "rate.level.title",
        "lead": "rate.level.lead",
        "second_text": "rate.level.skip",
    }
    leaves_by_itself: ClassVar = True

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._faces: dict[Level, FaceButton] = {}
        for level in Level:
            button = FaceButton(name=level.value, level=level)
            button.bind(on_release=lambda _b, chosen=level: self.report(LevelChosen(chosen)))
            self._faces[level] = button
            self.ids.faces.add_widget(button)

    def spoken_anew(self) -> None:
        """Name the faces."""
        for level, button in self._faces.items():
            button.text = self.text(f"rate.level.{level.value}")
            button.in_lines = self.text(f"rate.in_lines.{level.value}")

    def report_second(self) -> None:
        """Silence."""
        self.report(RatingSkipped())


kv.load(__file__)
