"""Which screen draws which state; builds each at its first use and keeps it."""

import importlib
from collections.abc import Callable, Iterator
from typing import Any, Protocol, get_args

from kiosk.flows.session import Language, Overlay
from kiosk.locale import Languages
from kiosk.runtime.view import View
from screens.base import FlowScreen, Tools
from screens.frame import Frame
from screens.gallery import Gallery
from screens.theme import Look

OVERLAYS: tuple[type[Any], ...] = get_args(Overlay)
"""What may lie over a screen; drawn by `screens.overlays`, which is read when first needed."""

SPARE_TIME_S = 0.1
"""Pause between two screens that are built ahead, so that a touch always comes first."""


class Offers(Protocol):
    """Which of the shared actions a state accepts."""

    @property
    def back(self) -> bool:
        """Going back."""

    @property
    def cancel(self) -> bool:
        """Stopping the errand."""

    @property
    def help_topic(self) -> str:
        """Help, empty when there is none."""


class Parts(Protocol):
    """What a navigator needs of a machine."""

    @property
    def languages(self) -> Languages:
        """All it has."""

    @property
    def offers(self) -> Callable[[Any], Offers]:
        """Which of the shared actions a state accepts."""

    @property
    def whole(self) -> bool:
        """Whether it stands."""


class Navigator:
    """Draws views.

    Args:
        frame: what surrounds every screen.
        tools: handed to every screen.
        parts: of the machine: its languages, which shared actions a state accepts, so that only
            those are shown, and whether it stands, before which nothing is built ahead.
        gallery: the screens of its role.
        later: calls once on the main thread after some seconds.
    """

    def __init__(
        self,
        frame: Frame,
        tools: Tools,
        parts: Parts,
        gallery: Gallery,
        later: Callable[[float, Callable[[], object]], Callable[[], None]],
    ) -> None:
        self.frame = frame
        self._tools = tools
        self._parts = parts
        self._gallery = gallery
        self._later = later
        self._screens: dict[type[Any], FlowScreen] = {}
        self._covers: dict[type[Any], Any] = {}
        self._current: FlowScreen | None = None
        self._building = False

    @property
    def look(self) -> Look:
        """How everything looks now."""
        return self._tools.look

    def show(self, view: View) -> None:
        """Draw a view; on the main thread."""
        language = Language(view.session.language)
        speech = self._parts.languages.speech(language.value)
        self._tools.look.wear(language, view.session.look)
        self.frame.draw(view.machine, view.session, speech)
        offers = self._parts.offers(view.state)
        self.frame.helpful = bool(offers.help_topic)
        self.frame.set_progress(self._gallery.place(view.state), speech)
        screen = self.screen(type(view.state))
        if screen is not self._current:
            if self._current is not None:
                self._current.left()
            screen.to_top()
            self._current = screen
        screen.present(view, speech, back=offers.back, cancel=offers.cancel)
        self.frame.put(screen)
        self._cover(view)
        self._build_ahead()

    @property
    def drawn(self) -> View | None:
        """The view that the screen shows; None before the first."""
        return self._current.view if self._current else None

    def screen(self, state: type[Any]) -> FlowScreen:
        """The screen of a type of state, built when it is first asked for."""
        found = self._screens.get(state)
        if found is None:
            found = self._screens[state] = self._gallery.screen_class(state)(self._tools)
        return found

    def built(self) -> Iterator[FlowScreen]:
        """The screens that stand so far."""
        return iter(self._screens.values())

    def _cover(self, view: View) -> None:
        overlay = view.session.overlay
        if overlay is None:
            self.frame.cover(None)
            return
        cover = self._cover_for(type(overlay))
        language = Language(view.session.language)
        cover.show(overlay, self._parts.languages.speech(language.value), language)
        if self.frame.cover(cover) and self._tools.motion:
            cover.appear()

    def _cover_for(self, kind: type[Any]) -> Any:
        if kind not in self._covers:
            found = importlib.import_module("screens.overlays").COVERS[kind]
            self._covers[kind] = found(self._tools.report)
        return self._covers[kind]

    def _build_ahead(self) -> None:
        if self._parts.whole and not self._building:
            self._building = True
            self._later(SPARE_TIME_S * 4, self._build_next)

    def _build_next(self) -> None:
        missing = next((state for state in self._gallery if state not in self._screens), None)
        uncovered = next((kind for kind in OVERLAYS if kind not in self._covers), None)
        if missing is not None:
            self.screen(missing)
        elif uncovered is not None:
            self._cover_for(uncovered)
        elif not any(screen.warm() for screen in self._screens.values()):
            return
        self._later(SPARE_TIME_S, self._build_next)
