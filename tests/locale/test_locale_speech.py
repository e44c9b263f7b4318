"""Every language says what it should, and a gap is never a crash."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from kiosk.domain.text import Text
from kiosk.locale import CatalogueError, Missing, load, refuse

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: {plural}\\n"

"""
LOCALES = Path(__file__).parents[2] / "locales"
ONE = "nplurals=1; plural=0;"
TWO = "nplurals=2; plural=(n != 1);"

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes one area file of one language."""

    def written(language: str, body: str, area: str = "area", plural: str = ONE) -> Path:
        folder = tmp_path / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        head = HEADER.format(language=language, plural=plural)
        (folder / f"{area}.po").write_text(head + body, encoding="utf-8")
        return tmp_path

    return written


def message(key: str, text: str) -> str:
    return f'msgid "{key}"\nmsgstr "{text}"\n\n'


AHEAD_ZH = 'msgid "a.ahead"\nmsgid_plural "a.ahead"\nmsgstr[0] "还有 {n} 人"\n\n'
AHEAD_EN = (
    'msgid "a.ahead"\nmsgid_plural "a.ahead"\nmsgstr[0] "{n} person"\nmsgstr[1] "{n} people"\n\n'
)


def test_each_language_speaks_for_itself(write: Write) -> None:
    write("zh_CN", message("a.hello", "你好，{name}"))
    languages = load(write("en", message("a.hello", "Hello, {name}")), missing=refuse)
    assert languages.known() == ("zh_CN", "en")
    assert languages.speech("zh_CN").text("a.hello", name="张三") == "你好，张三"
    assert languages.speech("en").text("a.hello", name="{name}") == "Hello, {name}"
    assert languages.speech("en").language == "en"


def test_an_unknown_language_speaks_the_source(write: Write) -> None:
    languages = load(write("zh_CN", message("a.hello", "你好")), missing=refuse)
    assert languages.speech("fr").text("a.hello") == "你好"


def test_areas_of_a_language_are_one_catalogue(write: Write) -> None:
    write("zh_CN", message("a.one", "一"), area="a")
    speech = load(write("zh_CN", message("b.two", "二"), area="b"), missing=refuse).speech("zh_CN")
    assert (speech.text("a.one"), speech.text("b.two")) == ("一", "二")


def test_a_number_chooses_its_plural(write: Write) -> None:
    write("zh_CN", AHEAD_ZH)
    languages = load(write("en", AHEAD_EN, plural=TWO), missing=refuse)
    english = languages.speech("en")
    assert [english.text("a.ahead", n=n) for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
    assert languages.speech("zh_CN").text("a.ahead", n=1) == "还有 1 人"


def test_a_message_within_a_message_is_said_in_the_same_language(write: Write) -> None:
    write("zh_CN", message("a.bring", "请带{what}") + message("a.card", "{n} 张身份证"))
    folder = write("en", message("a.bring", "Bring {what}") + message("a.card", "{n} ID card"))
    bring = Text("a.bring", (("what", Text("a.card", (("n", 1),))),))
    languages = load(folder, missing=refuse)
    assert languages.speech("zh_CN").say(bring) == "请带1 张身份证"
    assert languages.speech("en").say(bring) == "Bring 1 ID card"


def test_a_missing_message_falls_back_and_is_reported(write: Write) -> None:
    gaps: list[Missing] = []
    write("zh_CN", message("a.hello", "你好"))
    english = load(write("en", ""), missing=gaps.append).speech("en")
    assert english.text("a.hello") == "你好"
    assert english.text("a.nowhere") == "a.nowhere"
    assert not english.has("a.hello")
    assert [(gap.language, gap.key) for gap in gaps] == [("en", "a.hello")] + [
        ("en", "a.nowhere")
    ] * 2


def test_a_language_may_be_filled_from_another_than_the_source(write: Write) -> None:
    write("zh_CN", message("a.hello", "请看屏幕") + message("a.bye", "再见"))
    write("zh_Hant", message("a.hello", "請看螢幕"))
    languages = load(write("zh_HK", ""), {"zh_HK": "zh_Hant"})
    assert languages.speech("zh_HK").text("a.hello") == "請看螢幕"
    assert languages.speech("zh_HK").text("a.bye") == "再见"


@pytest.mark.parametrize("broken", ["{who}", "{", "{0}", "{name.none}", "{name:%%%}"])
def test_a_broken_placeholder_falls_back_and_is_reported(write: Write, broken: str) -> None:
    gaps: list[Missing] = []
    write("zh_CN", message("a.hello", "你好，{name}"))
    english = load(write("en", message("a.hello", f"Hello {broken}")), missing=gaps.append).speech(
        "en"
    )
    assert english.text("a.hello", name="张三") == "你好，张三"
    assert gaps[0].key == "a.hello"
    assert "张三" not in str(gaps)


def test_in_tests_a_gap_is_an_error(write: Write) -> None:
    speech = load(write("zh_CN", message("a.hello", "你好，{name}")), missing=refuse).speech(
        "zh_CN"
    )
    with pytest.raises(LookupError, match=r"zh_CN: a\.none"):
        speech.text("a.none")
    with pytest.raises(LookupError, match="no value for 'name'"):
        speech.text("a.hello")


def test_a_plural_without_its_number_is_a_gap_not_a_crash(write: Write) -> None:
    write("zh_CN", AHEAD_ZH)
    gaps: list[Missing] = []
    english = load(write("en", AHEAD_EN, plural=TWO), missing=gaps.append).speech("en")
    assert english.text("a.ahead") == "a.ahead"
    assert english.text("a.ahead", n="many") == "还有 many 人"
    assert len(gaps) == 3


def test_doubtful_and_empty_messages_are_not_used(write: Write) -> None:
    write("zh_CN", message("a.one", "一") + message("a.two", "二"))
    folder = write("en", "#, fuzzy\n" + message("a.one", "Two") + message("a.two", ""))
    english = load(folder).speech("en")
    assert (english.text("a.one"), english.text("a.two")) == ("一", "二")


def test_a_key_in_two_areas_is_refused_naming_both(write: Write) -> None:
    write("zh_CN", message("a.one", "一"), area="first")
    folder = write("zh_CN", message("a.one", "二"), area="second")
    with pytest.raises(CatalogueError, match=r"zh_CN/first\.po and in zh_CN/second\.po"):
        load(folder)


def test_a_key_twice_in_a_file_is_refused(write: Write) -> None:
    folder = write("zh_CN", message("a.one", "一") + message("a.one", "二"))
    with pytest.raises(CatalogueError, match=r"a\.one stands twice in zh_CN/area\.po"):
        load(folder)


@pytest.mark.parametrize("body", ["rubbish\n", 'msgid "a.one"\nmsgid "a.two"\nmsgstr\n'])
def test_a_file_that_is_no_catalogue_is_named(write: Write, body: str) -> None:
    folder = write("zh_CN", body)
    with pytest.raises(CatalogueError, match=r"zh_CN/area\.po cannot be read"):
        load(folder)


def test_without_the_source_language_there_is_no_start(write: Write) -> None:
    with pytest.raises(CatalogueError, match="no zh_CN"):
        load(write("en", message("a.one", "One")))


def test_days_times_and_money(write: Write) -> None:
    languages = load(LOCALES)
    day = date(2026, 11, 24)
    chinese, english, traditional = (languages.speech(name) for name in ("zh_CN", "en", "zh_Hant"))
    assert chinese.date(day) == traditional.date(day) == "2026年11月24日"
    assert english.date(day) == "24 November 2026"
    moment = datetime(2026, 11, 24, 14, 5, tzinfo=timezone(timedelta(hours=8)))
    for speech in (chinese, english, traditional):
        assert speech.time(moment) == "14:05"
        assert speech.money(12000) == "¥120"
        assert speech.money(1550) == "¥15.50"
        assert speech.money(123456700) == "¥1,234,567"
        assert speech.money(0) == "¥0"
        assert speech.money(-5) == "-¥0.05"
