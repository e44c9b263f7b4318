"""A citizen has come to the window."""

from typing import ClassVar

from kivy.properties import StringProperty

from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import clerk_card  # noqa: F401 - named in greeting.kv


class GreetingScreen(FlowScreen):
    """Welcome, and who is there for you."""

    says: ClassVar = {"title": "evaluator.greeting.title", "lead": "evaluator.greeting.body"}
    served_by = StringProperty("")

    def show(self, view: View) -> None:
        """Draw the clerk."""
        post = view.machine.post
        assert self.speech is not None, "presented just now"
        clerk = post.clerk if post else None
        self.served_by = self.text("evaluator.greeting.served_by", name=clerk.name) if clerk else ""
        if clerk is not None:
            self.ids.card.show(clerk, self.speech)


kv.load(__file__)
