"""What to bring, before any card was read."""

from collections.abc import Iterable
from datetime import date

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.forms.fees import first_fee, processing_text
from kiosk.forms.materials import materials, of_person
from kiosk.forms.views import ReviewSection, Text
from kiosk.policy.day import DayPolicy
from kiosk.policy.loader import Policy, shipped


def sections(
    documents: Iterable[DocumentKind],
    person: Person | None,
    today: date,
    policy: Policy | None = None,
) -> tuple[ReviewSection, ...]:
    """One section a document: its fee, its time and what to bring; no facts.

    Args:
        documents: to tell about.
        person: whose card was read, None for nobody in particular.
        today: fees are those of this day.
        policy: tables; those of the product where not given.
    """
    tables = (policy or shipped()).on(today)
    return _listed(documents, tables, of_person(person, tables))


def sections_for(
    documents: Iterable[DocumentKind], today: date, *, young: bool
) -> tuple[ReviewSection, ...]:
    """The same for a kind of person instead of somebody's card.

    Args:
        documents: to tell about.
        today: fees are those of this day.
        young: under the age from which no guardian need come along.
    """
    words = {"under_16" if young else "not_under_16", "not_expired"}
    return _listed(documents, shipped().on(today), words)


def _listed(
    documents: Iterable[DocumentKind], tables: DayPolicy, person_words: set[str]
) -> tuple[ReviewSection, ...]:
    words = person_words | {"choices_unknown"}
    found = []
    for document in documents:
        fee = first_fee(tables, document)
        found.append(
            ReviewSection(
                title=Text(f"document.{document.value}"),
                document=document,
                lines=(),
                fee_fen=fee.fen,
                materials=materials(tables, document, words),
                fee_note=fee.note,
                processing=processing_text(tables, document, ""),
            )
        )
    return tuple(found)
