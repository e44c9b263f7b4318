"""What the person has."""

from collections.abc import Iterator
from typing import ClassVar

from kivy.properties import StringProperty
from kivy.uix.widget import Widget

from kiosk.flows.endorsement.events import NextAsked
from kiosk.flows.endorsement.states import EntryLeft, ShowingEntries
from kiosk.runtime.view import View
from screens import kv
from screens.base import FlowScreen
from screens.endorsement import wording
from screens.widgets import advice  # noqa: F401 - named in showing_entries.kv
from screens.widgets.panel import Panel
from screens.widgets.words import Words


class ShowingEntriesScreen(FlowScreen):
    """Journeys left, and until when."""

    says: ClassVar = {
        "title": "endorsement.entries.title",
        "main_text": "endorsement.entries.close",
    }
    permit = StringProperty("")
    none = StringProperty("")

    def show(self, view: View) -> None:
        """Draw every endorsement."""
        state = view.state
        assert isinstance(state, ShowingEntries)
        assert self.speech is not None
        self.permit = self.text(
            "endorsement.entries.permit", day=self.speech.date(state.permit_until)
        )
        self.none = "" if state.entries else self.text("endorsement.entries.none")
        column = self.ids.entries
        column.clear_widgets()
        for entry in state.entries:
            panel = Panel()
            for part in self._said(entry):
                panel.add_widget(part)
            column.add_widget(panel)

    def _said(self, entry: EntryLeft) -> Iterator[Widget]:
        assert self.speech is not None
        name = wording.place_and_kind(entry, self.speech)
        yield Words(text=name, role="heading", strong=True)
        if entry.entries_left is None:
            left = self.text("endorsement.entries.any_number")
        else:
            left = self.text("endorsement.entries.left", n=entry.entries_left)
        yield Words(text=left, role="title", strong=True)
        yield Words(text=wording.until(entry.valid_until, self.speech))

    def left(self) -> None:
        """Forget it."""
        self.ids.entries.clear_widgets()

    def report_main(self) -> None:
        """Done."""
        self.report(NextAsked())


kv.load(__file__)
