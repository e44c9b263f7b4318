"""The two sets of colours; every pair that carries text keeps 4.5:1 (WCAG, MIIT 2021)."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

Rgba = tuple[float, float, float, float]


def _hex(code: str, alpha: float = 1.0) -> Rgba:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (0, 2, 4))
    return red, green, blue, alpha


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they are for.

    Args:
        bg: the paper everything lies on.
        surface: cards.
        sunken: bars, tags and anything that steps back.
        ink: text.
        ink_soft: text that explains.
        line: hair lines that only please.
        edge: outlines that show where to touch, 3:1.
        accent: the main action.
        accent_ink: text on it.
        accent_down: the main action under a finger.
        accent_soft: a chosen option.
        header: the top bar.
        header_ink: text on it.
        header_soft: quieter text on it.
        focus: the outline of what is being typed into.
        warn: attention.
        warn_soft: its ground.
        bad: something to mend.
        bad_soft: its ground.
        good: done.
        good_soft: its ground.
        key: keys of a keyboard.
        key_ink: text on them.
        key_down: a key under a finger.
        veil: what darkens the screen under a question.
    """

    bg: Rgba
    surface: Rgba
    sunken: Rgba
    ink: Rgba
    ink_soft: Rgba
    line: Rgba
    edge: Rgba
    accent: Rgba
    accent_ink: Rgba
    accent_down: Rgba
    accent_soft: Rgba
    header: Rgba
    header_ink: Rgba
    header_soft: Rgba
    focus: Rgba
    warn: Rgba
    warn_soft: Rgba
    bad: Rgba
    bad_soft: Rgba
    good: Rgba
    good_soft: Rgba
    key: Rgba
    key_ink: Rgba
    key_down: Rgba
    veil: Rgba

    def items(self) -> Iterator[tuple[str, Rgba]]:
        """Names and colours."""
        return ((one.name, getattr(self, one.name)) for one in fields(self))


CALM = Palette(
    bg=_hex("F7F4ED"),
    surface=_hex("FFFFFF"),
    sunken=_hex("EDE8DC"),
    ink=_hex("12262F"),
    ink_soft=_hex("4B5C64"),
    line=_hex("DDD6C7"),
    edge=_hex("76878D"),
    accent=_hex("0A5A66"),
    accent_ink=_hex("FFFFFF"),
    accent_down=_hex("07424B"),
    accent_soft=_hex("DCECEB"),
    header=_hex("0B3540"),
    header_ink=_hex("FFFFFF"),
    header_soft=_hex("C4D8DA"),
    focus=_hex("C2590C"),
    warn=_hex("7A4A00"),
    warn_soft=_hex("FCEBC6"),
    bad=_hex("A32020"),
    bad_soft=_hex("FBE4E0"),
    good=_hex("1D6A3B"),
    good_soft=_hex("DDF0E2"),
    key=_hex("FFFFFF"),
    key_ink=_hex("12262F"),
    key_down=_hex("CFE3E2"),
    veil=_hex("0B2027", 0.62),
)
"""Deep teal ink on warm paper."""

STRONG = Palette(
    bg=_hex("000000"),
    surface=_hex("000000"),
    sunken=_hex("1C1C1C"),
    ink=_hex("FFFFFF"),
    ink_soft=_hex("F0F0F0"),
    line=_hex("9A9A9A"),
    edge=_hex("FFFFFF"),
    accent=_hex("FFD60A"),
    accent_ink=_hex("000000"),
    accent_down=_hex("FFF0A0"),
    accent_soft=_hex("3A3000"),
    header=_hex("000000"),
    header_ink=_hex("FFFFFF"),
    header_soft=_hex("FFD60A"),
    focus=_hex("39E6FF"),
    warn=_hex("FFD60A"),
    warn_soft=_hex("2B2400"),
    bad=_hex("FF9E94"),
    bad_soft=_hex("3A0D08"),
    good=_hex("86F0A3"),
    good_soft=_hex("08280F"),
    key=_hex("1C1C1C"),
    key_ink=_hex("FFFFFF"),
    key_down=_hex("5A5200"),
    veil=_hex("000000", 0.8),
)
"""High contrast: white and yellow on black, outlines everywhere."""

TEXT_PAIRS = (
    ("ink", "bg"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "accent_soft"),
    ("ink_soft", "bg"),
    ("ink_soft", "surface"),
    ("ink_soft", "sunken"),
    ("ink_soft", "accent_soft"),
    ("accent", "bg"),
    ("accent", "surface"),
    ("accent_ink", "accent"),
    ("accent_ink", "accent_down"),
    ("header_ink", "header"),
    ("header_soft", "header"),
    ("warn", "warn_soft"),
    ("ink", "warn_soft"),
    ("bad", "surface"),
    ("bad", "bad_soft"),
    ("ink", "bad_soft"),
    ("good", "surface"),
    ("good", "good_soft"),
    ("key_ink", "key"),
    ("key_ink", "key_down"),
)
"""Which text stands on which ground."""

SHAPE_PAIRS = (("edge", "bg"), ("edge", "surface"), ("focus", "bg"), ("focus", "surface"))
"""Outlines that show where to touch: 3:1."""


def contrast(one: Rgba, other: Rgba) -> float:
    """The WCAG 2 contrast ratio of two opaque colours, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgba) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in colour[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
