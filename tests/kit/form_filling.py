"""Filling the form in tests: citizens of all sorts, answers of all sorts."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from kiosk.domain.document import DocumentKind
from kiosk.domain.id_number import check_character
from kiosk.domain.person import Person, Sex
from kiosk.domain.text import Text
from kiosk.forms.declared import FIELDS
from kiosk.forms.draft import Draft
from kiosk.forms.views import Answer, FieldKind, FieldView
from tests.kit.applicants import ADULT, TODAY

ALL = tuple(DocumentKind)

GOOD: dict[str, str] = {
    "surname_pinyin": "CESHI",
    "given_pinyin": "CESHI",
    "passport_number": "E12345678",
    "hk_macao_number": "CA0000001",
    "taiwan_number": "L12345678",
    "guardian_name": "测试甲",
    "guardian_number": "420299195503100032",
    "guardian_phone": "13700000001",
    "phone": "13800000001",
    "emergency_name": "测试乙",
    "emergency_phone": "13900000001",
    "recipient": "测试丙",
    "recipient_phone": "13600000001",
    "delivery_address": "测试路一号测试楼二层",
    "postcode": "435000",
}
"""a good answer for each field that is typed"""

Choose = Callable[[FieldView], str]


def first_option(field: FieldView) -> str:
    """The first of the options."""
    return field.options[0].code


def prefers(*codes: str) -> Choose:
    """One of these codes where it can be had, else the first option."""

    def choose(field: FieldView) -> str:
        offered = [option.code for option in field.options]
        return next((code for code in codes if code in offered), offered[0])

    return choose


def view_of(draft: Draft, key: str) -> FieldView:
    """A field as its page shows it.

    Raises:
        KeyError: it is not asked for.
    """
    for page in draft.pages():
        for field in page.fields:
            if field.key == key:
                return field
    raise KeyError(key)


def is_asked(draft: Draft, key: str) -> bool:
    """Whether a field stands on a page."""
    return any(field.key == key for page in draft.pages() for field in page.fields)


def mended(draft: Draft, choose: Choose = first_option) -> Draft:
    """Answer what the findings ask for, until nothing is left."""
    for _ in range(80):
        findings = draft.findings()
        if not findings:
            return draft
        field = view_of(draft, findings[0].field)
        answer: Answer = choose(field) if field.options else GOOD[field.key]
        if field.key == "emergency_phone" and answer == draft.answers.get("phone"):
            answer = "13500000001"
        if field.kind is FieldKind.CHOICES:
            answer = tuple(option.code for option in field.options)
        draft = draft.answered(field.key, answer)
    msg = f"findings never end: {[one.field for one in draft.findings()]}"
    raise AssertionError(msg)


def person_of(birth: date, serial: int, name: str, address: str, ethnicity: str) -> Person:
    """A citizen with a number of the unassigned code 420299 that fits birth and sex."""
    first = f"420299{birth:%Y%m%d}{serial:03d}"
    return replace(
        ADULT,
        name=name,
        birth=birth,
        sex=Sex.MALE if serial % 2 else Sex.FEMALE,
        number=first + check_character(first),
        address=address,
        ethnicity=ethnicity,
    )


NAMES = ("张伟", "欧阳测试", "欧阳", "李", "阿依·古丽", "伟\U00020bb7", "吕绿", "", "·", "A·B")
ADDRESSES = ("湖北省黄石市黄石港区测试路1号", "湖北省大冶市测试路2号", "湖南省测试市", "测试路", "")

people = st.builds(
    person_of,
    birth=st.dates(date(1905, 1, 1), TODAY),
    serial=st.integers(0, 999),
    name=st.sampled_from(NAMES) | st.text(max_size=15),
    address=st.sampled_from(ADDRESSES) | st.text(max_size=35),
    ethnicity=st.sampled_from(["01", "56", "97", "99", ""]),
)

document_sets = st.lists(st.sampled_from(ALL), min_size=1, max_size=3, unique=True).map(tuple)

_CODES = st.sampled_from(
    [
        *("first", "renewal", "replacement", "window", "courier", "father"),
        *("permit_and_endorsement", "endorsement_only", "permit_only"),
        *("L", "T", "S", "Q", "D", "G", "Y", "F", "X"),
        *("3m1", "3m2", "1y1", "1yM", "6m1", "3yM"),
        *("0", "1", "2", "420000", "01", "ABROAD", "no such code"),
    ]
)
_TYPED = st.sampled_from(sorted(GOOD.values())) | st.text(max_size=70)


def _answers_of(kind: FieldKind) -> st.SearchStrategy[Answer]:
    if kind is FieldKind.CHOICES:
        return st.lists(st.sampled_from(["HKG", "MAC", "XXX"]), max_size=3).map(tuple)
    if kind in (FieldKind.CHOICE, FieldKind.LONG_CHOICE):
        return _CODES
    return _TYPED


random_answers = st.lists(
    st.sampled_from(FIELDS).flatmap(
        lambda spec: st.tuples(st.just(spec.key), _answers_of(spec.kind))
    ),
    max_size=25,
)


def answered_all(draft: Draft, answers: list[tuple[str, Answer]]) -> Draft:
    """Give all answers, in order."""
    for key, value in answers:
        draft = draft.answered(key, value)
    return draft


def texts_in(value: Any) -> list[Text]:
    """All messages in views, nested ones included."""
    if isinstance(value, tuple | list):
        return [text for part in value for text in texts_in(part)]
    if isinstance(value, Text):
        return [value, *texts_in([part for _, part in value.values])]
    if is_dataclass(value):
        return texts_in([getattr(value, one.name) for one in fields(value)])
    return []
