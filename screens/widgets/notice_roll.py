"""Notices told one after the other; what is longer than its room is told in parts."""

from collections.abc import Sequence
from dataclasses import dataclass

from kivy.properties import OptionProperty, StringProperty
from kivy.uix.boxlayout import BoxLayout

from screens import kv
from screens.widgets import words  # noqa: F401 - named in notice_roll.kv


@dataclass(frozen=True, slots=True)
class Told:
    """What is told at once if there is room.

    Args:
        heading: empty for a plain sentence.
        text: may have line breaks; empty where the heading says everything.
        as_of: from when it is, empty for what holds now.
    """

    heading: str
    text: str
    as_of: str = ""


class NoticeRoll(BoxLayout):
    """Tells from the beginning each time it gets something else to tell."""

    halign = OptionProperty("left", options=["left", "center"])
    heading = StringProperty("")
    lines = StringProperty("")
    foot = StringProperty("")
    """which part this is, and from when it is"""
    _all: tuple[Told, ...] = ()
    _at = 0
    _part = 0

    @property
    def notices(self) -> tuple[Told, ...]:
        """All that is told."""
        return self._all

    def tell(self, notices: Sequence[Told]) -> None:
        """Begin to tell, unless these are being told already."""
        if tuple(notices) != self._all:
            self._all = tuple(notices)
            self.restart()

    def restart(self) -> None:
        """Tell from the beginning."""
        self._at = 0
        self.told_anew()

    def told_anew(self) -> None:
        """The room has changed: tell the same notice from its beginning."""
        self._part = 0
        self._show()

    def turn(self) -> None:
        """Tell the next part, or the next notice."""
        if not self._all:
            return
        self._part += 1
        if self._part >= len(self.parts(self._all[self._at])):
            self._at = (self._at + 1) % len(self._all)
            self._part = 0
        self._show()

    def parts(self, told: Told) -> list[str]:
        """What is told at once, one after the other."""
        lines: list[str] = self.ids.lines.wrapped_lines(told.text)
        room_px = self.height - (self._px("heading", told.heading) if told.heading else 0)
        with_foot_px = room_px - self._px("foot", f"1/2   {told.as_of}")
        fit = self._fit(with_foot_px if told.as_of else room_px)
        if len(lines) > fit:
            fit = self._fit(with_foot_px)
        return ["\n".join(lines[i : i + fit]) for i in range(0, len(lines), fit)] or [""]

    def _show(self) -> None:
        if not self._all:
            return
        told = self._all[self._at]
        parts = self.parts(told)
        which = f"{self._part + 1}/{len(parts)}" if len(parts) > 1 else ""
        self.heading, self.lines = told.heading, parts[self._part]
        self.foot = "   ".join(one for one in (which, told.as_of) if one)

    def _px(self, name: str, text: str) -> float:
        """Height of one of the other texts, with the gap beside it."""
        label = self.ids[name]
        height_px: float = len(label.wrapped_lines(text)) * label.line_px + self.spacing
        return height_px

    def _fit(self, room_px: float) -> int:
        """How many lines there is room for; one at least, or nothing would ever be told."""
        return max(1, int(room_px // self.ids.lines.line_px))


kv.load(__file__)
