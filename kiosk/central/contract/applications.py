"""Applications: one citizen, one or more documents."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, Moment, ShortText


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


class ApplicationState(StrEnum):
    """Where an application stands."""

    RECEIVED = "received"


class ApplicationStatus(Model):
    """What anybody with an application's id may know: nothing personal."""

    application_id: Id
    state: ApplicationState
    received_at: AwareDatetime
