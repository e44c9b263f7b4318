"""What the screens of the errand "rate" share."""

from typing import Any

from kiosk.domain.rating_question import Reason
from screens.base import FlowScreen


class RatingPicture(FlowScreen):
    """A second touch in the same place is the same touch; it must not land on what came next."""

    def on_touch_down(self, touch: Any) -> bool:
        """Let no double touch through."""
        if touch.is_double_tap and not self.takes_twice(touch):
            return True
        return bool(super().on_touch_down(touch))

    def takes_twice(self, touch: Any) -> bool:
        """Whether a second touch in the same place is meant."""
        del touch
        return False

    def name_of(self, reason: Reason) -> str:
        """A reason in the language of the session, else in the list's own."""
        assert self.speech is not None, "a screen speaks only after it was presented"
        assert self.view is not None, "the same"
        language = self.view.session.language.value
        return reason.names.get(language) or next(iter(reason.names.values()), reason.code)
