"""Applications: one citizen, one or more documents."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, Moment, ShortText
from kiosk.domain.progress import Progress


class DocumentIn(Model):
    """One document of an application: target name to value (docs/central-api.md)."""

    kind: Id
    fields: dict[Id, ShortText]


class IdentityIn(Model):
    """What the card said about the applicant."""

    card_kind: Id
    name: ShortText
    latin_name: ShortText = ""
    sex: Annotated[str, Field(pattern=r"^[0129]$")]
    birth: date
    number: Annotated[str, Field(pattern=r"^[0-9A-Z]{15,18}$")]
    ethnicity: Annotated[str, Field(pattern=r"^([0-9]{2})?$")] = ""
    address: ShortText = ""
    issuer: ShortText = ""
    valid_from: date | None = None
    valid_to: date | None = None
    nationality: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "CHN"


class ApplicationIn(Model):
    """One citizen's application for one or more documents."""

    application_id: Id
    """made by the machine; the ticket and its QR code refer to it"""
    machine_id: Id
    hall_id: Id
    made_at: Moment
    form_version: ShortText
    language: ShortText
    identity: IdentityIn
    documents: Annotated[tuple[DocumentIn, ...], Field(min_length=1, max_length=10)]


class ApplicationReceipt(Model):
    """The application is stored."""

    application_id: Id
    received_at: AwareDatetime


class DocumentState(Model):
    """How far one document is; nothing personal."""

    kind: Id
    state: Progress
    since: AwareDatetime


class ApplicationStatus(Model):
    """What anybody with an application's id may know: nothing personal."""

    application_id: Id
    received_at: AwareDatetime
    documents: tuple[DocumentState, ...]
    """in the order of the application"""


class HolderApplicationsIn(Model):
    """Whose card lies on a machine; the number travels in the body."""

    machine_id: Id
    hall_id: Id
    holder_number: Annotated[str, Field(pattern=r"^[0-9A-Z]{15,18}$")]


class DocumentProgress(DocumentState):
    """How far one document is, and what its holder does next."""

    expected: date | None
    """last day of the term of the law, while it runs; None else, or when no table says"""
    lacks: Id | None
    """what has to be mended, of a returned one; as policy lists the errors of a file"""
    courier: bool
    """whether it is sent instead of collected"""
    windows: tuple[ShortText, ...]
    """to go to now, in the application's hall; empty when there is nothing to do there"""


class ApplicationProgress(Model):
    """How far an application is, as its holder may know it."""

    application_id: Id
    hall_id: Id
    hall_names: dict[str, ShortText]
    """by locale; empty for a hall that the catalogue no longer has"""
    received_at: AwareDatetime
    documents: tuple[DocumentProgress, ...]


class HolderApplications(Model):
    """The applications of a card's holder, newest first: the last year's, at most ten."""

    applications: tuple[ApplicationProgress, ...]
