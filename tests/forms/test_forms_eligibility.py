"""Who may fill this form, and where the others are sent."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import IdCardKind, Person, Sex
from kiosk.domain.text import Text
from kiosk.forms.eligibility import NotSuited, Suited, assess
from tests.kit.applicants import ADULT, ELDER, FOREIGN, MINOR, TODAY

HK_RESIDENT = replace(
    ADULT, card_kind=IdCardKind.HMT_RESIDENT, number="810000199408230021", birth=date(1994, 8, 23)
)
FOREIGN_2017 = replace(
    FOREIGN, card_kind=IdCardKind.FOREIGN_2017, number="KAZ110090123105", birth=date(1990, 1, 23)
)
DOCUMENTS = (DocumentKind.PASSPORT,)


@pytest.mark.parametrize("person", [ADULT, ELDER], ids=["adult", "elder with a card without end"])
def test_a_citizen_goes_on(person: Person) -> None:
    assert assess(person, DOCUMENTS, TODAY) == Suited()


def test_an_expired_card_is_a_warning_from_the_day_after() -> None:
    last = replace(ADULT, valid_to=TODAY)
    assert assess(last, DOCUMENTS, TODAY) == Suited()
    gone = replace(ADULT, valid_to=date(2026, 11, 23))
    assert assess(gone, DOCUMENTS, TODAY) == Suited((Text("card.warning.expired"),))


def test_a_minor_is_told_to_bring_a_guardian() -> None:
    assert assess(MINOR, DOCUMENTS, TODAY) == Suited(
        (Text("card.warning.guardian", (("years", 16),)),)
    )


@pytest.mark.parametrize(
    ("person", "reason"),
    [
        (HK_RESIDENT, "hmt_resident"),
        (FOREIGN, "foreign_resident"),
        (FOREIGN_2017, "foreign_resident"),
        (replace(HK_RESIDENT, number="810000199408230022"), "see_staff"),
        (replace(FOREIGN, number="942999198507170018"), "see_staff"),
        (replace(FOREIGN_2017, number="KAZ110090123106"), "see_staff"),
        (replace(ADULT, number="420299199001010060"), "see_staff"),
        (replace(ADULT, number="420299900101006"), "see_staff"),
        (replace(ADULT, sex=Sex.MALE), "see_staff"),
        (replace(ADULT, birth=date(1990, 1, 2)), "see_staff"),
        (replace(ADULT, name=""), "see_staff"),
    ],
    ids=[
        *("J card", "foreigner of 2023", "foreigner of 2017"),
        *("J check digit", "2023 check digit", "2017 check digit", "check digit", "15 digits"),
        *("other sex", "other birth", "no name"),
    ],
)
def test_others_are_sent_to_somebody_who_can_help(person: Person, reason: str) -> None:
    assert assess(person, DOCUMENTS, TODAY) == NotSuited(Text(f"card.refusal.{reason}"))
