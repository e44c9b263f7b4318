"""The person sees who the card says they are."""

import io
from typing import Any, ClassVar

from kivy.core.image import Image as CoreImage
from kivy.properties import ListProperty, ObjectProperty, StringProperty
from kivy.uix.widget import Widget

from kiosk.domain.person import Person, Sex
from kiosk.flows.application.events import NextAsked, PersonDenied
from kiosk.flows.application.states import MeetingPerson
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.widgets import icon, panel  # noqa: F401 - named in meeting_person.kv
from screens.widgets.advice import Advice
from screens.widgets.fact import Fact


class Portrait(Widget):
    """The picture on the card, or an outline where it has none that can be shown."""

    picture = ObjectProperty(None, allownone=True)


class MeetingPersonScreen(FlowScreen):
    """Is this you?"""

    says: ClassVar = {
        "title": "apply.person.title",
        "lead": "apply.person.lead",
        "main_text": "apply.person.yes",
        "second_text": "apply.person.no",
    }
    name = StringProperty("")
    portrait = ObjectProperty(None, allownone=True)
    warnings = ListProperty()

    def show(self, view: View) -> None:
        """Draw what the card says and any warning."""
        state = view.state
        assert isinstance(state, MeetingPerson)
        person = state.draft.person
        self.name = person.name or person.latin_name
        self.portrait = _picture(person.portrait)
        facts = self._facts(person)
        lines = self._lines(len(facts))
        for fact, (label, value) in zip(lines, facts, strict=False):
            fact.label, fact.value = label, value
        for spare in lines[len(facts) :]:
            spare.label, spare.value = "", ""
        warnings = self.ids.warnings
        warnings.clear_widgets()
        assert self.speech is not None
        for warning in state.warnings:
            warnings.add_widget(Advice(body=self.speech.say(warning)))

    def left(self) -> None:
        """Forget the person."""
        self.name, self.portrait = "", None
        for fact in self.ids.facts.children:
            fact.value = ""
        self.ids.warnings.clear_widgets()

    def _lines(self, count: int) -> list[Fact]:
        lines = self.ids.facts
        while len(lines.children) < count:
            lines.add_widget(Fact())
        return list(reversed(lines.children))

    def _facts(self, person: Person) -> list[tuple[str, str]]:
        assert self.speech is not None
        facts = [("born", self.speech.date(person.birth)), ("number", person.masked_number)]
        if person.sex in (Sex.MALE, Sex.FEMALE):
            facts.insert(0, ("sex", self.text(f"apply.person.sex.{person.sex.name.lower()}")))
        if person.address:
            facts.append(("address", person.address))
        return [(self.text(f"apply.person.{name}"), value) for name, value in facts]

    def report_main(self) -> None:
        """It is me."""
        self.report(NextAsked())

    def report_second(self) -> None:
        """It is not me."""
        self.report(PersonDenied())


def _picture(data: bytes) -> Any:
    if not data:
        return None
    kind = "png" if data.startswith(b"\x89PNG") else "jpg"
    return CoreImage(io.BytesIO(data), ext=kind, nocache=True).texture


kv.load(__file__)
