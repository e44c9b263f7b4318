"""What to bring for one document, and what it will cost."""

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
        self.ids.lines.clear_widgets()
        for material in section.materials:
            self.ids.lines.add_widget(MaterialLine(text=speech.say(material)))


kv.load(__file__)
