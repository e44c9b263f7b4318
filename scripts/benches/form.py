"""The form: one answer validated and its pages recomputed, with all documents chosen.

The form is pure computation, so its own processor time is taken: another program that runs at the
same moment is not the form's doing.
"""

from dataclasses import replace
from statistics import median, quantiles
from time import thread_time

from kiosk.forms.declared import BY_KEY
from kiosk.forms.draft import Draft
from kiosk.forms.views import Answer, FieldKind, FieldView
from scripts.benches.figure import Figure, at_most
from tests.kit.applicants import MINOR, TODAY
from tests.kit.form_filling import ALL, mended, prefers

LIMIT_MS = 1.0
CHILD = replace(MINOR, name="欧阳测试")
"""a minor with a compound surname is asked the most; the courier adds the rest"""
LONGEST = prefers("renewal", "permit_and_endorsement", "courier")


def filled() -> Draft:
    """The longest form there is, complete."""
    return mended(Draft.begin(ALL, CHILD, TODAY), LONGEST)


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
