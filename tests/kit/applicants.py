"""Citizens of the tests and the answers they give; numbers only from domain facts 12.4."""

from dataclasses import replace
from datetime import date, datetime

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import IdCardKind, Person, Sex
from kiosk.domain.ticket import Ticket
from kiosk.forms.draft import Draft
from kiosk.forms.views import Answer, FieldKind, FieldView
from tests.kit.fake_clock import MORNING

TODAY = date(2026, 11, 24)

ADULT = Person(
    card_kind=IdCardKind.CITIZEN,
    name="张伟",
    sex=Sex.FEMALE,
    ethnicity="01",
    birth=date(1990, 1, 1),
    address="湖北省黄石市测试路一号",
    number="42029919900101006X",
    issuer="黄石市公安局",
    valid_from=date(2015, 1, 1),
    valid_to=date(2035, 1, 1),
)
ELDER = replace(
    ADULT,
    name="李建国",
    sex=Sex.MALE,
    birth=date(1955, 3, 10),
    number="420299195503100032",
    valid_to=None,
)
MINOR = replace(ADULT, name="王小明", birth=date(2015, 6, 15), number="420299201506150025")
FOREIGN = replace(
    ADULT,
    card_kind=IdCardKind.FOREIGN_2023,
    birth=date(1985, 7, 17),
    number="942999198507170017",
    ethnicity="",
)
"""The one form is not for a foreign resident; the card is genuine."""

_ANSWERS: dict[str, Answer] = {
    "phone": "13800000001",
    "emergency_name": "李四",
    "emergency_phone": "13900000002",
    "guardian_number": "420299195503100032",
}
_BY_KIND: dict[FieldKind, Answer] = {
    FieldKind.CHINESE_TEXT: "测试路二号",
    FieldKind.LATIN_TEXT: "TEST",
    FieldKind.DIGITS: "13700000003",
    FieldKind.DOCUMENT_NUMBER: "E12345678",
    FieldKind.DATE: "20200101",
    FieldKind.YES_NO: True,
}


def answer_for(field: FieldView) -> Answer:
    """What a patient citizen answers to a field."""
    if field.key in _ANSWERS:
        return _ANSWERS[field.key]
    if field.kind is FieldKind.CHOICES:
        return (field.options[0].code,)
    if field.options:
        return field.options[0].code
    return _BY_KIND[field.kind]


def finished(person: Person = ADULT, documents: tuple[DocumentKind, ...] = ()) -> Draft:
    """A draft with nothing left to mend.

    Args:
        person: who applies.
        documents: for what; a passport where not given.
    """
    draft = Draft.begin(documents or (DocumentKind.PASSPORT,), person, TODAY)
    for _ in range(60):
        left = {finding.field for finding in draft.findings()}
        fields = [one for page in draft.pages() for one in page.fields if one.key in left]
        if not fields:
            return draft
        draft = draft.answered(fields[0].key, answer_for(fields[0]))
    msg = f"still to mend: {draft.findings()}"
    raise AssertionError(msg)


def ticket(ticket_id: str = "t-1", number: str = "A023") -> Ticket:
    """A number as central gives it."""
    issued: datetime = MORNING
    return Ticket(
        ticket_id=ticket_id,
        number=number,
        day=issued.date(),
        issued_at=issued,
        services=("passport",),
        windows=("3",),
        ahead=4,
        estimate_min=12,
    )
