"""Three steps, numbered: what a person will do here."""

from kivy.properties import BooleanProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from screens import kv
from screens.widgets import words  # noqa: F401 - named in steps.kv


class StepPanel(BoxLayout):
    """One step."""

    number = StringProperty("")
    text = StringProperty("")


class Steps(BoxLayout):
    """All three side by side; large type leaves no room for them."""

    shown = BooleanProperty(True)
    first = StringProperty("")
    then = StringProperty("")
    last = StringProperty("")


kv.load(__file__)
