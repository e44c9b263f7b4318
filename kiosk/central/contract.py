"""The central API as types; the server's OpenAPI is generated from them.

Every write carries an `Idempotency-Key` header: same key and same body give the same answer, same
key and another body give 422. Times are ISO 8601 with offset; days are the hall's business days.
"""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"
Id = Annotated[str, Field(pattern=ID_PATTERN)]
Prefix = Annotated[str, Field(pattern=r"^[A-Z]$")]
ShortText = Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
_YEARS = Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(2100, 1, 1, tzinfo=UTC))
Moment = Annotated[AwareDatetime, _YEARS]
"""a machine's clock outside these years is broken"""
Epoch = Annotated[int, Field(ge=0, le=2**31 - 1)]
KEY_PATTERN = r"^[A-Za-z0-9._:-]{8,128}$"


class Model(BaseModel):
    """Frozen, strict about names; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ErrorCode(StrEnum):
    """Why central refuses; closed list."""

    BAD_REQUEST = "bad_request"
    UNKNOWN_HALL = "unknown_hall"
    UNKNOWN_SERVICE = "unknown_service"
    UNKNOWN_TICKET = "unknown_ticket"
    UNKNOWN_APPLICATION = "unknown_application"
    HALL_CLOSED = "hall_closed"
    LEASE_INVALID = "lease_invalid"
    LEASE_NUMBER_USED = "lease_number_used"
    WRONG_STATE = "wrong_state"
    KEY_REUSED = "key_reused"
    KEY_MISSING = "key_missing"
    ALREADY_EXISTS = "already_exists"
    NUMBERS_EXHAUSTED = "numbers_exhausted"
    BUSY = "busy"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TOO_LARGE = "too_large"
    INTERNAL = "internal"


class Problem(Model):
    """Body of every refusal."""

    code: ErrorCode
    detail: str = ""


class Hall(Model):
    """One acceptance point."""

    hall_id: Id
    names: dict[str, ShortText]
    """by locale: zh_CN, en, zh_Hant"""
    opens: ShortText = ""
    """opening hours as text, for ticket and screen"""


class Service(Model):
    """Something a citizen queues for."""

    service_id: Id
    prefix: Prefix
    names: dict[str, ShortText]
    windows: tuple[ShortText, ...]
    minutes_per_visit: Annotated[int, Field(ge=1, le=240)]
    order: int
    """services of one ticket are visited in this order"""


class Catalogue(Model):
    """What a hall offers; machines keep the last one they saw."""

    version: ShortText
    hall: Hall
    services: tuple[Service, ...]
    server_time: AwareDatetime
    business_day: date


class BootRequest(Model):
    """A machine has started."""

    machine_id: Id
    hall_id: Id
    software: ShortText


class Boot(Model):
    """What a starting machine needs to know; leases of earlier epochs are dead."""

    epoch: int
    server_time: AwareDatetime
    business_day: date


class LeaseRequest(Model):
    """A machine asks for numbers to use when cut off."""

    machine_id: Id
    hall_id: Id
    epoch: Epoch
    service_id: Id
    count: Annotated[int, Field(ge=1, le=50)]


class NumberLease(Model):
    """Numbers first to last, inclusive, for one prefix and one business day."""

    lease_id: Id
    hall_id: Id
    service_id: Id
    prefix: Prefix
    day: date
    first: int
    last: int
    epoch: int


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


class LeasedNumber(Model):
    """Names the number that a machine gave while cut off."""

    lease_id: Id
    n: Annotated[int, Field(ge=1, le=999_999)]


class TicketIn(Model):
    """One visit asks for its one ticket; or reports the one it gave while cut off."""

    ticket_id: Id
    machine_id: Id
    hall_id: Id
    services: Annotated[tuple[Id, ...], Field(min_length=1, max_length=10)]
    application_id: Id | None = None
    taken_at: Moment
    leased: LeasedNumber | None = None


class TicketState(StrEnum):
    """Where a ticket stands; a ticket counts as issued when its paper was seen."""

    NUMBERED = "numbered"
    ISSUED = "issued"
    SHOWN = "shown"  # no paper; the number was shown and staff were told
    VOIDED = "voided"


class TicketOut(Model):
    """A ticket as central sees it."""

    ticket_id: Id
    number: ShortText
    """as called, for example A023"""
    hall_id: Id
    day: date
    services: tuple[Id, ...]
    windows: tuple[ShortText, ...]
    ahead: int
    estimate_min: int
    taken_at: AwareDatetime
    state: TicketState
    application_id: Id | None = None


class PaperOutcome(StrEnum):
    """What became of a ticket's paper."""

    PRINTED = "printed"
    SHOWN = "shown"
    VOIDED = "voided"


class PaperReport(Model):
    """A machine reports what became of a ticket's paper."""

    outcome: PaperOutcome
    at: Moment
    prints: Annotated[int, Field(ge=0, le=100)] = 1


class StaffCall(Model):
    """Somebody needs help at a machine."""

    machine_id: Id
    hall_id: Id
    reason: ShortText
    subject: ShortText = ""
    at: Moment


class Accepted(Model):
    """A report was stored."""

    at: AwareDatetime


class DeviceReport(Model):
    """One device in a heartbeat."""

    name: Id
    state: ShortText
    detail: ShortText = ""
    simulated: bool = False


class Heartbeat(Model):
    """A machine is alive; ids, codes and counts only."""

    machine_id: Id
    hall_id: Id
    epoch: Epoch
    state: ShortText
    outbox_waiting: Annotated[int, Field(ge=0, le=2**31 - 1)]
    devices: tuple[DeviceReport, ...] = ()


class HeartbeatAnswer(Model):
    """What central tells a living machine."""

    server_time: AwareDatetime
    business_day: date
    catalogue_version: ShortText


class Health(Model):
    """Central answers and reaches its database."""

    status: ShortText
    database: ShortText
    server_time: AwareDatetime
