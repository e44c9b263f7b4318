"""The scanner waits for the code on the phone of the person."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import OtherMeansAsked
from kiosk.flows.endorsement.states import ShowingPaymentCode
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import amount, message  # noqa: F401 - named in showing_payment_code.kv


class ShowingPaymentCodeScreen(FlowScreen):
    """Where to hold the phone."""

    says: ClassVar = {
        "title": "endorsement.pay_code.title",
        "lead": "endorsement.pay_code.lead",
        "rest_label": "endorsement.pay.rest",
        "second_text": "endorsement.pay.otherwise",
    }
    rest_label = StringProperty("")
    rest = StringProperty("")

    def show(self, view: View) -> None:
        """Draw the rest."""
        state = view.state
        assert isinstance(state, ShowingPaymentCode)
        assert self.speech is not None
        self.rest = self.speech.money(state.rest_fen)

    def report_second(self) -> None:
        """Pay otherwise."""
        self.report(OtherMeansAsked())


kv.load(__file__)
