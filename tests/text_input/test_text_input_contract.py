"""What both pinyin engines promise, asked of each."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.text_input import TextInput
from kiosk.text_input.google import GoogleInput
from kiosk.text_input.name_bias import NameBias, read_words
from kiosk.text_input.rime import RimeInput

Opens = Callable[[Path], TextInput]


@pytest.fixture(scope="module", params=[RimeInput, GoogleInput], ids=["rime", "google"])
def opens(request: pytest.FixtureRequest) -> Opens:
    """How an engine is opened."""
    return request.param


@pytest.fixture(scope="module")
def memory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where private folders lie."""
    return tmp_path_factory.mktemp("memory")


@pytest.fixture(scope="module")
def engine(opens: Opens, memory: Path) -> Iterator[TextInput]:
    """One open engine behind the names of the hall."""
    opened = NameBias(opens(memory), read_words())
    yield opened
    opened.close()
    assert list(memory.iterdir()) == []


@pytest.mark.parametrize(
    ("letters", "text"),
    [
        ("huangshishi", "黄石市"),
        ("huang'shi'shi", "黄石市"),
        ("zhangsan", "张三"),
        ("xi'an", "西安"),
        ("lvse", "绿色"),
        ("lve", "略"),
        ("gongwuyuan", "公务员"),
        ("churujing", "出入境"),
        ("zhonghuarenmingongheguo", "中华人民共和国"),
        ("tuanchengshan", "团城山"),
    ],
)
def test_the_text_meant_is_among_the_first(engine: TextInput, letters: str, text: str) -> None:
    assert text in engine.candidates(letters)[:3]


def test_capitals_are_letters_too(engine: TextInput) -> None:
    assert engine.candidates("HuangShiShi") == engine.candidates("huangshishi")


def test_a_part_can_be_chosen_and_the_rest_goes_on(engine: TextInput) -> None:
    found = engine.candidates("zhangsan")
    assert engine.choose(found.index("张")) == ("张", "san")
    found = engine.candidates("san")
    assert engine.choose(found.index("三")) == ("三", "")


def test_the_rest_keeps_its_separators(engine: TextInput) -> None:
    found = engine.candidates("huang'shi'shi")
    assert engine.choose(found.index("黄")) == ("黄", "shi'shi")


def test_the_rest_keeps_its_v(engine: TextInput) -> None:
    found = engine.candidates("xiaolvse")
    assert engine.choose(found.index("小")) == ("小", "lvse")


@pytest.mark.parametrize("letters", ["shi", "yi", "z", "sh", "zhh"])
def test_there_are_at_most_thirty(engine: TextInput, letters: str) -> None:
    found = engine.candidates(letters)
    assert 1 < len(found) <= 30
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("letters", ["", "'", "''''", "vvv", "123", "张", " ", "!?"])
def test_letters_that_mean_nothing_give_nothing(engine: TextInput, letters: str) -> None:
    assert engine.candidates(letters) == []


def test_what_is_not_there_cannot_be_chosen(engine: TextInput) -> None:
    found = engine.candidates("huangshi")
    for index in (-1, len(found)):
        with pytest.raises(IndexError):
            engine.choose(index)
    engine.reset()
    with pytest.raises(IndexError):
        engine.choose(0)


def test_letters_of_one_person_are_gone_after_a_reset(engine: TextInput) -> None:
    alone = engine.candidates("san")
    engine.candidates("zhang")
    engine.reset()
    assert engine.candidates("san") == alone


def test_nothing_is_learned(engine: TextInput) -> None:
    before = engine.candidates("huangshishi")
    for _ in range(20):
        odd = engine.candidates("huangshishi")
        engine.choose(len(odd) - 1)
        odd = engine.candidates("shi")
        engine.choose(len(odd) - 1)
    assert engine.candidates("huangshishi") == before


@settings(max_examples=150)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'", max_size=60))
def test_any_letters_end_after_as_many_choices(engine: TextInput, letters: str) -> None:
    rest = letters
    for _ in range(len(letters) + 1):
        found = engine.candidates(rest)
        if not found:
            return
        text, shorter = engine.choose(len(found) // 2)
        assert text
        assert len(shorter) < len(rest)
        rest = shorter
    pytest.fail("choosing never ended")


@pytest.mark.parametrize("letters", ["z" * 60, "a" * 60, "s" * 14, "zcs" * 20, "zh'" * 20])
def test_a_finger_that_rests_on_a_key_does_no_harm(engine: TextInput, letters: str) -> None:
    found = engine.candidates(letters)
    text, rest = engine.choose(0)
    assert text == found[0]
    assert letters.endswith(rest)


def test_one_after_another_may_use_the_engine(
    opens: Opens, memory: Path, engine: TextInput
) -> None:
    engine.close()
    for _ in range(2):
        opened = opens(memory)
        assert "黄石" in opened.candidates("huangshi")
        opened.close()
        opened.close()
        assert opened.candidates("huangshi") == []
    assert list(memory.iterdir()) == []
