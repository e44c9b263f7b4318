"""An amount of money, as large as it matters."""

from kivy.properties import StringProperty

from screens import kv
from screens.widgets import words  # noqa: F401 - named in amount.kv
from screens.widgets.panel import Panel


class Amount(Panel):
    """What it is, how much, and what more there is to know about it."""

    label = StringProperty("")
    amount = StringProperty("")
    note = StringProperty("")


kv.load(__file__)
