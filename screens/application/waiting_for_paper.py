"""The printer could not print; it will once it is mended, or the number is shown instead."""

from typing import ClassVar

from kiosk.flows.application.events import NextAsked, ShowNumberAsked
from kiosk.flows.application.states import WaitingForPaper
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import advice, number_card  # noqa: F401 - named in waiting_for_paper.kv


class WaitingForPaperScreen(FlowScreen):
    """The number is safe; staff were called; nobody has to wait for the paper."""

    leaves_by_itself: ClassVar = True
    says: ClassVar = {
        "title": "apply.paper.title",
        "lead": "apply.paper.lead",
        "main_text": "apply.paper.show_number",
        "second_text": "apply.paper.print_again",
    }

    def show(self, view: View) -> None:
        """Say what is wrong with the printer."""
        state = view.state
        assert isinstance(state, WaitingForPaper)
        assert self.speech is not None
        key = f"apply.paper_trouble.{state.trouble.value}"
        self.tell_trouble(key)
        self.ids.number.show(state.ticket, view.machine, self.speech, brief=True)

    def report_main(self) -> None:
        """Show the number instead."""
        self.report(ShowNumberAsked())

    def report_second(self) -> None:
        """Try to print once more."""
        self.report(NextAsked())


kv.load(__file__)
