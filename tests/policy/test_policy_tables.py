"""The tables that come with the product say what the law said on each day."""

from datetime import date

import pytest

from kiosk.domain.application import ApplyKind, Destination
from kiosk.domain.document import DocumentKind
from kiosk.domain.person import IdCardKind
from kiosk.domain.region import PROVINCES
from kiosk.forms.materials import WORDS
from kiosk.policy.loader import shipped

NOW = shipped().on(date(2026, 11, 24))
HKM = DocumentKind.HK_MACAO_PERMIT
TWN = DocumentKind.TAIWAN_PERMIT


@pytest.mark.parametrize(
    ("day", "passport", "permit"),
    [(date(2019, 6, 30), 16000, 8000), (date(2019, 7, 1), 12000, 6000)],
    ids=["the day before", "the day it fell"],
)
def test_the_price_belongs_to_the_day_of_acceptance(day: date, passport: int, permit: int) -> None:
    tables = shipped().on(day)
    assert tables.document_fee_fen(DocumentKind.PASSPORT, ApplyKind.FIRST) == passport
    assert tables.document_fee_fen(HKM, ApplyKind.RENEWAL) == permit


@pytest.mark.parametrize(
    ("document", "grant", "fen"),
    [
        (HKM, "3m1", 1500),
        (HKM, "1y1", 1500),
        (HKM, "3m2", 3000),
        (HKM, "1y2", 3000),
        (HKM, "3mM", 8000),
        (HKM, "1yM", 8000),
        (HKM, "2yM", 12000),
        (HKM, "3yM", 24000),
        (TWN, "6m1", 1500),
        (TWN, "3yM", 8000),
        (TWN, "no such", None),
    ],
)
def test_endorsements_cost_by_entries_and_period(
    document: DocumentKind, grant: str, fen: int | None
) -> None:
    assert NOW.endorsement_fee_fen(document, grant) == fen


def test_one_entry_costs_the_same_for_both_permits_and_nothing_for_a_passport() -> None:
    fees = [NOW.one_entry_fee_fen(one) for one in (HKM, TWN, DocumentKind.PASSPORT)]
    assert fees == [1500, 1500, None]


@pytest.mark.parametrize("place", list(Destination))
def test_everything_that_can_be_chosen_has_a_price(place: Destination) -> None:
    permit = TWN if place is Destination.TAIWAN else HKM
    assert NOW.kinds(place)
    for kind in NOW.kinds(place):
        for grant in NOW.grants(place, kind):
            assert NOW.grant(grant) is not None
            assert NOW.endorsement_fee_fen(permit, grant) is not None


def test_group_tours_differ_by_place() -> None:
    assert NOW.grants(Destination.HONG_KONG, "L") == ("3m1", "3m2", "1y1", "1y2")
    assert NOW.grants(Destination.MACAO, "L") == ("3m1", "1y1")


def test_kinds_that_huangshi_cannot_give_are_switched_off() -> None:
    assert "G" not in NOW.kinds(Destination.HONG_KONG)
    assert not {"L", "G"} & set(NOW.kinds(Destination.TAIWAN))
    assert NOW.grants(Destination.HONG_KONG, "G") == ()


def test_the_household_province_decides_how_long_it_takes() -> None:
    home = NOW.processing(HKM, "420202")
    away = NOW.processing(HKM, "430000")
    unknown = NOW.processing(HKM, "")
    assert home is not None
    assert away is not None
    assert (home.days, home.working) == (7, True)
    assert (away.days, away.working) == (20, False)
    assert unknown == home


@pytest.mark.parametrize("document", list(DocumentKind))
def test_children_get_five_years_everybody_else_ten(document: DocumentKind) -> None:
    assert NOW.validity_years(document, 15) == 5
    assert NOW.validity_years(document, 16) == 10
    assert NOW.validity_years(document, 99) == 10


def test_only_citizens_cards_are_for_this_form() -> None:
    refusals = {kind: NOW.refusal_of(kind) for kind in IdCardKind}
    assert refusals.pop(IdCardKind.CITIZEN) is None
    assert all(refusals.values())


def test_materials_ask_only_for_what_the_form_knows() -> None:
    assert {word for row in NOW.materials for word in row.when} <= WORDS


def test_all_provinces_can_be_chosen() -> None:
    assert {row.code for row in NOW.regions} >= set(PROVINCES)


def test_a_code_the_table_does_not_know_stays_our_own_word() -> None:
    assert NOW.code("sqlb", "passport") == "101"
    assert NOW.code("qzzl.HKG", "T") == "T"


def test_a_day_is_worked_out_once() -> None:
    tables = shipped()
    assert tables.on(date(2026, 11, 24)) is tables.on(date(2026, 11, 24))
