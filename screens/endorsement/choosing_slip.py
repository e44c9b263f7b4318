"""Which slip shall be printed again?"""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import NextAsked, SlipChosen
from kiosk.flows.endorsement.states import ChoosingSlip, PastOrder
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement.wording import joined
from screens.widgets import advice, even_grid  # noqa: F401 - named in choosing_slip.kv
from screens.widgets.big_choice import BigChoice


class ChoosingSlipScreen(FlowScreen):
    """The last orders; touching one prints its slip."""

    says: ClassVar = {
        "title": "endorsement.slip.title",
        "main_text": "endorsement.slip.close",
    }
    trouble = StringProperty("")

    def show(self, view: View) -> None:
        """Draw the orders."""
        state = view.state
        assert isinstance(state, ChoosingSlip)
        self.trouble = self.text("endorsement.slip.trouble") if state.trouble else ""
        column = self.ids.orders
        column.clear_widgets()
        for number, order in enumerate(state.orders):
            column.add_widget(self._button(number, order))

    def _button(self, number: int, order: PastOrder) -> BigChoice:
        assert self.speech is not None
        places = [self.text(f"endorsement.place.{one}") for one in order.destinations]
        button = BigChoice(
            name=f"slip_{number}",
            icon="ticket",
            text=self.speech.date(order.made_on),
            note=self.text(
                "endorsement.slip.order",
                places=joined(places, self.speech),
                number=order.slip_number,
            ),
        )
        chosen = SlipChosen(order.order_id)
        button.bind(on_release=lambda _b: self.report(chosen))
        return button

    def left(self) -> None:
        """Forget them."""
        self.ids.orders.clear_widgets()

    def report_main(self) -> None:
        """None of them."""
        self.report(NextAsked())


kv.load(__file__)
