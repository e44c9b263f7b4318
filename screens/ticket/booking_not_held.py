"""The visitor reads why the booking does not hold."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.ticket.events import OrdinaryAsked
from kiosk.flows.ticket.states import BookingNotHeld
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import message  # noqa: F401 - named in booking_not_held.kv


class BookingNotHeldScreen(FlowScreen):
    """Why, when and where they are expected, and an ordinary number at once."""

    says: ClassVar = {"main_text": "booking.ordinary"}
    reason = StringProperty("")

    def show(self, view: View) -> None:
        """Say why."""
        state = view.state
        assert isinstance(state, BookingNotHeld)
        assert self.speech is not None
        slot, speech = state.slot, self.speech
        key = f"booking.trouble.{state.trouble.value}"
        self.title = self.text(f"{key}.title")
        self.reason = self.text(
            f"{key}.body",
            day=speech.date(slot.starts_at.date()),
            time=speech.time(slot.starts_at),
            come=speech.time(slot.come_from),
            hall=slot.hall_names.get(speech.language) or slot.hall_names.get("zh_CN", ""),
        )

    def report_main(self) -> None:
        """Queue like everybody."""
        self.report(OrdinaryAsked())


kv.load(__file__)
