"""The right shapes for each language, and a font for every character that ships."""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.locale import load, read_messages
from screens.font_file import Coverage, FontFileError, coverage, cut_face
from tests.screens.keyboard_window import Finger, open_window

LOCALES = Path(__file__).parents[2] / "locales"
NOTO = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
RARE = "\U0002a84a"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fonts")


@pytest.fixture(scope="module")
def faces(cache: Path) -> Any:
    from screens import fonts

    return fonts.install(cache)


@pytest.fixture(scope="module")
def finger(cache: Path) -> Iterator[Finger]:
    """A real window."""
    with open_window(cache) as opened:
        yield opened


def names(font: Path) -> set[str]:
    """Family names in a font's name table."""
    data = font.read_bytes()
    (tables,) = struct.unpack_from(">H", data, 4)
    rows = (struct.unpack_from(">4sIII", data, 12 + 16 * row) for row in range(tables))
    start = next(offset for tag, _sum, offset, _length in rows if tag == b"name")
    _format, count, strings = struct.unpack_from(">HHH", data, start)
    found = set()
    for row in range(count):
        platform, _enc, _lang, kind, length, offset = struct.unpack_from(
            ">HHHHHH", data, start + 6 + 12 * row
        )
        if (platform, kind) == (3, 1):
            text = data[start + strings + offset : start + strings + offset + length]
            found.add(text.decode("utf-16-be"))
    return found


def test_each_family_has_the_shapes_of_its_country(faces: Any) -> None:
    assert "Noto Sans CJK SC" in names(faces.main["UI-sc"].file)
    assert "Noto Sans CJK TC" in names(faces.main["UI-tc"].file)


def test_the_second_start_cuts_nothing(cache: Path, faces: Any) -> None:
    from screens import fonts

    before = {path: path.stat().st_mtime_ns for path in cache.iterdir()}
    assert len(before) == 4
    fonts.install(cache)
    assert {path: path.stat().st_mtime_ns for path in cache.iterdir()} == before


def test_without_the_font_the_package_is_named(cache: Path) -> None:
    from screens import fonts

    with pytest.raises(fonts.FontsError, match="apt-get install fonts-noto-cjk"):
        fonts.install(cache, main_folders=[str(cache / "none")])


def test_without_rare_fonts_the_rest_still_shows(cache: Path) -> None:
    from screens import fonts

    bare = fonts.install(cache, rare_fonts={"Rare-none": [str(cache / "none.ttf")]})
    assert bare.with_rare(f"王{RARE}") == f"王{RARE}"
    fonts.install(cache)


@pytest.mark.parametrize("language", load(LOCALES).known())
def test_every_character_of_every_catalogue_can_be_drawn(faces: Any, language: str) -> None:
    family = "UI-tc" if language == "zh_Hant" else "UI-sc"
    drawn = faces.main[family].characters
    missing = {
        (character, key)
        for key, forms in read_messages(LOCALES, language).forms.items()
        for character in "".join(forms)
        if character != "\n" and ord(character) not in drawn
    }
    assert missing == set()


def test_rare_characters_are_marked_and_brackets_stay(faces: Any) -> None:
    assert faces.with_rare("王[b]&") == "王&bl;b&br;&amp;"
    assert faces.with_rare(f"王{RARE}{RARE}明") == f"王[font=Rare-hanamin]{RARE}{RARE}[/font]明"
    assert not faces.lacks("黄石市 ABC\n¥120")
    assert faces.lacks(f"王{RARE}")


def test_coverage_keeps_runs() -> None:
    runs = Coverage([0x20, 0x4E00], [0x7E, 0x4E05])
    assert 0x4E05 in runs
    assert 0x4E06 not in runs
    assert 0x19 not in runs
    assert len(runs) == 6 + 95


def test_old_and_new_character_maps_agree(faces: Any, tmp_path: Path) -> None:
    font = faces.main["UI-sc"].file
    data = bytearray(font.read_bytes())
    (tables,) = struct.unpack_from(">H", data, 4)
    rows = (struct.unpack_from(">4sIII", data, 12 + 16 * row) for row in range(tables))
    cmap = next(offset for tag, _sum, offset, _length in rows if tag == b"cmap")
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for row in range(count):
        (offset,) = struct.unpack_from(">I", data, cmap + 8 + 8 * row)
        if struct.unpack_from(">H", data, cmap + offset) == (12,):
            struct.pack_into(">H", data, cmap + 4 + 8 * row, 99)
    old = tmp_path / "old.otf"
    old.write_bytes(data)
    full, basic = coverage(font), coverage(old)
    for code in range(0x20, 0xFFFF):
        assert (code in full) == (code in basic), hex(code)


def test_what_is_no_font_is_named(tmp_path: Path, faces: Any) -> None:
    wrong = tmp_path / "wrong.ttc"
    wrong.write_bytes(b"OTTO" + bytes(40))
    with pytest.raises(FontFileError, match="not a font collection"):
        cut_face(wrong, 0)
    with pytest.raises(FontFileError, match="has no character map"):
        coverage(wrong)
    with pytest.raises(FontFileError, match="no face 99"):
        cut_face(NOTO, 99)


SAMPLES = [
    "请把居民身份证平放在读卡区，听到提示音后再拿开。如果读不出来，请到3号窗口办理。",
    f"您好，[王{RARE}]。收费 ¥120，约需 10 个工作日；请于 2026年11月24日 14:05 前到 A-12 号窗口。",
    "Please place your ID card on the reader and keep it there until you hear a tone.",
    "",
]


@pytest.mark.window
@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("size_px", [31, 46, 92])
@pytest.mark.parametrize("bold", [False, True])
def test_a_label_is_never_wider_than_its_box(
    finger: Finger, text: str, size_px: int, bold: bool
) -> None:
    from screens.widgets.wrapped_label import WrappedLabel

    label = finger.show(WrappedLabel(text=text, font_size=size_px, bold=bold, font_name="UI-sc"))
    for width in (900, 500, 230):
        label.width = width
        finger.frames(3)
        assert label.texture_size[0] <= width
        assert label.height == label.texture_size[1]
        assert "".join(label.shown().split()) == "".join(text.split())
        assert label.text == text
    assert (label.height > 0) == bool(text)


@pytest.mark.window
def test_a_label_follows_its_text_and_forgets_the_old_one(finger: Finger) -> None:
    from screens.widgets.wrapped_label import WrappedLabel

    label = finger.show(WrappedLabel(text=SAMPLES[0], font_size=46, font_name="UI-sc"))
    high = label.height
    label.text = "张三"
    finger.frames(3)
    assert 0 < label.height < high
    label.text = ""
    finger.frames(3)
    assert label.height == 0
    assert SAMPLES[0] not in str(vars(label))
    assert "张三" not in str(vars(label))


@pytest.mark.window
def test_a_rare_character_is_ink_and_not_a_box(finger: Finger) -> None:
    from screens.widgets.wrapped_label import WrappedLabel

    def picture(text: str) -> bytes:
        label = finger.show(WrappedLabel(text=text, font_size=92, font_name="UI-sc"))
        return bytes(label.texture.pixels)

    other = "\U0002a84b"
    assert picture(RARE) != picture(other)
