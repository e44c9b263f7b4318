"""The person wants to be called back and types a number."""

from typing import Any, ClassVar

from kivy.properties import StringProperty

from kiosk.domain.phone import MAX_DIGITS
from kiosk.flows.rating.events import CallWithdrawn, PhoneTyped, RatingGiven
from kiosk.flows.rating.states import LeavingPhone
from kiosk.runtime.view import View
from screens import kv
from screens.base import Tools
from screens.rating.rating_screen import RatingPicture
from screens.widgets import panel  # noqa: F401 - named in leaving_phone.kv
from screens.widgets.number_pad import NumberPad


class LeavingPhoneScreen(RatingPicture):
    """A number in large figures, and a pad."""

    says: ClassVar = {
        "title": "rate.phone.title",
        "lead": "rate.phone.lead",
        "empty": "rate.phone.empty",
    }
    empty = StringProperty("")
    phone = StringProperty("")
    finding = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._pad = NumberPad(look=tools.look)
        self._pad.bind(on_value=lambda _p, text: self.report(PhoneTyped(text)))
        self._pad.bind(on_done=lambda _p: self.report(RatingGiven()))
        self._open = False
        self._touched = False
        self.ids.pad.add_widget(self._pad)
        if tools.look.wide:
            # The pad takes the whole height; the buttons stand under the number.
            self.remove_widget(self.actions)
            self.ids.said.add_widget(self.actions)

    def spoken_anew(self) -> None:
        """Put the words of the language on the pad."""
        assert self.speech is not None, "spoken to just now"
        self._pad.retranslate(self.speech)

    def show(self, view: View) -> None:
        """Draw what was typed."""
        state = view.state
        assert isinstance(state, LeavingPhone)
        self.back_text = self.text("rate.phone.no_call")
        # Beside the pad there is room for one button; the pad's own key hands in.
        self.main_text = "" if self.tools.look.wide else self.text("rate.phone.give")
        if not self._open:
            self._open = True
            self._pad.open(state.phone, MAX_DIGITS)
        self.phone = _grouped(state.phone)
        self.finding = self.text("rate.phone.unfit") if state.unfit else ""

    def on_touch_down(self, touch: Any) -> bool:
        """Know a first touch of one's own."""
        self._touched |= not touch.is_double_tap
        return super().on_touch_down(touch)

    def takes_twice(self, touch: Any) -> bool:
        """A number may have the same figure twice; what began on the screen before is no figure."""
        return self._touched and bool(self._pad.collide_point(*touch.pos))

    def left(self) -> None:
        """Forget the number."""
        self._pad.close()
        self._touched = False
        self._open = False
        self.phone = ""

    def report_main(self) -> None:
        """That is all."""
        self.report(RatingGiven())

    def report_back(self) -> None:
        """No call."""
        self.report(CallWithdrawn())


def _grouped(digits: str) -> str:
    """A mobile number as people say it, 3-4-4; any other as it was typed."""
    if not digits.startswith("1"):
        return digits
    return " ".join(part for part in (digits[:3], digits[3:7], digits[7:]) if part)


kv.load(__file__)
