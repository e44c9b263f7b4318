"""What every screen is: it draws a state and reports events."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from kivy.properties import StringProperty
from kivy.uix.boxlayout import BoxLayout

from kiosk.flows.session import BackAsked, CancelAsked
from kiosk.locale import Speech
from kiosk.runtime.view import View
from screens import kv
from screens.theme import Look
from screens.widgets import actions, panel, scroll, words  # noqa: F401 - named in base.kv


@dataclass(frozen=True, slots=True)
class Tools:
    """What a screen may use.

    Args:
        look: how everything looks.
        report: given every event.
        new_visit_id: makes the id of a visit.
        text_input: asks for the pinyin engine behind the Chinese keyboard.
        every: calls again and again on the main thread; returns how to stop.
        motion: whether pictures move; off in tests.
    """

    look: Look
    report: Callable[[object], None]
    new_visit_id: Callable[[], str]
    text_input: Callable[[], Any]
    every: Callable[[float, Callable[[], object]], Callable[[], None]]
    motion: bool = True


class FlowScreen(BoxLayout):
    """The base of all screens: content from the subclass, the actions below it.

    A subclass names its fixed texts in `says` (property to message key) and draws what
    changes in `show`. `action` and `second` are what the two buttons report. Where
    `leaves_by_itself` is set, the seconds left are counted down.
    """

    says: ClassVar[Mapping[str, str]] = {}
    leaves_by_itself: ClassVar[bool] = False
    title = StringProperty("")
    lead = StringProperty("")
    main_text = StringProperty("")
    second_text = StringProperty("")
    back_text = StringProperty("")
    cancel_text = StringProperty("")
    trouble_title = StringProperty("")
    trouble_body = StringProperty("")

    def __init__(self, tools: Tools, **kwargs: Any) -> None:
        self.tools = tools
        self.speech: Speech | None = None
        self.view: View | None = None
        super().__init__(**kwargs)
        self.actions = actions.Actions(owner=self)
        self.add_widget(self.actions)

    def _name_scroll(self) -> None:
        """Name the two buttons that appear when content is higher than its room."""
        body = self.ids.get("body") or self.ids.get("scroll")
        if body is not None:
            body.up_text = self.text("app.scroll.up")
            body.down_text = self.text("app.scroll.down")

    def present(self, view: View, speech: Speech, *, back: bool, cancel: bool) -> None:
        """Draw a view; called by the navigator.

        Args:
            view: whose state belongs to this screen.
            speech: of the session's language.
            back: whether the state accepts going back.
            cancel: whether the state accepts cancelling.
        """
        if speech is not self.speech:
            self.speech = speech
            for name, key in self.says.items():
                setattr(self, name, speech.text(key))
            self._name_scroll()
            self.spoken_anew()
        self.back_text = speech.text("session.button.back") if back else ""
        self.cancel_text = speech.text("session.button.cancel") if cancel else ""
        self.view = view
        self.actions.countdown.show(view.time_left_s if self.leaves_by_itself else None, speech)
        self.show(view)

    def spoken_anew(self) -> None:
        """The language changed; for texts that `says` cannot name."""

    def show(self, view: View) -> None:
        """Draw what changes with the state."""

    def warm(self) -> bool:
        """Make something ahead while nobody waits; whether there is more to make."""
        return False

    def to_top(self) -> None:
        """Show the beginning of what is higher than its room: somebody else may have scrolled."""
        body = self.ids.get("body") or self.ids.get("scroll")
        if body is not None:
            body.to_top()

    def left(self) -> None:
        """The screen is no longer shown: stop moving, forget what was personal."""

    def text(self, key: str, **values: str | int) -> str:
        """A message in the language of the session."""
        assert self.speech is not None, "a screen speaks only after it was presented"
        return self.speech.text(key, **values)

    def tell_trouble(self, key: str) -> None:
        """Draw what went wrong: the messages `<key>.title` and `<key>.body`; nothing if empty."""
        self.trouble_title = self.text(f"{key}.title") if key else ""
        self.trouble_body = self.text(f"{key}.body") if key else ""

    def report(self, event: object) -> None:
        """Tell the machine what the person did."""
        self.tools.report(event)

    def report_main(self) -> None:
        """The main button was touched."""

    def report_second(self) -> None:
        """The second button was touched."""

    def report_back(self) -> None:
        """The back button was touched."""
        self.report(BackAsked())

    def report_cancel(self) -> None:
        """The cancel button was touched."""
        self.report(CancelAsked())


kv.load(__file__)
