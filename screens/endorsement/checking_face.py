"""The person looks at a picture of the finished card."""

import io
from typing import ClassVar

from kivy.core.image import Image as CoreImage
from kivy.properties import ObjectProperty

from kiosk.flows.endorsement.events import FaceJudged
from kiosk.flows.endorsement.states import CheckingFace
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message  # noqa: F401 - named in checking_face.kv


class CheckingFaceScreen(FlowScreen):
    """Is everything on it right?"""

    says: ClassVar = {
        "title": "endorsement.check_face.title",
    }
    picture = ObjectProperty(None, allownone=True)
    _drawn: bytes | None = None

    def show(self, view: View) -> None:
        """Draw the card."""
        state = view.state
        assert isinstance(state, CheckingFace)
        if state.picture is not self._drawn:
            self._drawn = state.picture
            self.picture = _texture(state.picture) if state.picture else None
        seen = state.picture is not None
        self.lead = self.text(f"endorsement.check_face.{'lead' if seen else 'unseen'}")
        self.main_text = self.text(f"endorsement.check_face.{'right' if seen else 'on'}")
        self.second_text = self.text("endorsement.check_face.wrong") if seen else ""

    def left(self) -> None:
        """Forget the card."""
        self._drawn = self.picture = None

    def report_main(self) -> None:
        """It is right."""
        self.report(FaceJudged(right=True))

    def report_second(self) -> None:
        """Something is wrong."""
        self.report(FaceJudged(right=False))


def _texture(png: bytes) -> object:
    return CoreImage(io.BytesIO(png), ext="png").texture


kv.load(__file__)
