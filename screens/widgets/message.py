"""One thing to know, in the middle of the screen."""

from kivy.properties import NumericProperty, OptionProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from screens import kv
from screens.widgets import icon, words  # noqa: F401 - named in message.kv


class Message(BoxLayout):
    """A large sign, a headline, a sentence."""

    icon = StringProperty("info")
    tone = OptionProperty("plain", options=["plain", "good", "warn"])
    title = StringProperty("")
    body = StringProperty("")
    low = NumericProperty(1.0)
    """how much of the free room lies below the words, beside 0.7 above the sign"""


class Sign(BoxLayout):
    """An icon in a circle."""

    icon = StringProperty("info")
    tone = OptionProperty("plain", options=["plain", "good", "warn"])


kv.load(__file__)
