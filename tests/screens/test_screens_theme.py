"""Colours that can be read, sizes that a finger and an eye can find."""

from typing import Any

import pytest

from kiosk.flows.session import Language, Look
from screens.palette import CALM, SHAPE_PAIRS, STRONG, TEXT_PAIRS, Palette, contrast

PALETTES = pytest.mark.parametrize("palette", [CALM, STRONG], ids=["calm", "strong"])


@PALETTES
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_text_stands_out_from_its_ground(palette: Palette, text: str, ground: str) -> None:
    assert contrast(getattr(palette, text), getattr(palette, ground)) >= 4.5


@PALETTES
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_outlines_of_what_is_touched_can_be_seen(palette: Palette, shape: str, ground: str) -> None:
    assert contrast(getattr(palette, shape), getattr(palette, ground)) >= 3


def test_contrast_is_that_of_the_standard() -> None:
    white, black, grey = (1, 1, 1, 1), (0, 0, 0, 1), (118 / 255, 118 / 255, 118 / 255, 1)
    assert contrast(white, black) == pytest.approx(21)
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)


def _look(**sizes: float) -> Any:
    from screens.theme import Look as ScreenLook

    return ScreenLook(**sizes)


@pytest.mark.parametrize("width_px", [540, 1080, 2160])
@pytest.mark.parametrize("panel_mm", [200.0, 336.0, 600.0])
@pytest.mark.parametrize("large", [False, True])
def test_no_panel_makes_type_or_targets_too_small(
    width_px: int, panel_mm: float, large: bool
) -> None:
    from screens.theme import CAPITAL_OF_EM, TYPE_SCALE

    look = _look(window_width_px=width_px, panel_width_mm=panel_mm)
    look.wear(Language.EN, Look(large_type=large))
    for role in TYPE_SCALE:
        capital_mm = look.size(role) * CAPITAL_OF_EM / look.mm
        assert capital_mm >= (9 if large else 6) - 0.01, role
    assert look.side(1) / look.mm >= (20 if large else 15) - 0.01
    assert look.gap / look.mm >= 3 - 0.01


def test_each_language_has_its_own_shapes_of_characters() -> None:
    look = _look()
    look.wear(Language.ZH_HANT, Look())
    assert look.font == "UI-tc"
    look.wear(Language.ZH_CN, Look())
    assert look.font == "UI-sc"


def test_both_modes_go_back() -> None:
    look = _look()
    before = (look.scale, list(look.bg), look.target)
    look.wear(Language.ZH_CN, Look(large_type=True, high_contrast=True))
    assert (look.scale, list(look.bg), look.target) != before
    look.wear(Language.ZH_CN, Look())
    assert (look.scale, list(look.bg), look.target) == before
