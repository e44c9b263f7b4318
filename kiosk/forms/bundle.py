"""What the form ends in: one application bundle for central."""

from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person


@dataclass(frozen=True, slots=True)
class DocumentApplication:
    """One document's part of the bundle.

    Args:
        kind: the document.
        fields: target name to value, as the document's bindings say (domain facts 1.1-1.3).
    """

    kind: DocumentKind
    fields: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class ApplicationBundle:
    """Everything one citizen applies for in one visit.

    Args:
        person: as read from the card.
        documents: in the order chosen.
        made_on: day of the application; it decides the fee.
        form_version: of the form and its policy data.
    """

    person: Person
    documents: tuple[DocumentApplication, ...]
    made_on: date
    form_version: str
