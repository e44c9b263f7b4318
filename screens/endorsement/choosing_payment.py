"""How shall it be paid?"""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.domain.payment import Means
from kiosk.flows.endorsement.events import MeansChosen
from kiosk.flows.endorsement.states import ChoosingPayment
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, amount, even_grid  # noqa: F401 - named in kv
from screens.widgets.big_choice import BigChoice

_ICONS = {Means.CODE: "phone", Means.BANK_CARD: "bank_card", Means.CASH: "note"}
"""In the order in which most people pay."""


class ChoosingPaymentScreen(FlowScreen):
    """The rest, and every way to pay it that works now."""

    says: ClassVar = {"title": "endorsement.pay.title"}
    rest_label = StringProperty("")
    rest = StringProperty("")
    paid = StringProperty("")

    def show(self, view: View) -> None:
        """Draw amount, trouble and means."""
        state = view.state
        assert isinstance(state, ChoosingPayment)
        assert self.speech is not None
        self.rest_label = self.text("endorsement.pay.rest")
        self.rest = self.speech.money(state.rest_fen)
        paid = self.speech.money(state.paid_fen)
        self.paid = self.text("endorsement.pay.paid", amount=paid) if state.paid_fen else ""
        self.tell_trouble(f"endorsement.pay_trouble.{state.trouble.value}" if state.trouble else "")
        self._offer(state.means)

    def _offer(self, means: tuple[Means, ...]) -> None:
        column = self.ids.means
        column.clear_widgets()
        for one, icon in _ICONS.items():
            if one not in means:
                continue
            button = BigChoice(
                name=one.value,
                icon=icon,
                text=self.text(f"endorsement.means.{one.value}"),
                note=self.text(f"endorsement.means.{one.value}.note"),
            )
            button.bind(on_release=lambda _b, chosen=one: self.report(MeansChosen(chosen)))
            column.add_widget(button)


kv.load(__file__)
