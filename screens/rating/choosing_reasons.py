"""Why? Whoever wants to say."""

from typing import Any, ClassVar

from kiosk.domain.rating import Level
from kiosk.flows.rating.events import CallWanted, LevelReconsidered, RatingGiven, ReasonToggled
from kiosk.flows.rating.states import ChoosingReasons
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.rating.rating_screen import RatingPicture
from screens.widgets import even_grid, face  # noqa: F401 - named in choosing_reasons.kv
from screens.widgets.buttons import OptionButton

_ASKED = {
    Level.VERY_SATISFIED: "rate.reasons.good",
    Level.SATISFIED: "rate.reasons.good",
    Level.FAIRLY_SATISFIED: "rate.reasons.fair",
    Level.DISSATISFIED: "rate.reasons.bad",
    Level.VERY_DISSATISFIED: "rate.reasons.bad",
}


class ChoosingReasonsScreen(RatingPicture):
    """Reasons that fit the face, to tick or not; one button to hand in."""

    says: ClassVar = {"main_text": "rate.reasons.give"}
    leaves_by_itself: ClassVar = True

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._options: list[OptionButton] = []

    def show(self, view: View) -> None:
        """Draw the reasons of the level, and which are chosen."""
        state = view.state
        assert isinstance(state, ChoosingReasons)
        choice = state.question.choice(state.level)
        self.title = self.text(_ASKED[state.level])
        level = self.text(f"rate.level.{state.level.value}")
        self.lead = self.text("rate.reasons.optional", level=level, n=state.question.most_reasons)
        self.second_text = self.text("rate.reasons.call") if choice.may_be_called else ""
        self.back_text = self.text("rate.reasons.again")
        self.ids.face.level = state.level
        self._make(len(choice.reasons))
        for button, reason in zip(self._options, choice.reasons, strict=True):
            button.name, button.text = reason.code, self.name_of(reason)
            button.chosen = reason.code in state.chosen

    def _make(self, wanted: int) -> None:
        grid = self.ids.reasons
        while len(self._options) > wanted:
            grid.remove_widget(self._options.pop())
        while len(self._options) < wanted:
            button = OptionButton(several=True)
            button.bind(on_release=lambda one: self.report(ReasonToggled(one.name)))
            self._options.append(button)
            grid.add_widget(button)

    def report_main(self) -> None:
        """That is all."""
        self.report(RatingGiven())

    def report_second(self) -> None:
        """Call me."""
        self.report(CallWanted())

    def report_back(self) -> None:
        """Another face."""
        self.report(LevelReconsidered())


kv.load(__file__)
