"""What to bring, before any card was read."""

from collections.abc import Iterable
from datetime import date

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.forms.fees import first_fee, processing_text
from kiosk.forms.materials import materials, of_person
from kiosk.forms.views import ReviewSection, Text
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
    words = of_person(person, tables) | {"choices_unknown"}
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
