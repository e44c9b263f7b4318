"""What is wrong with a screen, measured on its real widgets."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

from kivy.uix.behaviors import ButtonBehavior
from kivy.uix.label import Label
from kivy.uix.stencilview import StencilView

from screens.theme import CAPITAL_LARGE_MM, CAPITAL_MM, CAPITAL_OF_EM, GAP_MM

ROUNDING_PX = 1.5
Box = tuple[float, float, float, float]


def mistakes(seen: Iterable[Any], look: Any, window: tuple[float, float]) -> Iterator[str]:
    """Every mistake among the widgets that can be seen.

    Args:
        seen: widgets, as `Person.widgets` gives them.
        look: how everything looks now.
        window: size in pixels.
    """
    widgets = list(seen)
    labels = [one for one in widgets if isinstance(one, Label) and one.text.strip()]
    for label in labels:
        yield from _text_mistakes(label, look, window)
    targets = [one for one in widgets if isinstance(one, ButtonBehavior) and not one.disabled]
    for target in targets:
        if min(target.size) < look.target - ROUNDING_PX:
            yield f"too small to touch: {_said(target)} {_mm(target.size, look)}"
    for one, other in combinations([t for t in targets if not _clipped(t)], 2):
        gap = _gap(_box(one), _box(other))
        if _root(one) is _root(other) and gap < GAP_MM * look.mm - ROUNDING_PX:
            yield f"too close: {_said(one)} and {_said(other)}, {gap / look.mm:.1f} mm"


def _text_mistakes(label: Any, look: Any, window: tuple[float, float]) -> Iterator[str]:
    width, height = label.texture_size
    if width > label.width + ROUNDING_PX and height > 0:
        yield f"wider than its box: {label.text!r} {width} > {label.width:.0f}"
    if height > label.height + ROUNDING_PX and getattr(label, "role", "") != "number":
        yield f"higher than its box: {label.text!r} {height} > {label.height:.0f}"
    floor_mm = CAPITAL_LARGE_MM if look.large else CAPITAL_MM
    role = getattr(label, "tone", "")
    if label.font_size * CAPITAL_OF_EM / look.mm < floor_mm - 0.05 and role not in KEY_TONES:
        yield f"too small to read: {label.text!r}"
    left, bottom, right, top = _box(label)
    if left < -ROUNDING_PX or right > window[0] + ROUNDING_PX:
        yield f"outside the window: {label.text!r}"
    if not _clipped(label) and (bottom < -ROUNDING_PX or top > window[1] + ROUNDING_PX):
        yield f"outside the window: {label.text!r}"
    button = _button_of(label)
    if button is not None and not _inside(_box(label), _box(button)):
        yield f"runs over its button: {label.text!r}"


KEY_TONES = frozenset({"word"})
"""Keys that carry a word shrink it to their width; the character keys never do."""


def _box(widget: Any) -> Box:
    left, bottom = widget.to_window(widget.x, widget.y)
    return left, bottom, left + widget.width, bottom + widget.height


def _inside(inner: Box, outer: Box) -> bool:
    return (
        inner[0] >= outer[0] - ROUNDING_PX
        and inner[1] >= outer[1] - ROUNDING_PX
        and inner[2] <= outer[2] + ROUNDING_PX
        and inner[3] <= outer[3] + ROUNDING_PX
    )


def _gap(one: Box, other: Box) -> float:
    across = max(one[0], other[0]) - min(one[2], other[2])
    up = max(one[1], other[1]) - min(one[3], other[3])
    return max(across, up)


def _ancestors(widget: Any) -> Iterator[Any]:
    while widget.parent is not None and widget.parent is not widget:
        widget = widget.parent
        yield widget


def _clipped(widget: Any) -> bool:
    """Whether a scroll cuts off a part of it."""
    return any(
        isinstance(one, StencilView) and not _inside(_box(widget), _box(one))
        for one in _ancestors(widget)
    )


def _root(widget: Any) -> Any:
    """The overlay or the frame it belongs to: what lies below an overlay is not touched."""
    from screens.overlays import Cover

    return next((one for one in _ancestors(widget) if isinstance(one, Cover)), None)


def _button_of(label: Any) -> Any | None:
    if isinstance(label, ButtonBehavior):
        return None
    return next((one for one in _ancestors(label) if isinstance(one, ButtonBehavior)), None)


def _said(widget: Any) -> str:
    return repr(getattr(widget, "text", "") or getattr(widget, "name", "") or type(widget).__name__)


def _mm(size: Iterable[float], look: Any) -> str:
    return " x ".join(f"{side / look.mm:.1f}" for side in size) + " mm"
