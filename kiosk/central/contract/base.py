"""What every part of the contract is made of: ids, texts, moments, refusals."""

from datetime import UTC, datetime
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
    UNKNOWN_PERMIT = "unknown_permit"
    UNKNOWN_ORDER = "unknown_order"
    UNKNOWN_PAYMENT = "unknown_payment"
    UNKNOWN_CASE = "unknown_case"
    NO_GATEWAY = "no_gateway"
    HALL_CLOSED = "hall_closed"
    LEASE_INVALID = "lease_invalid"
    LEASE_NUMBER_USED = "lease_number_used"
    WRONG_STATE = "wrong_state"
    KEY_REUSED = "key_reused"
    KEY_MISSING = "key_missing"
    ALREADY_EXISTS = "already_exists"
    UNKNOWN_TERMINAL = "unknown_terminal"
    UNKNOWN_RATING_REQUEST = "unknown_rating_request"
    UNKNOWN_CLERK = "unknown_clerk"
    NOT_THIS_TERMINAL = "not_this_terminal"
    RATING_CLOSED = "rating_closed"
    RATING_UNFIT = "rating_unfit"
    ALREADY_RATED = "already_rated"
    NUMBERS_EXHAUSTED = "numbers_exhausted"
    NOBODY_WAITS = "nobody_waits"
    WINDOW_CLOSED = "window_closed"
    WINDOW_TAKEN = "window_taken"
    WINDOW_BUSY = "window_busy"
    UNKNOWN_WINDOW = "unknown_window"
    UNKNOWN_BOOKING = "unknown_booking"
    UNKNOWN_NOTICE = "unknown_notice"
    NO_SUCH_SLOT = "no_such_slot"
    SLOT_FULL = "slot_full"
    ALREADY_BOOKED = "already_booked"
    TOO_LATE_TO_CANCEL = "too_late_to_cancel"
    NOT_ADMITTED = "not_admitted"
    PROOF_STALE = "proof_stale"
    NOT_THIS_MACHINE = "not_this_machine"
    NOT_SIGNED_IN = "not_signed_in"
    NOT_ALLOWED = "not_allowed"
    BUSY = "busy"
    NOT_FOUND = "not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    TOO_LARGE = "too_large"
    INTERNAL = "internal"


class Problem(Model):
    """Body of every refusal."""

    code: ErrorCode
    detail: str = ""
