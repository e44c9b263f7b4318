"""What to bring for one document, and what it will cost."""

from typing import Any

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.forms.views import ReviewSection
from kiosk.locale import Speech
from screens import kv
from screens.widgets import icon, words  # noqa: F401 - named in materials.kv
from screens.widgets.panel import Panel


class MaterialLine(BoxLayout):
    """One paper to bring."""

    text = StringProperty("")


class MaterialsCard(Panel):
    """A document's name, its fee and how long it takes, and its papers."""

    title = StringProperty("")
    fee = StringProperty("")
    fee_label = StringProperty("")
    note = StringProperty("")
    processing = StringProperty("")

    def __init__(self, **kwargs: Any) -> None:
        self._lines: list[MaterialLine] = []
        super().__init__(**kwargs)

    def prepare(self, count: int) -> None:
        """Have lines for so many papers; they are used again."""
        while len(self._lines) < count:
            self._lines.append(MaterialLine())

    def show(self, section: ReviewSection, speech: Speech) -> None:
        """Draw a section.

        Args:
            section: of one document, or of facts that all share.
            speech: of the session's language.
        """
        self.title = speech.say(section.title)
        priced = section.fee_fen is not None
        self.fee_label = speech.text("apply.materials.fee") if priced else ""
        self.fee = speech.money(section.fee_fen) if section.fee_fen is not None else ""
        self.note = speech.say(section.fee_note) if section.fee_note else ""
        self.processing = speech.say(section.processing) if section.processing else ""
        count = len(section.materials)
        self.prepare(count)
        for line, material in zip(self._lines, section.materials, strict=False):
            line.text = speech.say(material)
        shown = len(self.ids.lines.children)
        for line in self._lines[count:shown]:
            self.ids.lines.remove_widget(line)
        for line in self._lines[shown:count]:
            self.ids.lines.add_widget(line)


kv.load(__file__)
