"""The camera looks for the holder's face."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import FingerAsked, WindowAsked
from kiosk.flows.endorsement.states import LookingAtCamera
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement.wording import by_finger
from screens.widgets import even_grid, preview  # noqa: F401 - named in looking_at_camera.kv


class LookingAtCameraScreen(FlowScreen):
    """Oneself, and one thing to do in large words; other ways stay open all the while."""

    says: ClassVar = {
        "title": "endorsement.face.title",
        "second_text": "endorsement.proof.window",
    }
    guidance = StringProperty("")
    finger = StringProperty("")

    def show(self, view: View) -> None:
        """Draw what the camera sees and what to do about it."""
        state = view.state
        assert isinstance(state, LookingAtCamera)
        assert self.speech is not None
        seen = state.preview
        picture = self.ids.picture
        picture.show(*((seen.bgr, seen.width_px, seen.height_px) if seen else (None,)))
        self.guidance = self.text(f"endorsement.face_guidance.{state.guidance}")
        self.finger = by_finger(state.finger_template, view.machine.devices_away, self.speech)

    def left(self) -> None:
        """Forget the picture."""
        self.ids.picture.show(None)

    def report_second(self) -> None:
        """To a window instead."""
        self.report(WindowAsked())

    def report_finger(self) -> None:
        """By finger instead."""
        self.report(FingerAsked())


kv.load(__file__)
