"""Nobody is here, or somebody is about to begin."""

from typing import Any, ClassVar

from kivy.properties import StringProperty

from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.widgets import advice, document_art, even_grid, steps  # noqa: F401 - in welcome.kv
from screens.widgets.language_tabs import LanguageTabs
from screens.widgets.way import WayButton

WAYS = (
    *(("number", "ticket"), ("booking", "check"), ("place", "clock")),
    *(("progress", "list"), ("guide", "info"), ("suggestion", "pen")),
)
"""Name and icon of what a visitor can do besides applying."""


class WelcomeScreen(FlowScreen):
    """What this machine does, in which languages, and one button to begin."""

    says: ClassVar = {
        "title": "apply.welcome.title",
        "lead": "apply.welcome.lead",
        "main_text": "apply.welcome.begin",
        "first": "apply.welcome.step_documents",
        "then": "apply.welcome.step_card",
        "last": "apply.welcome.step_ticket",
    }
    first = StringProperty("")
    then = StringProperty("")
    last = StringProperty("")
    hours = StringProperty("")
    no_paper = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._languages = LanguageTabs(self.ids.languages, self.report)
        self._ways: dict[str, WayButton] = {}
        for name, sign in WAYS:
            way = WayButton(name=name, icon=sign, compact=True)
            way.bind(on_release=lambda touched: self._take(touched.name))
            self._ways[name] = way
            self.ids.ways.add_widget(way)

    def spoken_anew(self) -> None:
        """Name the ways."""
        for name, way in self._ways.items():
            way.text = self.text(f"apply.welcome.{name}")

    def show(self, view: View) -> None:
        """Draw opening hours and the language in use."""
        machine = view.machine
        self.hours = self.text("apply.welcome.hours", hours=machine.opening_hours)
        self.no_paper = "" if machine.printer_ready else self.text("apply.welcome.no_paper")
        self._languages.show(self.text, view.session.language)

    def report_main(self) -> None:
        """Begin."""
        # A window that opens does not wait for what somebody will say to it; the same below.
        from kiosk.flows.application.events import BeginAsked  # noqa: PLC0415 - when it is said

        self.report(BeginAsked())

    def _take(self, way: str) -> None:
        from kiosk.flows.guide.events import GuideAsked  # noqa: PLC0415 - when it is said
        from kiosk.flows.suggestion.events import SuggestionAsked  # noqa: PLC0415 - when it is said
        from kiosk.flows.ticket import events  # noqa: PLC0415 - when it is said

        assert self.view is not None
        if way == "number":
            self.report(events.NumberAsked())
        elif way == "booking":
            self.report(events.BookingAsked(self.tools.new_visit_id()))
        elif way == "place":
            self.report(events.PlaceAsked())
        elif way == "progress":
            self.report(events.ProgressAsked())
        elif way == "suggestion":
            self.report(SuggestionAsked(self.tools.new_visit_id()))
        else:
            self.report(GuideAsked(self.view.machine.today))


kv.load(__file__)
