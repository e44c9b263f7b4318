"""What both screens show on which the person pays at another device."""

from collections.abc import Mapping
from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import OtherMeansAsked
from kiosk.flows.endorsement.states import PayingByBankCard, ShowingPaymentCode
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import amount, message  # noqa: F401 - named in paying_elsewhere.kv


class PayingElsewhere(FlowScreen):
    """The rest, and what to do."""

    says: ClassVar[Mapping[str, str]] = {
        "rest_label": "endorsement.pay.rest",
        "second_text": "endorsement.pay.otherwise",
    }
    icon = StringProperty("")
    rest_label = StringProperty("")
    rest = StringProperty("")

    def show(self, view: View) -> None:
        """Draw the rest."""
        state = view.state
        assert isinstance(state, PayingByBankCard | ShowingPaymentCode)
        assert self.speech is not None
        self.rest = self.speech.money(state.rest_fen)

    def report_second(self) -> None:
        """Pay otherwise."""
        self.report(OtherMeansAsked())


kv.load(__file__)
