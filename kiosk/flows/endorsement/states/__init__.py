"""States of the endorsement machine: what the person, the card or the paper is doing.

From `Starting` to `Finished` they mirror the transaction (`kiosk.domain.transaction`): it owns the
card and the money, these say what the person sees.
"""

from kiosk.flows.endorsement.states.asking import (
    ChoosingSlip,
    EntryLeft,
    LookingUp,
    NotFound,
    OutOfService,
    PastOrder,
    ReprintingSlip,
    Resting,
    ShowingEntries,
    Thanks,
)
from kiosk.flows.endorsement.states.card import (
    CheckingFace,
    Finished,
    InsertingPermit,
    MakingCard,
    PrintingSlip,
    Starting,
    TakingCard,
    TurningBack,
)
from kiosk.flows.endorsement.states.proof import (
    CardTrouble,
    FaceNotSeen,
    LookingAtCamera,
    OpeningChip,
    PlacingFinger,
    PlacingIdCard,
    Preview,
    Purpose,
    ReadingIdCard,
)
from kiosk.flows.endorsement.states.purchase import (
    Approving,
    CheckingPayment,
    Choosing,
    ChoosingPayment,
    Confirming,
    InsertingNotes,
    PayingByBankCard,
    ShowingPaymentCode,
)

__all__ = [
    "Approving",
    "CardTrouble",
    "CheckingFace",
    "CheckingPayment",
    "Choosing",
    "ChoosingPayment",
    "ChoosingSlip",
    "Confirming",
    "EntryLeft",
    "FaceNotSeen",
    "Finished",
    "InsertingNotes",
    "InsertingPermit",
    "LookingAtCamera",
    "LookingUp",
    "MakingCard",
    "NotFound",
    "OpeningChip",
    "OutOfService",
    "PastOrder",
    "PayingByBankCard",
    "PlacingFinger",
    "PlacingIdCard",
    "Preview",
    "PrintingSlip",
    "Purpose",
    "ReadingIdCard",
    "ReprintingSlip",
    "Resting",
    "ShowingEntries",
    "ShowingPaymentCode",
    "Starting",
    "State",
    "TakingCard",
    "Thanks",
    "TurningBack",
]

State = (
    Resting
    | OutOfService
    | Starting
    | InsertingPermit
    | PlacingIdCard
    | ReadingIdCard
    | OpeningChip
    | LookingAtCamera
    | FaceNotSeen
    | PlacingFinger
    | LookingUp
    | Choosing
    | Confirming
    | Approving
    | ChoosingPayment
    | PayingByBankCard
    | InsertingNotes
    | ShowingPaymentCode
    | CheckingPayment
    | MakingCard
    | CheckingFace
    | TurningBack
    | TakingCard
    | PrintingSlip
    | Finished
    | ShowingEntries
    | ChoosingSlip
    | ReprintingSlip
    | Thanks
    | NotFound
)
