"""Synthetic citizens: nobody's numbers, right check characters, portraits that fit on a card."""

import io

import pytest
from PIL import Image

from hardware.codecs.samv_text import build_text, parse_text
from hardware.interfaces.id_card_reader import CardLayout
from hardware.simulators.people import SyntheticPerson, people
from hardware.simulators.people.portrait import ROOM_BYTES, SIZE_PX, pack, unpack

ALL = pytest.mark.parametrize("one", people().values(), ids=people().keys())


def mod_11_2(digits: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11]


def mod_7_3_1(text: str) -> str:
    values = [int(c) if c.isdigit() else ord(c) - ord("A") + 10 for c in text]
    return str(sum(v * (7, 3, 1)[i % 3] for i, v in enumerate(values)) % 10)


@ALL
def test_numbers_are_right_and_belong_to_nobody(one: SyntheticPerson) -> None:
    number, layout = one.card.number, one.card.layout
    if layout is CardLayout.FOREIGN_2017:
        assert number == "KAZ110090123105", "the test string of domain facts 12.3"
        assert mod_7_3_1(number[:14]) == number[14]
        return
    assert mod_11_2(number[:17]) == number[17]
    assert number[6:14] == one.card.birth
    assert int(number[16]) % 2 == int(one.card.sex_code) % 2
    assert number.startswith(
        {
            CardLayout.CITIZEN: "420299",
            CardLayout.HMT_RESIDENT: "810000199408230021",
            CardLayout.FOREIGN_2023: "942999",
        }[layout]
    )


@ALL
def test_every_card_can_be_written_and_carries_a_small_portrait(one: SyntheticPerson) -> None:
    assert parse_text(build_text(one.card)).name == one.card.name
    assert len(one.card.portrait) <= ROOM_BYTES
    assert len(one.card.portrait_raw) == 1024
    assert unpack(one.card.portrait_raw) == one.card.portrait
    with Image.open(io.BytesIO(one.card.portrait)) as picture:
        assert (picture.format, picture.size) == ("JPEG", SIZE_PX)
        picture.load()


def test_the_people_cover_what_the_hall_meets() -> None:
    cards = {key: one.card for key, one in people().items()}
    assert {card.layout for card in cards.values()} == set(CardLayout)
    assert any(ord(letter) > 0xFFFF for letter in cards["rare_name"].name)
    assert cards["long_term"].valid_to == "长期"
    assert cards["expired"].valid_to < "20200101"
    assert cards["minor"].birth > "20140101"
    assert cards["hong_kong_resident"].permit_number
    assert len({card.portrait for card in cards.values()}) == len(cards)
    assert len({one.label_key for one in people().values()}) == len(cards)


def test_the_bytes_of_a_real_card_are_left_alone() -> None:
    assert unpack(bytes(1024)) == b""
    assert unpack(b"SIMJ" + bytes(1020)) == b""
    with pytest.raises(AssertionError):
        pack(bytes(ROOM_BYTES + 1))
