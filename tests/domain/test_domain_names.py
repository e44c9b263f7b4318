"""Names divide and spell as a passport prints them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.pinyin_name import given_pinyin, passport_spelling, surname_pinyin
from kiosk.domain.surname import COMPOUND, READINGS, is_divided_for_sure, splits


@pytest.mark.parametrize(
    ("surname", "spelled"),
    [
        ("张", "ZHANG"),
        ("单", "SHAN"),
        ("曾", "ZENG"),
        ("解", "XIE"),
        ("仇", "QIU"),
        ("区", "OU"),
        ("任", "REN"),
        ("查", "ZHA"),
        ("朴", "PIAO"),
        ("盖", "GE"),
        ("吕", "LYU"),
        ("曲", "QU"),
        ("欧阳", "OUYANG"),
        ("诸葛", "ZHUGE"),
        ("司马", "SIMA"),
        ("尉迟", "YUCHI"),
        ("万俟", "MOQI"),
        ("长孙", "ZHANGSUN"),
        ("上官", "SHANGGUAN"),
    ],
)
def test_a_surname_has_its_own_reading(surname: str, spelled: str) -> None:
    assert surname_pinyin(surname) == spelled


@pytest.mark.parametrize(
    ("given", "spelled"),
    [
        ("伟", "WEI"),
        ("建国", "JIANGUO"),
        ("绿", "LYU"),
        ("女", "NYU"),
        ("略", "LUE"),
        ("雨菊", "YUJU"),
        ("", ""),
        ("迪丽·热巴", "DILIREBA"),
    ],
)
def test_a_given_name_is_written_together(given: str, spelled: str) -> None:
    assert given_pinyin(given) == spelled


@pytest.mark.parametrize(
    ("syllable", "spelled"),
    [("lv", "LYU"), ("nv", "NYU"), ("lve", "LUE"), ("nve", "NUE"), ("qu", "QU"), ("lü", "LYU")],
)
def test_the_rule_for_u_with_dots(syllable: str, spelled: str) -> None:
    assert passport_spelling(syllable) == spelled


def test_a_character_without_a_reading_leaves_it_to_the_citizen() -> None:
    assert given_pinyin("伟\U00020bb7") == ""
    assert surname_pinyin("\U00030000") == ""


def test_a_plain_name_divides_after_its_first_character() -> None:
    assert splits("张伟") == (("张", "伟"),)
    assert splits("李") == (("李", ""),)
    assert splits("") == (("", ""),)
    assert is_divided_for_sure("张小伟")


def test_a_compound_surname_comes_first_and_the_single_one_stays_possible() -> None:
    assert splits("欧阳测试") == (("欧阳", "测试"), ("欧", "阳测试"))
    assert splits("欧阳") == (("欧", "阳"), ("欧阳", ""))
    assert not is_divided_for_sure("司马光")


def test_a_name_with_a_dot_is_not_guessed() -> None:
    found = splits("阿依·古丽")
    assert found[0] == ("", "阿依·古丽")
    assert set(found[1:]) == {("阿依", "古丽"), ("古丽", "阿依")}
    assert splits("阿依·") == (("", "阿依·"),)


def test_every_surname_of_the_tables_can_be_spelled() -> None:
    for surname in COMPOUND | READINGS.keys():
        assert surname_pinyin(surname).isalpha(), surname


@given(st.text(max_size=15))
def test_any_name_divides_without_losing_a_character(name: str) -> None:
    for surname, rest in splits(name):
        assert sorted(c for c in surname + rest if c.isalnum()) == sorted(
            c for c in name if c.isalnum()
        )
        spelled = surname_pinyin(surname) + given_pinyin(rest)
        assert not spelled or (spelled.isascii() and spelled.isupper() and spelled.isalpha())
