"""Keys a finger finds and an eye reads, in every language, size and contrast."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.locale import load, refuse
from tests.screens.keyboard_window import Finger, open_window

pytestmark = pytest.mark.window

LANGUAGES = load(Path(__file__).parents[2] / "locales", missing=refuse)
LOOKS = [
    ("zh_CN", False, False),
    ("zh_CN", True, True),
    ("en", False, True),
    ("en", True, False),
    ("zh_Hant", False, False),
    ("zh_Hant", True, False),
]
"""Language, large type, high contrast."""
RARE = "\U0002a84a"


class Syllables:
    """An engine with long and rare candidates."""

    def candidates(self, letters: str) -> list[str]:
        long = "中华人民共和国出入境管理局黄石市公安局出入境管理支队证件受理大厅"
        return [long, "黄石市", RARE, *(chr(0x9EC4 + place) for place in range(27))] * bool(letters)

    def choose(self, index: int) -> tuple[str, str]:
        return self.candidates("x")[index], ""

    def reset(self) -> None: ...
    def close(self) -> None: ...


@pytest.fixture(scope="module")
def finger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finger]:
    """A real window."""
    with open_window(tmp_path_factory.mktemp("fonts")) as opened:
        yield opened


@pytest.fixture(scope="module")
def keyboards(finger: Finger) -> dict[str, Any]:
    """One of each kind."""
    from screens.widgets.keyboard import LatinKeyboard
    from screens.widgets.number_pad import NumberPad
    from screens.widgets.pinyin_keyboard import PinyinKeyboard

    return {
        "digits": NumberPad(finger.look),
        "id": NumberPad(finger.look, letter_x=True),
        "latin": LatinKeyboard(finger.look, digits=True, hyphen=True, dot=True),
        "pinyin": PinyinKeyboard(finger.look, text_input=Syllables()),
    }


def keys_seen(widget: Any) -> list[Any]:
    from screens.widgets.keyboard import Key

    own = [widget] if isinstance(widget, Key) else []
    return own + [key for child in widget.children for key in keys_seen(child)]


@pytest.mark.parametrize(("language", "large", "contrast"), LOOKS)
@pytest.mark.parametrize("kind", ["digits", "id", "latin", "pinyin"])
def test_keys_are_large_apart_and_hold_their_words(
    finger: Finger, keyboards: dict[str, Any], kind: str, language: str, large: bool, contrast: bool
) -> None:
    finger.wear(language, large=large, contrast=contrast)
    keyboard = finger.show(keyboards[kind])
    keyboard.retranslate(LANGUAGES.speech(language))
    keyboard.open("", 0)
    if kind == "pinyin":
        finger.type(keyboard, "HS")
    finger.frames(6)
    if shots := os.environ.get("KIOSK_SHOTS"):
        Path(shots).mkdir(parents=True, exist_ok=True)
        name = f"keyboard-{kind}-{language}-{'large' * large}-{'contrast' * contrast}.png"
        finger.shot(Path(shots) / name)
    floor = (20 if large else 15) * finger.look.mm
    keys = keys_seen(keyboard)
    for key in keys:
        assert min(key.size) >= floor - 1, key.name
        assert key.texture_size[0] <= key.width, key.word
        assert key.texture_size[1] <= key.height + 8, key.word
        assert key.x >= key.parent.x - 1
        assert key.right <= key.parent.right + 1
        assert key.word
    gap = 3 * finger.look.mm
    for one, other in ((a, b) for a in keys for b in keys if a is not b):
        apart_x = max(one.x - other.right, other.x - one.right)
        apart_y = max(one.y - other.top, other.y - one.top)
        assert max(apart_x, apart_y) >= gap - 1, (one.name, other.name)


def test_a_key_under_the_finger_looks_pressed(finger: Finger, keyboards: dict[str, Any]) -> None:
    finger.wear("zh_CN")
    keyboard = finger.show(keyboards["latin"])
    for name in ("G", "delete", "done"):
        key = keyboard.keys[name]
        resting = list(key.ground)
        finger.down(key)
        assert list(key.ground) != resting
        finger.up(key)
        finger.frames(4)
        assert list(key.ground) == resting


def test_a_rare_character_is_drawn_from_a_font_that_has_it(
    finger: Finger, keyboards: dict[str, Any]
) -> None:
    finger.wear("zh_CN")
    keyboard = finger.show(keyboards["pinyin"])
    keyboard.open("", 0)
    finger.type(keyboard, "H")
    rare = next(key for key in keyboard.bar._pool if key.word == RARE)
    assert rare.text == f"[font=Rare-hanamin]{RARE}[/font]"
