"""Where a line of Chinese or mixed text may end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screens.line_breaking import CLOSING, OPENING, units, wrap

MIXED = st.text(
    alphabet="你好请把身份证放在读卡区年月日个元，。！？；：、（）《》“”—…AbcXYZ 019.,:¥%-\n",
    max_size=80,
)
WIDTHS = st.integers(min_value=40, max_value=600)


def measure(piece: str) -> float:
    """Chinese one em, Latin half an em, at 20 pixels."""
    return sum(20 if ord(character) > 0x2000 else 10 for character in piece)


def without_spaces(text: str) -> str:
    return "".join(text.split())


@given(MIXED, WIDTHS)
def test_nothing_is_lost_but_spaces(text: str, width: int) -> None:
    assert without_spaces(wrap(text, width, measure)) == without_spaces(text)


@given(MIXED, WIDTHS)
def test_no_line_is_wider_than_its_room(text: str, width: int) -> None:
    assert all(measure(line) <= width for line in wrap(text, width, measure).split("\n"))


@given(MIXED, WIDTHS)
def test_breaking_twice_changes_nothing(text: str, width: int) -> None:
    once = wrap(text, width, measure)
    assert wrap(once, width, measure) == once


@given(MIXED, WIDTHS)
def test_a_piece_is_broken_only_where_no_line_could_hold_it(text: str, width: int) -> None:
    lines = wrap(text, width, measure).split("\n")
    for piece in (piece for part in text.split("\n") for piece in units(part)):
        if not piece.isspace() and measure(piece) <= width:
            assert any(piece in line for line in lines), piece


@given(st.text(alphabet="你好请把，。！？；：、（）《》“”", min_size=1, max_size=80), WIDTHS)
def test_marks_stay_with_what_they_close_and_open(text: str, width: int) -> None:
    if any(measure(piece) > width for piece in units(text)):
        return
    lines = wrap(text, width, measure).split("\n")
    assert not any(line[0] in CLOSING for line in lines[1:])
    assert not any(line[-1] in OPENING for line in lines[:-1])


@pytest.mark.parametrize(
    "whole",
    [
        "10 个工作日",
        "2026年",
        "24日",
        "¥15.50",
        "14:05",
        "3号",
        "30 分钟",
        "COVID-19",
        "3.5mm",
        "5%",
    ],
)
def test_numbers_and_their_units_stay_together(whole: str) -> None:
    text = f"请在{whole}再来办理手续"
    for width in range(120, 400, 10):
        assert any(whole in line for line in wrap(text, width, measure).split("\n")), width


def test_a_word_wider_than_the_room_is_cut() -> None:
    assert wrap("ABCDEFGH", 40, measure) == "ABCD\nEFGH"


def test_own_line_breaks_stay() -> None:
    assert wrap("一\n\n二", 400, measure) == "一\n\n二"


def test_a_line_never_begins_with_the_space_it_was_broken_at() -> None:
    assert wrap("please wait here", 110, measure) == "please wait\nhere"
