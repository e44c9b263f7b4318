"""The form: one answer validated and its pages recomputed, with all documents chosen.

The form is pure computation, so its own processor time is taken: another program that runs at the
same moment is not the form's doing.
"""

from dataclasses import replace
from datetime import date
from statistics import median, quantiles
from time import thread_time

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import IdCardKind, Person, Sex
from kiosk.forms.declared import BY_KEY
from kiosk.forms.draft import Draft
from kiosk.forms.views import Answer, FieldKind, FieldView
from scripts.benches.figure import Figure, at_most

LIMIT_MS = 1.0
TODAY = date(2026, 11, 24)
CHILD = Person(
    card_kind=IdCardKind.CITIZEN,
    name="欧阳测试",
    sex=Sex.FEMALE,
    birth=date(2015, 6, 15),
    number="420299201506150025",
    ethnicity="01",
    address="湖北省黄石市黄石港区测试路1号",
)
"""a minor with a compound surname is asked the most; the courier adds the rest"""
TYPED = {
    "passport_number": "E12345678",
    "hk_macao_number": "CA0000001",
    "taiwan_number": "L12345678",
    "guardian_name": "测试甲",
    "guardian_number": "420299195503100032",
    "guardian_phone": "13700000001",
    "phone": "13800000001",
    "emergency_name": "测试乙",
    "emergency_phone": "13900000001",
}
CHOSEN = frozenset({"renewal", "permit_and_endorsement", "courier"})


def answer_to(field: FieldView) -> Answer:
    """The answer that leads to the most questions."""
    codes = tuple(option.code for option in field.options)
    if field.kind is FieldKind.CHOICES:
        return codes
    if codes:
        return next((code for code in codes if code in CHOSEN), codes[0])
    return TYPED.get(field.key, field.value)


def filled() -> Draft:
    """The longest form there is, complete."""
    draft = Draft.begin(tuple(DocumentKind), CHILD, TODAY)
    while findings := draft.findings():
        fields = {field.key: field for page in draft.pages() for field in page.fields}
        field = fields[findings[0].field]
        draft = draft.answered(field.key, answer_to(field))
    return draft


def timed_ms(draft: Draft, key: str, value: Answer) -> float:
    """Milliseconds of work from an answer to the pages that show it."""
    fresh = replace(draft)
    fresh.pages()
    started = thread_time()
    after = fresh.answered(key, value)
    after.pages()
    after.findings()
    return (thread_time() - started) * 1000


def other_answer(field: FieldView) -> Answer:
    """An answer other than the present one, so that something changes."""
    if field.kind is FieldKind.CHOICES:
        return field.value[:1] if isinstance(field.value, tuple) else ()
    codes = [option.code for option in field.options if option.code != field.value]
    if codes:
        return codes[0]
    limit = BY_KEY[field.key].max_length
    return (str(field.value) + "1")[:limit] if len(str(field.value)) < limit else ""


def measure(*, quick: bool) -> list[Figure]:
    """Median and 99th percentile over all fields of the longest form."""
    draft = filled()
    fields = [field for page in draft.pages() for field in page.fields if not field.locked]
    rounds = 20 if quick else 200
    times = [
        timed_ms(draft, field.key, other_answer(field)) for _ in range(rounds) for field in fields
    ]
    return [
        at_most("form.answer_median", round(median(times), 4), "ms", LIMIT_MS),
        at_most("form.answer_p99", round(quantiles(times, n=100)[98], 4), "ms", LIMIT_MS),
    ]
