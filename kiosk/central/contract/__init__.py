"""The central API as types; the server's OpenAPI is generated from them.

Every write carries an `Idempotency-Key` header: same key and same body give the same answer, same
key and another body give 422. Times are ISO 8601 with offset; days are the hall's business days.
The foundation is at hand here; each further area (queue, ratings, payments ...) is a module.
"""

from kiosk.central.contract.applications import (
    ApplicationIn,
    ApplicationProgress,
    ApplicationReceipt,
    ApplicationStatus,
    DocumentIn,
    DocumentProgress,
    DocumentState,
    HolderApplications,
    HolderApplicationsIn,
    IdentityIn,
)
from kiosk.central.contract.base import (
    ID_PATTERN,
    KEY_PATTERN,
    Epoch,
    ErrorCode,
    Id,
    Model,
    Moment,
    Prefix,
    Problem,
    ShortText,
)
from kiosk.central.contract.halls import (
    Catalogue,
    Hall,
    Health,
    Service,
)
from kiosk.central.contract.machines import (
    Accepted,
    Boot,
    BootRequest,
    DeviceReport,
    Heartbeat,
    HeartbeatAnswer,
    JournalHead,
    LeaseRequest,
    NumberLease,
    StaffCall,
)
from kiosk.central.contract.tickets import (
    LeasedNumber,
    PaperOutcome,
    PaperReport,
    TicketIn,
    TicketOut,
    TicketState,
)

__all__ = [
    "ID_PATTERN",
    "KEY_PATTERN",
    "Accepted",
    "ApplicationIn",
    "ApplicationProgress",
    "ApplicationReceipt",
    "ApplicationStatus",
    "Boot",
    "BootRequest",
    "Catalogue",
    "DeviceReport",
    "DocumentIn",
    "DocumentProgress",
    "DocumentState",
    "Epoch",
    "ErrorCode",
    "Hall",
    "Health",
    "Heartbeat",
    "HeartbeatAnswer",
    "HolderApplications",
    "HolderApplicationsIn",
    "Id",
    "IdentityIn",
    "JournalHead",
    "LeaseRequest",
    "LeasedNumber",
    "Model",
    "Moment",
    "NumberLease",
    "PaperOutcome",
    "PaperReport",
    "Prefix",
    "Problem",
    "Service",
    "ShortText",
    "StaffCall",
    "TicketIn",
    "TicketOut",
    "TicketState",
]
