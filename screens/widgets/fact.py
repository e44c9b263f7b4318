"""A fact: its name and what it is."""

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from screens import kv
from screens.widgets import words  # noqa: F401 - named in fact.kv


class Fact(BoxLayout):
    """Name at the left, value at the right."""

    label = StringProperty("")
    value = StringProperty("")


kv.load(__file__)
