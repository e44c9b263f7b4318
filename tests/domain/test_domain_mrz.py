"""Machine-readable zones: public specimens, what goes wrong with them, and the coded names."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.interfaces.chip_reader import AccessKey
from hardware.simulators.people.mrz_lines import (
    entry_permit_mrz,
    foreign_card_mrz,
    passport_mrz,
    permit_line,
    permit_mrz,
)
from hardware.simulators.people.permits import make_permit, permits
from kiosk.domain.mrz import Mrz, MrzFault, MrzKind, check_digit, decoded_name, parse
from kiosk.domain.person import Sex

EEP, TAIWAN = "CSC000000004<2404200<8108038<6", "CDL000000007<2508197<8208031<6"
"""Both public specimen lines (domain facts 11.1)."""
PASSPORT = (
    "POCHNZHENGJIAN<<YANGBEN<<<<<<<<<<<<<<<<<<<<<E000000008CHN8310291F2202059NGKELMPONBPJB972"
)
"""Second line of a public specimen (domain facts 11.3)."""

DATES = ("900101", "300101")
NUMBERS = st.from_regex(r"[A-Z][A-Z0-9][0-9]{7}", fullmatch=True)
DAYS = st.dates(date(2000, 3, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("line", "kind", "number", "birth", "expiry"),
    [
        (EEP, MrzKind.HK_MACAO_PERMIT, "C00000000", "810803", date(2024, 4, 20)),
        (TAIWAN, MrzKind.TAIWAN_PERMIT, "L00000000", "820803", date(2025, 8, 19)),
    ],
)
def test_both_specimen_lines_are_read(
    line: str, kind: MrzKind, number: str, birth: str, expiry: date
) -> None:
    assert parse(line) == Mrz(kind, number, birth, expiry)


@pytest.mark.parametrize(
    "line",
    [
        "CSC000000004<3001019<9001011<2",
        "CSCA00000004<3001019<9001011<2",
        "CDL000000007<3001019<9001011<6",
    ],
)
def test_the_synthetic_lines_are_read(line: str) -> None:
    assert isinstance(parse(line), Mrz)


def test_the_specimens_coded_name_is_read() -> None:
    assert decoded_name("NGKELMPONBPJLBLO") == "证件样本"
    assert decoded_name("NFMFMIPN") == "张三"


def test_the_specimen_passport_is_read() -> None:
    read = parse(PASSPORT)
    assert isinstance(read, Mrz)
    assert (read.kind, read.number, read.name) == (MrzKind.PASSPORT, "E00000000", "证件样")
    assert (read.latin_name, read.sex) == ("ZHENGJIAN, YANGBEN", Sex.FEMALE)


@pytest.mark.parametrize("citizen", permits())
def test_what_chips_of_synthetic_citizens_hold_is_read(citizen: str) -> None:
    facts = permits()[citizen]
    zone = permit_mrz(facts.line, facts.name, facts.latin_name, facts.sex, "9")
    read = parse(zone)
    assert isinstance(read, Mrz)
    assert read.kind is MrzKind.HK_MACAO_PERMIT
    assert read.number == facts.number
    assert read.latin_name == facts.latin_name.replace("<<", ", ")
    assert read.is_born_on(date.fromisoformat(facts.birth))
    assert read.expiry == date.fromisoformat(facts.valid_until)
    # A zone holds three characters, and none that GBK lacks: whole names come from elsewhere.
    assert facts.name.startswith(read.name)
    assert make_permit(citizen).facts.line == zone[:30]


@pytest.mark.parametrize(
    ("zone", "kind"),
    [
        (passport_mrz(AccessKey("E00000000", *DATES), "A<<B"), MrzKind.PASSPORT),
        (entry_permit_mrz(AccessKey("H00000000", *DATES), "A<<B"), MrzKind.ENTRY_PERMIT),
        (foreign_card_mrz(AccessKey("X00000000", *DATES), "A<<B"), MrzKind.OTHER_CARD),
    ],
)
def test_other_documents_are_called_by_their_kind(zone: str, kind: MrzKind) -> None:
    read = parse(zone)
    assert isinstance(read, Mrz)
    assert (read.kind, read.latin_name) == (kind, "A, B")


@pytest.mark.parametrize(
    ("at", "fault"),
    [
        (4, MrzFault.NUMBER_CHECK),
        (11, MrzFault.NUMBER_CHECK),
        (14, MrzFault.EXPIRY_CHECK),
        (19, MrzFault.EXPIRY_CHECK),
        (22, MrzFault.BIRTH_CHECK),
        (27, MrzFault.BIRTH_CHECK),
        (29, MrzFault.WHOLE_CHECK),
    ],
)
def test_each_wrong_digit_is_named(at: int, fault: MrzFault) -> None:
    wrong = EEP[:at] + str((int(EEP[at]) + 1) % 10) + EEP[at + 1 :]
    assert parse(wrong) is fault


@pytest.mark.parametrize("at", [72, 86, 87])
def test_wrong_digits_of_a_passport_are_named(at: int) -> None:
    wrong = PASSPORT[:at] + ("A" if PASSPORT[at] != "A" else "B") + PASSPORT[at + 1 :]
    assert parse(wrong) in (MrzFault.OTHER_CHECK, MrzFault.WHOLE_CHECK)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", MrzFault.CHARACTERS),
        (EEP[:-1], MrzFault.LENGTH),
        (EEP + "<", MrzFault.LENGTH),
        ("P" * 30, MrzFault.LENGTH),
        (EEP.replace("4", "四", 1), MrzFault.CHARACTERS),
        (permit_line("CS", AccessKey("C00000000", "901301", "300101")), MrzFault.DATE),
        (permit_line("CS", AccessKey("C00000000", "900101", "300230")), MrzFault.DATE),
    ],
)
def test_what_is_no_zone_is_told_why(text: str, fault: MrzFault) -> None:
    assert parse(text) is fault


@pytest.mark.parametrize("slip", ["C5", "C$", "cs"])
def test_slips_of_optical_readers_are_forgiven(slip: str) -> None:
    assert parse(slip + EEP[2:]) == parse(EEP)
    assert parse(f" {EEP[:15]} \n{EEP[15:]}") == parse(EEP)


@given(number=NUMBERS, birth=DAYS, expiry=DAYS)
def test_every_line_made_by_the_rule_is_read(number: str, birth: date, expiry: date) -> None:
    key = AccessKey(number, birth.strftime("%y%m%d"), expiry.strftime("%y%m%d"))
    read = parse(permit_line("CS", key))
    assert read == Mrz(MrzKind.HK_MACAO_PERMIT, number, key.birth, expiry)


@given(number=NUMBERS, birth=DAYS, at=st.integers(2, 11), other=st.sampled_from("0123456789"))
def test_one_wrong_digit_in_the_number_never_passes(
    number: str, birth: date, at: int, other: str
) -> None:
    line = permit_line("CS", AccessKey(number, birth.strftime("%y%m%d"), "300101"))
    wrong = line[:at] + other + line[at + 1 :]
    # A letter for a digit ten apart weighs the same: that is as far as these digits can see.
    blind = (int(line[at], 36) - int(other)) % 10 == 0
    assert blind or parse(wrong) in (MrzFault.NUMBER_CHECK, MrzFault.WHOLE_CHECK)


@given(st.text(max_size=100) | st.text("CSDPIR<0123456789", min_size=88, max_size=90))
def test_no_text_raises(text: str) -> None:
    parse(text)


@given(st.text("ABCDEFGHIJKLMNOP<", max_size=20))
def test_no_coded_name_raises(letters: str) -> None:
    assert len(decoded_name(letters)) <= len(letters) // 4


@given(st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=3))
def test_names_read_back(name: str) -> None:
    read = parse(permit_mrz(EEP, name, "A<<B", "M", "9"))
    assert isinstance(read, Mrz)
    assert read.name == name


def test_the_check_digit_is_icaos() -> None:
    assert check_digit("L898902C<") == "3"
    assert check_digit("690806") == "1"
