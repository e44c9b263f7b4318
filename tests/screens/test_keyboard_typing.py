"""Typing by touch: what lands in the text, and when."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.locale import load, refuse
from kiosk.text_input import TextInput
from kiosk.text_input.google import GoogleInput
from kiosk.text_input.name_bias import NameBias, read_words
from tests.screens.keyboard_window import Finger, open_window

pytestmark = pytest.mark.window

LANGUAGES = load(Path(__file__).parents[2] / "locales", missing=refuse)


@pytest.fixture(scope="module")
def finger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Finger]:
    """A real window."""
    with open_window(tmp_path_factory.mktemp("fonts")) as opened:
        yield opened


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextInput]:
    """A real engine."""
    opened = NameBias(GoogleInput(tmp_path_factory.mktemp("engine")), read_words())
    yield opened
    opened.close()


class Heard:
    """Who listens to a keyboard."""

    def __init__(self, keyboard: Any) -> None:
        self.values: list[str] = []
        self.done = 0
        keyboard.bind(on_value=lambda _keyboard, text: self.values.append(text))
        keyboard.bind(on_done=self._count)

    def _count(self, *_keyboard: Any) -> None:
        self.done += 1


@pytest.fixture
def pad(finger: Finger) -> Any:
    from screens.widgets.number_pad import NumberPad

    return finger.show(NumberPad(finger.look, LANGUAGES.speech("zh_CN"), letter_x=True))


@pytest.fixture
def latin(finger: Finger) -> Any:
    from screens.widgets.keyboard import LatinKeyboard

    speech = LANGUAGES.speech("en")
    return finger.show(LatinKeyboard(finger.look, speech, digits=True, hyphen=True, dot=True))


@pytest.fixture
def pinyin(finger: Finger, engine: TextInput) -> Any:
    from screens.widgets.pinyin_keyboard import PinyinKeyboard

    return finger.show(PinyinKeyboard(finger.look, LANGUAGES.speech("zh_CN"), engine))


def candidate(keyboard: Any, text: str) -> Any:
    """The key of a candidate that can be seen."""
    return next(key for key in keyboard.bar.ids.shelf.children if getattr(key, "word", "") == text)


def offered(keyboard: Any) -> list[str]:
    shelf = reversed(keyboard.bar.ids.shelf.children)
    return [key.word for key in shelf if getattr(key, "name", "").startswith("candidate")]


def test_each_digit_is_told_under_the_finger(finger: Finger, pad: Any) -> None:
    heard = Heard(pad)
    pad.open("", 18)
    finger.type(pad, "42X")
    finger.down(pad.keys["0"])
    assert pad.keys["0"].state == "down"
    assert heard.values == ["4", "42", "42X", "42X0"]
    finger.up(pad.keys["0"])
    finger.frames(4)
    assert pad.keys["0"].state == "normal"


def test_a_text_can_be_gone_on_with_shortened_and_cleared(finger: Finger, pad: Any) -> None:
    heard = Heard(pad)
    pad.open("138", 11)
    finger.tap(pad.keys["delete"])
    finger.tap(pad.keys["clear"])
    finger.tap(pad.keys["delete"])
    assert heard.values == ["13", ""]


def test_a_full_text_takes_no_more(finger: Finger, pad: Any) -> None:
    heard = Heard(pad)
    pad.open("12", 3)
    finger.type(pad, "345")
    assert heard.values == ["123"]
    assert pad.value == "123"


def test_done_is_told_when_the_finger_is_lifted_and_once(finger: Finger, pad: Any) -> None:
    heard = Heard(pad)
    finger.down(pad.keys["done"])
    assert heard.done == 0
    finger.up(pad.keys["done"])
    assert heard.done == 1
    assert heard.values == []


def test_a_finger_that_slides_off_done_has_not_finished(finger: Finger, pad: Any) -> None:
    heard = Heard(pad)
    finger.down(pad.keys["done"])
    finger.slide(pad.keys["1"])
    finger.up(pad.keys["1"])
    assert heard.done == 0
    assert heard.values == []


def test_nothing_is_remembered_after_closing(finger: Finger, pinyin: Any) -> None:
    pinyin.open("张", 10)
    finger.type(pinyin, "SAN")
    pinyin.close()
    assert pinyin.value == ""
    assert pinyin.bar.pending == ""
    assert all(key.word == key.text == "" for key in pinyin.bar._pool)


def test_capitals_digits_and_marks(finger: Finger, latin: Any) -> None:
    latin.open("", 0)
    finger.type(latin, "ZHANG")
    for name in ("space", "hyphen", "dot", "7"):
        finger.tap(latin.keys[name])
    assert latin.value == "ZHANG -.7"


def test_only_the_keys_asked_for_are_there(finger: Finger) -> None:
    from screens.widgets.keyboard import LatinKeyboard

    bare = finger.show(LatinKeyboard(finger.look, space=False))
    assert set(bare.keys) == set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") | {"delete", "done"}


def test_letters_wait_until_a_candidate_is_touched(finger: Finger, pinyin: Any) -> None:
    heard = Heard(pinyin)
    pinyin.open("", 30)
    finger.type(pinyin, "HUANGSHISHI")
    assert pinyin.bar.pending == "huangshishi"
    assert heard.values == []
    finger.tap(candidate(pinyin, "黄石市"))
    assert heard.values == ["黄石市"]
    assert pinyin.bar.pending == ""
    assert offered(pinyin) == []


def test_a_part_chosen_leaves_the_other_letters(finger: Finger, pinyin: Any) -> None:
    heard = Heard(pinyin)
    pinyin.open("", 30)
    finger.type(pinyin, "ZHANGSAN")
    finger.tap(candidate(pinyin, "张"))
    assert pinyin.bar.pending == "san"
    finger.tap(candidate(pinyin, "三"))
    assert heard.values == ["张", "张三"]


def test_space_takes_the_first_candidate(finger: Finger, pinyin: Any) -> None:
    pinyin.open("", 30)
    finger.type(pinyin, "HUBEI")
    finger.tap(pinyin.keys["space"])
    assert pinyin.value == "湖北"


def test_delete_takes_letters_first_then_text(finger: Finger, pinyin: Any) -> None:
    heard = Heard(pinyin)
    pinyin.open("湖北", 30)
    finger.type(pinyin, "WU")
    for _ in range(3):
        finger.tap(pinyin.keys["delete"])
    assert heard.values == ["湖"]


def test_the_separator_splits_syllables(finger: Finger, pinyin: Any) -> None:
    pinyin.open("", 30)
    finger.tap(pinyin.keys["split"])
    finger.type(pinyin, "XI")
    finger.tap(pinyin.keys["split"])
    finger.tap(pinyin.keys["split"])
    finger.type(pinyin, "AN")
    assert pinyin.bar.pending == "xi'an"
    assert offered(pinyin)[0] == "西安"


def test_digits_and_hyphens_close_the_letters_before_them(finger: Finger, pinyin: Any) -> None:
    pinyin.open("", 30)
    finger.type(pinyin, "WUHANLU")
    finger.type(pinyin, "12")
    finger.tap(pinyin.keys["hyphen"])
    finger.type(pinyin, "3HAO")
    finger.tap(pinyin.keys["done"])
    assert pinyin.value.startswith("武汉路12-3")
    assert len(pinyin.value) == len("武汉路12-3号")


def test_done_loses_no_letters(finger: Finger, pinyin: Any) -> None:
    heard = Heard(pinyin)
    pinyin.open("", 30)
    finger.type(pinyin, "HUBEI")
    finger.tap(pinyin.keys["done"])
    assert (heard.values, heard.done) == (["湖北"], 1)


def test_latin_letters_go_straight_in(finger: Finger, pinyin: Any) -> None:
    pinyin.open("", 30)
    finger.tap(pinyin.keys["mode"])
    assert pinyin.keys["mode"].word == "中文"
    finger.type(pinyin, "ABC")
    finger.tap(pinyin.keys["space"])
    finger.tap(pinyin.keys["mode"])
    finger.type(pinyin, "ZUO")
    assert pinyin.value == "ABC "
    assert pinyin.bar.pending == "zuo"


def test_letters_without_meaning_say_so_and_stay_letters(finger: Finger, pinyin: Any) -> None:
    pinyin.open("", 30)
    finger.type(pinyin, "VVV")
    assert pinyin.bar.hint == LANGUAGES.speech("zh_CN").text("keyboard.pinyin.none")
    finger.tap(pinyin.keys["space"])
    assert pinyin.value == "VVV"


def test_a_choice_beyond_the_limit_is_cut(finger: Finger, pinyin: Any) -> None:
    pinyin.open("中国", 4)
    finger.type(pinyin, "HUANGSHISHI")
    finger.tap(candidate(pinyin, "黄石市"))
    assert pinyin.value == "中国黄石"


def test_candidates_come_in_pages(finger: Finger, pinyin: Any) -> None:
    pinyin.open("", 30)
    finger.type(pinyin, "SHI")
    first = offered(pinyin)
    assert pinyin.bar.earlier.disabled
    seen = list(first)
    while not pinyin.bar.later.disabled:
        finger.tap(pinyin.bar.later)
        seen += offered(pinyin)
    assert len(seen) == len(set(seen)) == 30
    while not pinyin.bar.earlier.disabled:
        finger.tap(pinyin.bar.earlier)
    assert offered(pinyin) == first


def test_without_an_engine_letters_and_digits_work(finger: Finger) -> None:
    from screens.widgets.pinyin_keyboard import PinyinKeyboard

    speech = LANGUAGES.speech("en")
    keyboard = finger.show(PinyinKeyboard(finger.look, speech))
    keyboard.open("", 10)
    finger.type(keyboard, "A1")
    assert keyboard.value == "A1"
    assert keyboard.bar.hint == speech.text("keyboard.pinyin.absent")


def test_a_change_of_language_keeps_what_was_typed(finger: Finger, pinyin: Any) -> None:
    pinyin.open("湖", 30)
    finger.type(pinyin, "BEI")
    pinyin.retranslate(LANGUAGES.speech("en"))
    assert pinyin.keys["done"].word == "Done"
    assert (pinyin.value, pinyin.bar.pending) == ("湖", "bei")


def test_sentences_get_their_marks_while_no_letters_wait(finger: Finger, engine: TextInput) -> None:
    from screens.widgets.pinyin_keyboard import PinyinKeyboard

    speech = LANGUAGES.speech("zh_CN")
    prose = finger.show(PinyinKeyboard(finger.look, speech, engine, prose=True))
    heard = Heard(prose)
    for letter in "nihao":
        finger.tap(prose.keys[letter.upper()])
    assert "。" not in offered(prose)
    finger.tap(prose.keys["space"])
    finger.tap(candidate(prose, "。"))
    finger.tap(prose.keys["mode"])
    finger.tap(candidate(prose, "!"))
    assert heard.values[-1] == "你好。!"
