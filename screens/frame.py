"""What surrounds every screen: marks, header, progress, footer, and the layer for questions."""

from typing import Any

from kivy.properties import BooleanProperty, ObjectProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout
from kivy.uix.floatlayout import FloatLayout
from kivy.uix.widget import Widget

from kiosk.flows.session import (
    HelpAsked,
    HighContrastToggled,
    LanguageAsked,
    LargeTypeToggled,
    Session,
)
from kiosk.locale import Speech
from kiosk.runtime.view import MachineFacts
from screens import kv
from screens.gallery import Banner, Place
from screens.widgets import buttons, header, progress  # noqa: F401 - named in frame.kv

STAFF_HOLD_S = 5.0
"""A finger that stays so long on the mark of the header asks for the staff's screens."""


class Footer(BoxLayout):
    """Language, large type, high contrast, help: the same place on every screen."""

    frame = ObjectProperty(None, rebind=True)


class Frame(FloatLayout):
    """The whole window.

    Args:
        report: given the events of the footer.
        banner: what the header says.
    """

    language_text = StringProperty("")
    large_text = StringProperty("")
    contrast_text = StringProperty("")
    help_text = StringProperty("")
    helpful = BooleanProperty(True)

    def __init__(self, report: Any, banner: Banner, **kwargs: Any) -> None:
        self.report = report
        self._banner = banner
        self._drawn: tuple[Any, ...] = ()
        super().__init__(**kwargs)

    def draw(self, machine: MachineFacts, session: Session, speech: Speech) -> None:
        """Draw what the machine itself has to say.

        Args:
            machine: facts about it.
            session: of the person.
            speech: of the session's language.
        """
        drawn = (machine, session.language, session.look)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        ids, text = self.ids, speech.text
        language = session.language.value
        ids.band.text = text("app.mark.simulated") if machine.simulated else ""
        ids.header.hall = machine.hall_names.get(language, machine.hall_names.get("zh_CN", ""))
        ids.header.service = text(self._banner.service)
        ids.header.clock = speech.time(machine.now)
        ids.header.day = speech.date(machine.today)
        ids.notice.text = text(self._banner.central_away) if machine.central_away else ""
        ids.header.yields = machine.central_away
        self.language_text = text("app.footer.language")
        self.large_text = text("session.button.large_type")
        self.contrast_text = text("session.button.high_contrast")
        self.help_text = text("session.button.help")

    def set_progress(self, place: Place, speech: Speech) -> None:
        """Show how far the person is.

        Args:
            place: the present step; the bar is hidden where there is none.
            speech: names the steps.
        """
        self.ids.progress.names = [speech.text(f"app.progress.{name}") for name in place.steps]
        self.ids.progress.step = place.step
        self.ids.progress.part = place.part

    def put(self, screen: Widget) -> None:
        """Place a screen on the stage; the one before is taken off."""
        stage = self.ids.stage
        if stage.children != [screen]:
            stage.clear_widgets()
            stage.add_widget(screen)

    def cover(self, overlay: Widget | None) -> bool:
        """Lay a question over everything but the mark of simulation, or take it away.

        Returns:
            Whether it has just been laid.
        """
        layer = self.ids.layer
        wanted = [] if overlay is None else [overlay]
        if layer.children == wanted:
            return False
        layer.clear_widgets()
        for one in wanted:
            layer.add_widget(one)
        return bool(wanted)

    @property
    def covered(self) -> bool:
        """Whether a question lies over the screen."""
        return bool(self.ids.layer.children)

    def on_touch_down(self, touch: Any) -> bool:
        """Remember a finger on the mark; whatever lies there is touched all the same."""
        if self.ids.header.ids.mark.collide_point(*touch.pos):
            touch.grab(self)
        return bool(super().on_touch_down(touch))

    def on_touch_up(self, touch: Any) -> bool:
        """A finger leaves the mark, or something else is let go."""
        if touch.grab_current is not self:
            return bool(super().on_touch_up(touch))
        touch.ungrab(self)
        if self.ids.header.ids.mark.collide_point(*touch.pos):
            # Not every source of touches tells when one ended.
            self.held(max(touch.time_end, touch.time_update) - touch.time_start)
        return True

    def held(self, seconds: float) -> None:
        """A finger stayed on the mark; what it means is for the flow to say."""
        if seconds >= STAFF_HOLD_S:
            # Nobody waits for staff's words when a window opens.
            from kiosk.flows.maintenance.events import MaintenanceAsked  # noqa: PLC0415 - staff wait
            from kiosk.flows.maintenance.states import Door  # noqa: PLC0415 - staff wait

            self.report(MaintenanceAsked(Door.TOUCH))

    def report_language(self) -> None:
        """Language was touched."""
        self.report(LanguageAsked())

    def report_large(self) -> None:
        """Large type was touched."""
        self.report(LargeTypeToggled())

    def report_contrast(self) -> None:
        """High contrast was touched."""
        self.report(HighContrastToggled())

    def report_help(self) -> None:
        """Help was touched."""
        self.report(HelpAsked())


kv.load(__file__)
