"""The acceptor takes notes."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.flows.endorsement.events import OtherMeansAsked
from kiosk.flows.endorsement.states import InsertingNotes
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement.wording import joined
from screens.widgets import advice, amount, message  # noqa: F401 - named in inserting_notes.kv


class InsertingNotesScreen(FlowScreen):
    """The rest, which notes fit, and why the last one came back."""

    says: ClassVar = {
        "title": "endorsement.pay_cash.title",
        "no_change": "endorsement.pay_cash.no_change",
        "rest_label": "endorsement.pay.rest",
        "second_text": "endorsement.pay.otherwise",
    }
    rest_label = StringProperty("")
    rest = StringProperty("")
    paid = StringProperty("")
    notes = StringProperty("")
    no_change = StringProperty("")
    refused = StringProperty("")

    def show(self, view: View) -> None:
        """Draw the money."""
        state = view.state
        assert isinstance(state, InsertingNotes)
        assert self.speech is not None
        self.rest = self.speech.money(state.rest_fen)
        paid = self.speech.money(state.paid_fen)
        self.paid = self.text("endorsement.pay.paid", amount=paid) if state.paid_fen else ""
        fit = joined([self.speech.money(fen) for fen in state.notes_fen], self.speech)
        self.notes = self.text("endorsement.pay_cash.notes", notes=fit) if fit else ""
        key = f"endorsement.pay_cash.refused.{state.refused}" if state.refused else ""
        self.refused = self.text(key) if key else ""

    def report_second(self) -> None:
        """Pay otherwise."""
        self.report(OtherMeansAsked())


kv.load(__file__)
