"""The text block of a card, in all four layouts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.samv_text import TEXT_FIELDS, BadCardTextError, build_text, parse_text
from hardware.interfaces.id_card_reader import CardLayout, IdCard

CITIZEN = IdCard(
    layout=CardLayout.CITIZEN,
    name="欧阳测试",
    sex_code="1",
    ethnicity_code="01",
    birth="19900101",
    address="测试省测试市测试路1号",
    number="42029919900101006X",
    issuer="测试市公安局",
    valid_from="20200101",
    valid_to="20400101",
)
ROOM = {
    CardLayout.CITIZEN: {
        "name": 15, "sex_code": 1, "ethnicity_code": 2, "birth": 8, "address": 35, "number": 18,
        "issuer": 15, "valid_from": 8, "valid_to": 8,
    },
    CardLayout.HMT_RESIDENT: {
        "name": 15, "sex_code": 1, "birth": 8, "address": 35, "number": 18, "issuer": 15,
        "valid_from": 8, "valid_to": 8, "permit_number": 9, "times_issued": 2,
    },
    CardLayout.FOREIGN_2017: {
        "latin_name": 60, "sex_code": 1, "number": 15, "nationality": 3, "name": 15,
        "valid_from": 8, "valid_to": 8, "birth": 8, "issuer": 4,
    },
    CardLayout.FOREIGN_2023: {
        "name": 15, "sex_code": 1, "times_issued": 2, "birth": 8, "latin_name": 46, "number": 18,
        "valid_from": 8, "valid_to": 8, "nationality": 3,
    },
}  # fmt: skip
"""UTF-16 units per field, from hardware facts 1.5."""


def field_text(units: int, *, required: bool) -> st.SearchStrategy[str]:
    letters = st.characters(exclude_categories=("Cs",))
    text = st.text(letters, min_size=int(required), max_size=units)
    return text.filter(
        lambda t: (
            len(t.encode("utf-16-le")) <= 2 * units
            and not t.endswith(" ")
            and not (required and not t)
        )
    )


@st.composite
def cards(draw: st.DrawFn) -> IdCard:
    layout = draw(st.sampled_from(CardLayout))
    required = {"sex_code", "birth", "number"}
    texts = {
        name: draw(field_text(units, required=name in required))
        for name, units in ROOM[layout].items()
    }
    return IdCard(layout=layout, **({"name": ""} | texts))  # type: ignore[arg-type] # texts only


@given(cards())
def test_every_card_survives_the_way_there_and_back(card: IdCard) -> None:
    block = build_text(card)
    assert len(block) == 256
    assert parse_text(block) == card


@given(st.binary(min_size=256, max_size=256))
def test_any_block_is_read_or_refused(block: bytes) -> None:
    try:
        card = parse_text(block)
    except BadCardTextError:
        return
    assert parse_text(build_text(card)) == card


def test_a_citizens_fields_stand_at_their_published_offsets() -> None:
    block = build_text(CITIZEN)
    for start, text in [
        (0, "欧阳测试"), (30, "1"), (32, "01"), (36, "19900101"), (52, "测试省"),
        (122, "42029919900101006X"), (158, "测试市公安局"), (188, "20200101"), (204, "20400101"),
        (248, " "),
    ]:  # fmt: skip
        raw = text.encode("utf-16-le")
        assert block[start : start + len(raw)] == raw, start


@pytest.mark.parametrize(
    ("layout", "letter"),
    [
        (CardLayout.CITIZEN, " "),
        (CardLayout.HMT_RESIDENT, "J"),
        (CardLayout.FOREIGN_2017, "I"),
        (CardLayout.FOREIGN_2023, "Y"),
    ],
)
def test_the_letter_at_248_tells_the_layouts_apart(layout: CardLayout, letter: str) -> None:
    card = IdCard(layout=layout, name="试", sex_code="2", birth="19900101", number="1")
    assert build_text(card)[248:250].decode("utf-16-le") == letter


def test_a_citizens_card_may_carry_the_letter_0() -> None:
    block = bytearray(build_text(CITIZEN))
    block[248:250] = "0".encode("utf-16-le")
    assert parse_text(bytes(block)) == CITIZEN


def test_a_name_of_extension_b_characters_is_cut_by_bytes() -> None:
    # Seven characters of two units each and one of one unit fill the field exactly.
    card = replace(CITIZEN, name="𠀀𠀁𠀂𠀃𠀄𠀅𠀆试")
    assert parse_text(build_text(card)).name == card.name
    with pytest.raises(BadCardTextError, match="name"):
        build_text(replace(CITIZEN, name="𠀀" * 8))


def test_half_a_character_is_refused_without_quoting_it() -> None:
    block = bytearray(build_text(CITIZEN))
    block[28:30] = b"\x40\xd8"
    with pytest.raises(BadCardTextError) as caught:
        parse_text(bytes(block))
    assert str(caught.value) == "name: not UTF-16"
    assert caught.value.__cause__ is None


def test_a_long_latin_name_runs_through_both_its_parts() -> None:
    name = "WOLFESCHLEGELSTEINHAUSENBERGER DORFF ANNA MARIA"[:46]
    card = IdCard(
        layout=CardLayout.FOREIGN_2023,
        name="",
        sex_code="2",
        birth="19850717",
        number="942999198507170017",
        latin_name=name,
        nationality="XXA",
    )
    block = build_text(card)
    assert block[52:122].decode("utf-16-le") == name[:35]
    assert block[220:242].decode("utf-16-le") == name[35:]
    assert parse_text(block) == card


def test_the_word_for_no_end_is_kept() -> None:
    assert parse_text(build_text(replace(CITIZEN, valid_to="长期"))).valid_to == "长期"


@pytest.mark.parametrize(
    ("block", "fact"),
    [
        (bytes(255), "255 bytes"),
        (b" \0" * 124 + b"Q\0" + b" \0" * 3, "layout: unknown letter"),
        (b" \0" * 128, "sex_code: empty"),
    ],
    ids=["short", "unknown letter", "blank card"],
)
def test_a_block_no_card_has_is_refused(block: bytes, fact: str) -> None:
    with pytest.raises(BadCardTextError, match=fact):
        parse_text(block)


def test_a_text_of_another_layout_is_refused() -> None:
    with pytest.raises(BadCardTextError, match="permit_number: not on a citizen card"):
        build_text(replace(CITIZEN, permit_number="123456789"))


def test_every_text_of_the_interface_has_a_place() -> None:
    texts = {name for layout in ROOM.values() for name in layout}
    assert set(TEXT_FIELDS) == texts
