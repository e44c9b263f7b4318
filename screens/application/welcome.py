"""Nobody is here, or somebody is about to begin."""

from typing import Any, ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.domain.closed import Closed, closed_of
from kiosk.flows.application.states import Welcome
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.closed.wording import told
from screens.widgets import advice, document_art, even_grid, steps  # noqa: F401 - in welcome.kv
from screens.widgets.big_choice import BigChoice
from screens.widgets.even_grid import keep
from screens.widgets.language_tabs import LanguageTabs
from screens.widgets.way import WayButton

WAYS = (
    *(("number", "ticket"), ("booking", "check"), ("place", "clock")),
    *(("progress", "list"), ("guide", "info"), ("suggestion", "pen")),
)
"""Name and icon of what a visitor can do besides applying."""
APPLYING = "apply"
ERRANDS = (APPLYING, *(name for name, _icon in WAYS))
"""Names in the role of everything that can be done here."""


class WelcomeScreen(FlowScreen):
    """What this machine does, what of it works now, and one button to begin."""

    says: ClassVar = {
        "lead": "apply.welcome.lead",
        "first": "apply.welcome.step_documents",
        "then": "apply.welcome.step_card",
        "last": "apply.welcome.step_ticket",
    }
    first = StringProperty("")
    then = StringProperty("")
    last = StringProperty("")
    hours = StringProperty("")
    shut = BooleanProperty(False)
    """whether something is closed"""
    away = StringProperty("")
    away_body = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._languages = LanguageTabs(self.ids.languages, self.report)
        self._ways: dict[str, WayButton] = {}
        for name, sign in WAYS:
            way = WayButton(name=name, icon=sign, compact=True)
            way.bind(on_release=lambda touched: self._take(touched.name))
            self._ways[name] = way
            self.ids.ways.add_widget(way)
        self._shut = BigChoice(name="shut", icon="pen", closed=True)
        self._shut.bind(on_release=lambda _b: self.report_main())

    def spoken_anew(self) -> None:
        """Name the ways."""
        for name, way in self._ways.items():
            way.text = self.text(f"apply.welcome.{name}")

    def show(self, view: View) -> None:
        """Draw opening hours, the language in use, and what does not work now."""
        state, machine = view.state, view.machine
        assert isinstance(state, Welcome)
        assert self.speech is not None
        self.hours = self.text("apply.welcome.hours", hours=machine.opening_hours)
        said = told(state.closed, ERRANDS, self.speech)
        self.shut = bool(said.title)
        self.title = self.text("closed.some" if self.shut else "apply.welcome.title")
        self.away, self.away_body = said.why, said.still
        self._offer(state.closed)
        self._languages.show(self.text, view.session.language)

    def _offer(self, closed: tuple[Closed, ...]) -> None:
        """Every errand; what is closed stays where it was, crossed out."""
        begin = self.text("apply.welcome.begin")
        shut = closed_of(closed, APPLYING)
        self.main_text = "" if shut else begin
        self._shut.text = begin
        self._shut.note = self.text("closed.choice")
        keep(self.ids.shut, [self._shut] if shut else [])
        for name, way in self._ways.items():
            way.closed = closed_of(closed, name) is not None
            way.note = self.text("closed.mark") if way.closed else ""

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
