"""The window: its settings, the look, the bridge and the navigator. No rule of the errand."""

from collections.abc import Callable
from typing import Any, Protocol

from screens import window

# Kivy reads the window's settings while it is imported.
# isort: split
from kivy.app import App
from kivy.base import EventLoop, ExceptionManager, runTouchApp

from kiosk.flows.session import Touched
from kiosk.locale import Languages
from kiosk.runtime.view import View
from screens.bridge import Bridge
from screens.failures import Failures

TOUCHED_EVERY_S = 1.0
"""A touch restarts the idle time; telling so once a second is enough."""
REDRAW_EVERY_S = 60.0
"""The window is drawn anew now and then, should the display have lost its picture."""


class Panel(Protocol):
    """Size of the window and of the panel behind it; see `[screen]` of the configuration."""

    @property
    def width_px(self) -> int: ...  # noqa: D102 - told above
    @property
    def height_px(self) -> int: ...  # noqa: D102 - told above
    @property
    def panel_width_mm(self) -> float: ...  # noqa: D102 - told above
    @property
    def fullscreen(self) -> bool: ...  # noqa: D102 - told above


class WindowParts(Protocol):
    """What the machine hands to its window.

    Attributes:
        role: of the machine; decides which screens there are.
        screen: size of the window and of the panel.
        languages: all the machine has.
        report: given every event; must not block.
        offers: which shared actions a state accepts (`kiosk.flows.rules.offers`).
        text_input: the pinyin engine; asked for when a screen is built.
        new_visit_id: makes the id of a visit.
        listen: registers who is given every view, from any thread.
        whole: whether the machine stands; screens are built ahead for one that does.
    """

    @property
    def role(self) -> str: ...  # noqa: D102 - told above
    @property
    def screen(self) -> Panel: ...  # noqa: D102 - told above
    @property
    def languages(self) -> Languages: ...  # noqa: D102 - told above
    @property
    def report(self) -> Callable[[object], None]: ...  # noqa: D102 - told above
    @property
    def offers(self) -> Callable[[Any], Any]: ...  # noqa: D102 - told above
    @property
    def text_input(self) -> Any: ...  # noqa: D102 - told above
    @property
    def new_visit_id(self) -> Callable[[], str]: ...  # noqa: D102 - told above
    @property
    def listen(self) -> Callable[[Callable[[View], None]], None]: ...  # noqa: D102 - told above
    @property
    def whole(self) -> bool: ...  # noqa: D102 - told above


class KioskApp(App):
    """The window of one machine.

    Args:
        parts: what the machine hands over.
        motion: whether pictures move; off in tests and tours.
    """

    title = "Hall kiosk"
    use_kivy_settings = False

    def __init__(self, parts: WindowParts, *, motion: bool = True) -> None:
        window.prepare(
            parts.screen.width_px, parts.screen.height_px, fullscreen=parts.screen.fullscreen
        )
        super().__init__(kv_file="")
        self.parts = parts
        self.motion = motion
        self.bridge = Bridge(parts.report)
        self.navigator: Any = None
        self._failures = Failures()
        self._may_tell = True
        parts.listen(self.bridge.publish)

    @property
    def failures_seen(self) -> int:
        """How many errors in touches and timers were logged so far."""
        return self._failures.seen

    def load_kv(self, filename: str | None = None) -> bool:
        """No kv file of its own."""
        del filename
        return False

    def build(self) -> Any:
        """Make the frame; screens come when they are first needed."""
        from screens import stage  # noqa: PLC0415 - opens the window, whose size is known only now

        self.navigator = stage.build(self.parts, self.bridge, motion=self.motion)
        return self.navigator.frame

    def on_start(self) -> None:
        """Connect to the machine once the window stands."""
        glass = EventLoop.window
        glass.bind(on_touch_down=self._touched, on_request_close=_stay_open)
        ExceptionManager.add_handler(self._failures)
        self.bridge.connect(self.navigator.show, glass)
        self._stop_redraw = self.bridge.every(REDRAW_EVERY_S, glass.canvas.ask_update)

    def on_stop(self) -> None:
        """Let go of the machine."""
        self._stop_redraw()
        self.bridge.disconnect()
        EventLoop.window.unbind(on_touch_down=self._touched)
        ExceptionManager.remove_handler(self._failures)

    def open_settings(self, *_any: Any) -> bool:
        """A citizen finds no settings here."""
        return False

    def start_embedded(self) -> None:
        """Start without a loop of its own: whoever called turns `EventLoop.idle`."""
        self._run_prepare()
        runTouchApp(embedded=True)

    def end_embedded(self) -> None:
        """End what `start_embedded` began; another app may follow in the same process."""
        self.dispatch("on_stop")
        for child in list(EventLoop.window.children):
            EventLoop.window.remove_widget(child)
        EventLoop.stop()
        EventLoop.postproc_modules.clear()
        EventLoop.touches.clear()
        App._running_app = None  # noqa: SLF001 - Kivy has no other way to end an embedded app

    def _touched(self, *_touch: Any) -> bool:
        # Over a question, its own buttons tell: a mere touch would take the question away
        # before the finger has left "end now".
        if self._may_tell and not self.navigator.frame.covered:
            self._may_tell = False
            self.parts.report(Touched())
            self.bridge.later(TOUCHED_EVERY_S, self._tell_again)
        return False

    def _tell_again(self) -> None:
        self._may_tell = True


def _stay_open(*_window: Any, **_source: Any) -> bool:
    return True


def open_window(parts: WindowParts, *, motion: bool = True) -> KioskApp:
    """The machine's window; `run` blocks until it is closed, `start_embedded` does not."""
    return KioskApp(parts, motion=motion)
