"""What lies over a screen: idle warning, cancel question, help, languages."""

from collections.abc import Callable
from typing import Any

from kivy.animation import Animation
from kivy.properties import NumericProperty, StringProperty
from kivy.uix.floatlayout import FloatLayout

from kiosk.flows.session import (
    CancelConfirmed,
    CancelQuestion,
    HelpPage,
    IdleWarning,
    Language,
    LanguageChoice,
    LanguageChosen,
    MoreTimeAsked,
    Overlay,
    OverlayClosed,
    Stake,
)
from kiosk.locale import Speech
from screens import kv
from screens.theme import FADE_S
from screens.widgets import buttons, icon, panel, scroll  # noqa: F401 - named in overlays.kv
from screens.widgets.buttons import OptionButton
from screens.widgets.words import Words

_IDLE = {Stake.ANSWERS: "session.idle.body", Stake.CARD: "session.idle.card"}
_CANCEL = {
    Stake.ANSWERS: ("session.cancel.body", "session.cancel.yes"),
    Stake.CARD: ("session.cancel.card", "session.cancel.card_back"),
}


class Cover(FloatLayout):
    """A card over a darkened screen; touches beside it go nowhere.

    Args:
        report: given what the person answers.
    """

    title = StringProperty("")
    body = StringProperty("")
    main_text = StringProperty("")
    second_text = StringProperty("")

    def __init__(self, report: Callable[[object], None], **kwargs: Any) -> None:
        self.report = report
        super().__init__(**kwargs)

    def show(self, overlay: Any, speech: Speech, language: Language) -> None:
        """Draw the overlay in a language."""

    def appear(self) -> None:
        """Fade in."""
        self.opacity = 0
        Animation(opacity=1, duration=FADE_S).start(self)

    def on_touch_down(self, touch: Any) -> bool:
        """Let nothing through to the screen below."""
        if not super().on_touch_down(touch):
            self.touched_beside()
        return True

    def touched_beside(self) -> None:
        """The person touched something that is no button."""


class IdleCover(Cover):
    """Are you still there? With the seconds that are left."""

    seconds = NumericProperty(0)

    def show(self, overlay: IdleWarning, speech: Speech, language: Language) -> None:
        """Draw the seconds."""
        del language
        self.seconds = overlay.seconds_left
        self.title = speech.text("session.idle.title")
        self.body = speech.text(_IDLE[overlay.stake], n=overlay.seconds_left)
        self.main_text = speech.text("session.idle.more_time")
        self.second_text = speech.text("session.idle.end_now")

    def touched_beside(self) -> None:
        """Whoever touches is still there."""
        self.report(MoreTimeAsked())

    def report_main(self) -> None:
        """More time."""
        self.report(MoreTimeAsked())

    def report_second(self) -> None:
        """End now."""
        self.report(CancelConfirmed())


class CancelCover(Cover):
    """Do you want to stop?"""

    def show(self, overlay: CancelQuestion, speech: Speech, language: Language) -> None:
        """Ask."""
        del language
        body, confirm = _CANCEL[overlay.stake]
        self.title = speech.text("session.cancel.title")
        self.body = speech.text(body)
        self.main_text = speech.text("session.cancel.no")
        self.second_text = speech.text(confirm)

    def report_main(self) -> None:
        """Go on."""
        self.report(OverlayClosed())

    def report_second(self) -> None:
        """Stop."""
        self.report(CancelConfirmed())


class HelpCover(Cover):
    """Help for the screen below."""

    def __init__(self, report: Callable[[object], None], **kwargs: Any) -> None:
        super().__init__(report, **kwargs)
        self._words = Words(role="body")
        self.ids.scroll.hold(self._words)

    def show(self, overlay: HelpPage, speech: Speech, language: Language) -> None:
        """Say what the topic says."""
        del language
        self.title = speech.text(f"help.{overlay.topic}.title")
        self._words.text = speech.text(f"help.{overlay.topic}.body")
        self.ids.scroll.up_text = speech.text("app.scroll.up")
        self.ids.scroll.down_text = speech.text("app.scroll.down")
        self.main_text = speech.text("session.button.close")

    def report_main(self) -> None:
        """Back to the screen."""
        self.report(OverlayClosed())


class LanguageCover(Cover):
    """The languages, each in its own words."""

    def __init__(self, report: Callable[[object], None], **kwargs: Any) -> None:
        super().__init__(report, **kwargs)
        self._options: dict[Language, OptionButton] = {}
        for language in Language:
            option = OptionButton(name=f"language_{language.value}")
            option.bind(on_release=lambda _b, chosen=language: report(LanguageChosen(chosen)))
            self._options[language] = option
            self.ids.options.add_widget(option)

    def show(self, overlay: LanguageChoice, speech: Speech, language: Language) -> None:
        """Mark the language in use."""
        del overlay
        self.title = speech.text("session.language.title")
        self.main_text = speech.text("session.button.close")
        for one, option in self._options.items():
            option.text = speech.text(f"session.language.{one.value}")
            option.chosen = one == language

    def report_main(self) -> None:
        """Keep the language."""
        self.report(OverlayClosed())


COVERS: dict[type[Overlay], type[Cover]] = {
    IdleWarning: IdleCover,
    CancelQuestion: CancelCover,
    HelpPage: HelpCover,
    LanguageChoice: LanguageCover,
}
"""Every overlay and what draws it."""


kv.load(__file__)
