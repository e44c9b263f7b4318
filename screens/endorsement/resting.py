"""Nobody is here, or somebody is about to begin."""

from typing import Any, ClassVar

from kivy.properties import BooleanProperty, StringProperty

from kiosk.domain.closed import Closed, closed_of
from kiosk.flows.endorsement.events import BeginAsked
from kiosk.flows.endorsement.states import Purpose, Resting
from kiosk.flows.session import Language
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen, Tools
from screens.closed.wording import told
from screens.endorsement.wording import joined
from screens.widgets import advice, document_art, even_grid, steps  # noqa: F401 - in resting.kv
from screens.widgets.big_choice import BigChoice
from screens.widgets.even_grid import keep
from screens.widgets.language_tabs import LanguageTabs

_MEANS = ("code_scanner", "card_terminal", "cash_acceptor")
"""Devices a citizen can pay with; in the order in which most people pay."""
_PROOFS = ("camera", "fingerprint_reader")
"""Devices that tell the holder; what else they can do is said when one is away."""
_QUERIES = {Purpose.ENTRIES: "clock", Purpose.SLIP: "ticket"}


class RestingScreen(FlowScreen):
    """What this machine does, and what of it works now; one button to begin, two to ask."""

    says: ClassVar = {
        "lead": "endorsement.resting.lead",
        "first": "endorsement.resting.step_permit",
        "then": "endorsement.resting.step_pay",
        "last": "endorsement.resting.step_take",
    }
    first = StringProperty("")
    then = StringProperty("")
    last = StringProperty("")
    hours = StringProperty("")
    shut = BooleanProperty(False)
    """whether something is closed"""
    away = StringProperty("")
    away_body = StringProperty("")
    roomy = BooleanProperty(True)
    """Whether there is room for a picture: other scripts need longer lines than Chinese."""

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        super().__init__(tools, **kwargs)
        self._languages = LanguageTabs(self.ids.languages, self.report)
        self._queries: dict[Purpose, BigChoice] = {}
        for purpose, icon in _QUERIES.items():
            query = BigChoice(name=purpose.value, icon=icon)
            query.bind(on_release=lambda _b, wanted=purpose: self.report(BeginAsked(wanted)))
            self._queries[purpose] = query
        self._shut = BigChoice(name="shut", icon="card", closed=True)
        self._shut.bind(on_release=lambda _b: self.report_main())

    def spoken_anew(self) -> None:
        """Name the two questions."""
        for purpose, query in self._queries.items():
            query.text = self.text(f"endorsement.resting.{purpose.value}")

    def show(self, view: View) -> None:
        """Draw opening hours, the language in use, and what does not work now."""
        state = view.state
        assert isinstance(state, Resting)
        assert self.speech is not None
        machine = view.machine
        self.roomy = view.session.language is not Language.EN
        self.hours = self.text("endorsement.resting.hours", hours=machine.opening_hours)
        said = told(state.closed, [one.value for one in Purpose], self.speech)
        self.shut = bool(said.title)
        self.title = said.title or self.text("endorsement.resting.title")
        instead = self._instead(machine.devices_away)
        self.away, self.away_body = (said.why, said.still) if said.title else instead
        self._offer(state.closed)
        self._languages.show(self.text, view.session.language)

    def _offer(self, closed: tuple[Closed, ...]) -> None:
        """The three errands: what works first, what is closed below it, crossed out."""
        begin = self.text("endorsement.resting.begin")
        shut = closed_of(closed, Purpose.ENDORSEMENT.value)
        self.main_text = "" if shut else begin
        self._shut.text = begin
        self._shut.note = self.text("closed.choice")
        for purpose, query in self._queries.items():
            query.closed = closed_of(closed, purpose.value) is not None
            query.note = self.text("closed.choice") if query.closed else ""
        works = [one for one in self._queries.values() if not one.closed]
        others = [one for one in self._queries.values() if one.closed]
        # A button lies in one grid: out of the old one before it goes into the other.
        keep(self.ids.queries, [one for one in works if one not in self.ids.shut.children])
        keep(self.ids.shut, [one for one in self.ids.shut.children[::-1] if one.closed])
        keep(self.ids.queries, works)
        keep(self.ids.shut, [*([self._shut] if shut else []), *others])

    def _instead(self, away: tuple[str, ...]) -> tuple[str, str]:
        """What cannot be used to pay or to prove oneself, and what can; empty when all can."""
        assert self.speech is not None
        said = []
        if lost := [one for one in _MEANS if one in away]:
            names = (self.text(f"endorsement.away.{one}") for one in lost)
            said.append(self.text("endorsement.away.pay", what=joined(names, self.speech)))
            works = (
                self.text(f"endorsement.away.works.{one}") for one in _MEANS if one not in lost
            )
            either = self.text("endorsement.away.or").join(works)
            said.append(self.text("endorsement.away.pay_by", works=either))
        for one in _PROOFS:
            if one in away:
                said += [
                    self.text(f"endorsement.away.{one}"),
                    self.text(f"endorsement.away.{one}.instead"),
                ]
        return (said[0], "\n".join(said[1:])) if said else ("", "")

    def report_main(self) -> None:
        """An endorsement."""
        self.report(BeginAsked(Purpose.ENDORSEMENT))


kv.load(__file__)
