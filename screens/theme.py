"""One look for everything: colours, type, space and the size of a fingertip."""

from kivy.event import EventDispatcher
from kivy.lang.builder import global_idmap
from kivy.properties import BooleanProperty, ColorProperty, NumericProperty, StringProperty

from kiosk.flows.session import Language
from kiosk.flows.session import Look as SessionLook
from screens.palette import CALM, STRONG

LARGE_SCALE = 1.4
"""How much text grows in large type."""
TARGET_MM = 15.0
"""Smallest side of anything to touch (ui facts 10)."""
TARGET_LARGE_MM = 20.0
"""The same in large type."""
GAP_MM = 3.0
"""Smallest distance between two things to touch."""
CAPITAL_MM = 6.0
"""Smallest height of a capital letter; 9 in large type."""
CAPITAL_LARGE_MM = 9.0
CAPITAL_OF_EM = 0.733
"""Height of a capital in Noto Sans CJK, in em."""
FADE_S = 0.12
"""Longest fade of anything that appears."""

DESIGN_WIDTH = 1080
"""All sizes are drawn for an upright panel this many units wide."""
DESIGN_WIDTH_WIDE = 1440
"""The same for a panel that lies: it is wider, but has far less height."""

TYPE_SCALE = {
    "caption": 31.0,
    "body": 36.0,
    "label": 40.0,
    "value": 46.0,
    "heading": 44.0,
    "title": 60.0,
    "display": 92.0,
    "number": 250.0,
}
"""Font sizes in design units, before large type."""

_GROWTH = {"title": 1.22, "display": 1.1, "number": 1.0}
"""What is large already grows less."""

FONTS = {Language.ZH_CN: "UI-sc", Language.EN: "UI-sc", Language.ZH_HANT: "UI-tc"}
"""Font family by language: the same character has other shapes in Taiwan."""


class Look(EventDispatcher):
    """How everything looks now. Widgets bind to its properties; a change redraws them all.

    Args:
        window_width_px: width of the window.
        panel_width_mm: width of the visible panel behind it.
        wide: whether the panel lies.
    """

    large = BooleanProperty(False)
    contrast = BooleanProperty(False)
    wide = BooleanProperty(False)
    """the panel lies: bars are low, buttons stand side by side"""
    scale = NumericProperty(1.0)
    u = NumericProperty(1.0)
    """pixels per design unit"""
    mm = NumericProperty(1.0)
    """pixels per millimetre of the panel"""
    font = StringProperty("UI-sc")
    target = NumericProperty(48.0)
    """smallest side of anything to touch, in pixels"""
    gap = NumericProperty(12.0)
    """between two things to touch, in pixels"""
    radius = NumericProperty(20.0)
    stroke = NumericProperty(2.0)

    bg = ColorProperty()
    surface = ColorProperty()
    sunken = ColorProperty()
    ink = ColorProperty()
    ink_soft = ColorProperty()
    line = ColorProperty()
    edge = ColorProperty()
    accent = ColorProperty()
    accent_ink = ColorProperty()
    accent_down = ColorProperty()
    accent_soft = ColorProperty()
    header = ColorProperty()
    header_ink = ColorProperty()
    header_soft = ColorProperty()
    focus = ColorProperty()
    warn = ColorProperty()
    warn_soft = ColorProperty()
    bad = ColorProperty()
    bad_soft = ColorProperty()
    good = ColorProperty()
    good_soft = ColorProperty()
    key = ColorProperty()
    key_ink = ColorProperty()
    key_down = ColorProperty()
    veil = ColorProperty()

    def __init__(
        self, window_width_px: float = 1080, panel_width_mm: float = 336, *, wide: bool = False
    ) -> None:
        super().__init__()
        self.wide = wide
        self.u = window_width_px / (DESIGN_WIDTH_WIDE if wide else DESIGN_WIDTH)
        self.mm = window_width_px / panel_width_mm
        self.wear(Language.ZH_CN, SessionLook())

    def wear(self, language: Language, wanted: SessionLook) -> None:
        """Take on what the session asks for.

        Args:
            language: decides the shapes of characters.
            wanted: large type, high contrast.
        """
        self.font = FONTS[language]
        self.large = wanted.large_type
        self.contrast = wanted.high_contrast
        self.scale = LARGE_SCALE if self.large else 1.0
        floor_mm = TARGET_LARGE_MM if self.large else TARGET_MM
        self.target = floor_mm * self.mm
        self.gap = max(16 * self.u, GAP_MM * self.mm)
        self.radius = 22 * self.u
        self.stroke = max(1.0, (4 if self.contrast else 2.6) * self.u)
        for name, colour in (STRONG if self.contrast else CALM).items():
            setattr(self, name, colour)

    def size(self, role: str, scale: float | None = None, u: float | None = None) -> float:
        """Font size of a role in pixels, never below the height a person can read.

        Args:
            role: a name of `TYPE_SCALE`.
            scale: named in kv so that the rule runs again when it changes; not needed otherwise.
            u: the same.
        """
        growth = _GROWTH.get(role, LARGE_SCALE) if self.large else 1.0
        capital_mm = CAPITAL_LARGE_MM if self.large else CAPITAL_MM
        floor = capital_mm * self.mm / CAPITAL_OF_EM
        return float(max(TYPE_SCALE[role] * growth * (u or self.u), floor))

    def side(self, units: float) -> float:
        """Height of something to touch: as drawn, grown with the type, never below the floor."""
        return float(max(units * self.u * (1.15 if self.large else 1.0), self.target))


def install(look: Look) -> None:
    """Make a look known to kv rules as `look`, before any rule is built."""
    global_idmap["look"] = look
