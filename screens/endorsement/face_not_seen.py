"""No face could be compared: again, or another proof."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import FaceTriedAgain, FingerAsked, WindowAsked
from kiosk.flows.endorsement.states import FaceNotSeen
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement.wording import by_finger
from screens.widgets import message  # noqa: F401 - named in face_not_seen.kv


class FaceNotSeenScreen(FlowScreen):
    """Why, and what is left."""

    says: ClassVar = {
        "title": "endorsement.face_not_seen.title",
        "second_text": "endorsement.proof.window",
    }
    reason = StringProperty("")
    finger = StringProperty("")

    def show(self, view: View) -> None:
        """Say why and offer what is left; the main button is the most promising way."""
        state = view.state
        assert isinstance(state, FaceNotSeen)
        assert self.speech is not None
        self.reason = self.text(f"endorsement.face_not_seen.{state.reason}")
        finger = by_finger(state.finger_template, view.machine.devices_away, self.speech)
        again = self.text("endorsement.face_not_seen.again") if state.again else ""
        self.main_text = again or finger
        self.finger = finger if again else ""

    def report_main(self) -> None:
        """Look once more, or by finger where that is all."""
        assert self.view is not None
        again = getattr(self.view.state, "again", False)
        self.report(FaceTriedAgain() if again else FingerAsked())

    def report_second(self) -> None:
        """To a window instead."""
        self.report(WindowAsked())

    def report_finger(self) -> None:
        """By finger instead."""
        self.report(FingerAsked())


kv.load(__file__)
