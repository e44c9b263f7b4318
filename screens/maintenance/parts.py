"""The few widgets that only screens of staff have."""

from kivy.properties import BooleanProperty, OptionProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from screens import kv
from screens.widgets import icon, panel, words  # noqa: F401 - named in parts.kv
from screens.widgets.buttons import Press
from screens.widgets.panel import Panel


class EntryBox(Panel):
    """What is typed: its name, its value, whether keys go there."""

    label = StringProperty("")
    value = StringProperty("")
    active = BooleanProperty(False)


class StatusRow(BoxLayout):
    """One fact of the machine in a line; a shape as well as a colour says whether it is well."""

    name = StringProperty("")
    value = StringProperty("")
    tone = OptionProperty("plain", options=["plain", "good", "warn", "bad"])


class CaseButton(Press):
    """A case in the list."""

    note = StringProperty("")
    inside = BooleanProperty(False)
    """whether a card lies in the machine because of it"""


kv.load(__file__)
