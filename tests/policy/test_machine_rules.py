"""What the endorsement machine may make, and for whom."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.application import Destination
from kiosk.domain.endorsement import Held, Holder, NotServed
from kiosk.domain.period import last_day, months_later
from kiosk.policy.loader import shipped
from kiosk.policy.machine import MachineRules

TODAY = date(2026, 11, 27)
RULES = MachineRules(shipped(), TODAY)
HKG, MAC = Destination.HONG_KONG, Destination.MACAO
ANYBODY = Holder(birth=date(1980, 5, 1), household="420299", permit_until=date(2034, 1, 1))


def kinds(holder: Holder, rules: MachineRules = RULES) -> set[tuple[str, str, str]]:
    offers = rules.offers(holder)
    assert isinstance(offers, tuple), offers
    return {(one.destination.value, one.kind, one.grant) for one in offers}


def test_anybody_in_the_country_may_have_the_group_kind() -> None:
    assert kinds(ANYBODY) == {
        *(("HKG", "L", grant) for grant in ("3m1", "3m2", "1y1", "1y2")),
        *(("MAC", "L", grant) for grant in ("3m1", "1y1")),
    }


@pytest.mark.parametrize("where", ["household", "residence"])
def test_the_individual_kind_is_for_people_of_an_open_city(where: str) -> None:
    assert ("HKG", "G", "1y2") in kinds(replace(ANYBODY, **{where: "420106"}))


def test_a_filed_unit_gets_business_journeys_only_as_often_as_wanted() -> None:
    business = {one for one in kinds(replace(ANYBODY, filed_unit=True)) if one[1] == "S"}
    assert business == {(place, "S", grant) for place in ("HKG", "MAC") for grant in ("3mM", "1yM")}


def test_business_was_not_made_by_the_machine_before_it_was_allowed() -> None:
    before = MachineRules(shipped(), date(2024, 5, 5))
    holder = replace(ANYBODY, filed_unit=True, household="420106")
    assert {one[1] for one in kinds(holder, before)} == {"L"}


@pytest.mark.parametrize(
    ("until", "refused"),
    [
        (TODAY - timedelta(days=1), NotServed.PERMIT_EXPIRED),
        (TODAY, NotServed.PERMIT_EXPIRING),
        (date(2027, 2, 27), NotServed.PERMIT_EXPIRING),
        (date(2027, 2, 28), None),
    ],
    ids=["over", "last day", "three months left", "a day more"],
)
def test_a_permit_must_have_time_left(until: date, refused: NotServed | None) -> None:
    assert RULES.refusal(replace(ANYBODY, permit_until=until)) == refused


@pytest.mark.parametrize(
    ("birth", "refused"),
    [(date(2010, 11, 28), NotServed.TOO_YOUNG), (date(2010, 11, 27), None)],
    ids=["a day too young", "sixteen today"],
)
def test_young_people_come_with_a_guardian(birth: date, refused: NotServed | None) -> None:
    assert RULES.refusal(replace(ANYBODY, birth=birth)) == refused


def test_whom_only_a_window_may_serve_hears_nothing_else() -> None:
    assert RULES.offers(replace(ANYBODY, restricted=True)) is NotServed.WINDOW


def test_who_was_here_lately_waits_for_that_destination_only() -> None:
    assert {one[0] for one in kinds(replace(ANYBODY, recent={MAC: 1}))} == {"HKG"}
    assert RULES.offers(replace(ANYBODY, recent={MAC: 1, HKG: 2})) is NotServed.TOO_SOON


def test_an_endorsement_ends_with_its_permit() -> None:
    offers = RULES.offers(replace(ANYBODY, permit_until=date(2027, 6, 30)))
    assert isinstance(offers, tuple)
    assert {one.valid_until for one in offers if one.months == 12} == {date(2027, 6, 30)}
    assert {one.valid_until for one in offers if one.months == 3} == {date(2027, 2, 26)}


@pytest.mark.parametrize(
    ("held", "cancelled"),
    [
        (Held("H1", HKG, date(2027, 1, 1), used=False, entries_left=1), True),
        (Held("H1", HKG, TODAY, used=False, entries_left=None), True),
        (Held("H1", HKG, date(2027, 1, 1), used=True, entries_left=1), False),
        (Held("H1", HKG, TODAY - timedelta(days=1), used=False, entries_left=1), False),
        (Held("H1", MAC, date(2027, 1, 1), used=False, entries_left=1), False),
    ],
    ids=["unused", "unused on its last day", "travelled on", "run out", "elsewhere"],
)
def test_an_unused_endorsement_for_the_same_place_would_be_cancelled(
    held: Held, *, cancelled: bool
) -> None:
    offers = RULES.offers(replace(ANYBODY, held=(held,)))
    assert isinstance(offers, tuple)
    to_hong_kong = {one.cancels for one in offers if one.destination is HKG}
    assert to_hong_kong == {("H1",) if cancelled else ()}


def test_the_price_is_the_table_s_and_has_a_code() -> None:
    offers = RULES.offers(replace(ANYBODY, filed_unit=True))
    assert isinstance(offers, tuple)
    assert {(one.grant, one.fee_fen) for one in offers} == {
        ("3m1", 1500),
        ("3m2", 3000),
        ("1y1", 1500),
        ("1y2", 3000),
        ("3mM", 8000),
        ("1yM", 8000),
    }
    assert {RULES.fee_code(one.entries, one.months) for one in offers} == {
        "EEP-1",
        "EEP-2",
        "EEP-M1",
    }


@pytest.mark.parametrize(
    ("proofs", "proven"),
    [
        (("chip",), False),
        (("id_card", "chip"), False),
        (("face",), False),
        (("face", "chip"), True),
        (("chip", "finger"), False),
        (("chip", "finger", "id_card"), True),
        ((), False),
    ],
)
def test_a_card_alone_proves_nobody(proofs: tuple[str, ...], *, proven: bool) -> None:
    assert RULES.proven(proofs) is proven


@given(st.dates(date(2019, 7, 1), date(2035, 1, 1)), st.integers(1, 60))
def test_a_period_ends_the_day_before_its_months_are_over(first: date, months: int) -> None:
    end = last_day(first, months)
    assert end + timedelta(days=1) == months_later(first, months)
    assert (end.year - first.year) * 12 + end.month - first.month in (months - 1, months)


@given(
    st.dates(date(1930, 1, 1), TODAY),
    st.dates(date(2020, 1, 1), date(2040, 1, 1)),
    st.sampled_from(["420299", "420106", "110101"]),
    st.booleans(),
    st.booleans(),
)
def test_no_offer_outlives_its_permit_or_lacks_a_price(
    birth: date, until: date, household: str, filed: bool, restricted: bool
) -> None:
    holder = Holder(birth, household, until, filed_unit=filed, restricted=restricted)
    offers = RULES.offers(holder)
    if isinstance(offers, NotServed):
        return
    assert not restricted
    assert all(one.valid_until <= until and one.fee_fen > 0 for one in offers)
    assert {one.kind for one in offers} <= {"L", "G", "S"}
