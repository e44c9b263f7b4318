"""Charts as SVG, drawn once for the same figures: drawing costs more than all of a page."""

import re
import sys
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

_SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
WIDTH, HEIGHT = 780, 320
_TYPE_PX = 17
"""pages show a chart at three quarters of its size"""
_FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
_LEVEL_COLOURS = ("#0a5a66", "#5b9aa0", "#b9d3d2", "#e09a3e", "#a32020")


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one layer of bars.

    Args:
        name: in the reader's language.
        values: one per label; None where there is nothing.
    """

    name: str
    values: tuple[float | None, ...]


@lru_cache(maxsize=64)
def layers(labels: tuple[str, ...], series: tuple[Series, ...], shown: int) -> bytes:
    """Bars in layers, best level at the bottom.

    Args:
        labels: along the bottom.
        series: the five levels.
        shown: every so many labels are written.
    """
    chart = _library().StackedBar(**_frame(_LEVEL_COLOURS), legend_at_bottom=True)
    return _drawn(chart, labels, series, shown)


@lru_cache(maxsize=64)
def line(labels: tuple[str, ...], series: Series, shown: int) -> bytes:
    """A line of percentages from the least of them up to 100."""
    least = min((value for value in series.values if value is not None), default=0)
    floor = max(0, int(least) // 10 * 10 - 5)
    chart = _library().Line(
        **_frame(("#0a5a66",), stroke_width="3"),
        show_legend=False,
        dots_size=4,
        range=(floor, 100),
        show_minor_x_labels=False,
    )
    step = max(1, (100 - floor) // 5)
    chart.y_labels = list(range(floor, 101, step))
    return _drawn(chart, labels, (series,), shown)


@lru_cache(maxsize=64)
def bars(series: tuple[Series, ...]) -> bytes:
    """Lying bars, one per series, longest on top."""
    chart = _library().HorizontalBar(**_frame(("#0a5a66",)), show_legend=False, show_x_guides=False)
    chart.x_labels = [f"{one.name}  {one.values[0]:g}" for one in reversed(series)]
    chart.add("", [one.values[0] for one in reversed(series)])
    return _svg(chart)


@cache
def _library() -> Any:
    """The library, once; a server that draws nothing starts without it."""
    import pygal  # noqa: PLC0415 - a server that draws nothing starts without it
    import pygal.style  # noqa: PLC0415 - a server that draws nothing starts without it

    # Its finder for plugins speaks an old protocol, and every import that finds nothing warns.
    sys.meta_path[:] = [one for one in sys.meta_path if hasattr(one, "find_spec")]
    return pygal


def _svg(chart: Any) -> bytes:
    # The library leaves its settings behind as a script even where it is told to use none.
    return _SCRIPT.sub("", str(chart.render())).encode()


def _drawn(chart: Any, labels: tuple[str, ...], series: tuple[Series, ...], shown: int) -> bytes:
    chart.x_labels = labels
    chart.x_labels_major = labels[::shown]
    chart.show_minor_x_labels = False
    for one in series:
        chart.add(one.name, list(one.values))
    return _svg(chart)


def _frame(colours: tuple[str, ...], **style_of_its_own: str) -> dict[str, object]:
    style = _library().style.Style(
        background="transparent",
        plot_background="transparent",
        foreground="#4b5c64",
        foreground_strong="#12262f",
        foreground_subtle="#ddd6c7",
        colors=colours,
        font_family=_FONT,
        label_font_size=_TYPE_PX,
        major_label_font_size=_TYPE_PX,
        legend_font_size=_TYPE_PX,
        value_font_size=_TYPE_PX,
        opacity="1",
        stroke_opacity="1",
        guide_stroke_color="#ddd6c7",
        guide_stroke_dasharray="0",
        major_guide_stroke_color="#ddd6c7",
        major_guide_stroke_dasharray="0",
        **style_of_its_own,
    )
    return {
        "style": style,
        "width": WIDTH,
        "height": HEIGHT,
        "js": [],
        "disable_xml_declaration": True,
        "margin": 6,
        "max_scale": 6,
        "spacing": 8,
        "truncate_label": -1,
        "truncate_legend": -1,
        "no_data_text": "",
        "tooltip_border_radius": 4,
    }
