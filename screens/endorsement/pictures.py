"""The screens of the errand "endorsement"."""

from collections.abc import Mapping
from typing import Any

from kiosk.flows.endorsement import states
from kiosk.flows.endorsement.states import Purpose
from screens.gallery import Pictures

SCREENS: Mapping[type[Any], str] = {
    states.Resting: "resting.RestingScreen",
    states.OutOfService: "out_of_service.PermitOutOfServiceScreen",
    states.Starting: "working.WorkingScreen",
    states.InsertingPermit: "inserting_permit.InsertingPermitScreen",
    states.PlacingIdCard: "placing_id_card.PlacingIdCardScreen",
    states.ReadingIdCard: "working.WorkingScreen",
    states.OpeningChip: "working.WorkingScreen",
    states.LookingAtCamera: "looking_at_camera.LookingAtCameraScreen",
    states.FaceNotSeen: "face_not_seen.FaceNotSeenScreen",
    states.PlacingFinger: "placing_finger.PlacingFingerScreen",
    states.LookingUp: "working.WorkingScreen",
    states.Choosing: "choosing.ChoosingScreen",
    states.Confirming: "confirming.ConfirmingScreen",
    states.Approving: "working.WorkingScreen",
    states.ChoosingPayment: "choosing_payment.ChoosingPaymentScreen",
    states.PayingByBankCard: "paying_by_bank_card.PayingByBankCardScreen",
    states.InsertingNotes: "inserting_notes.InsertingNotesScreen",
    states.ShowingPaymentCode: "showing_payment_code.ShowingPaymentCodeScreen",
    states.CheckingPayment: "working.WorkingScreen",
    states.MakingCard: "making_card.MakingCardScreen",
    states.CheckingFace: "checking_face.CheckingFaceScreen",
    states.TurningBack: "working.WorkingScreen",
    states.TakingCard: "taking_card.TakingCardScreen",
    states.PrintingSlip: "working.WorkingScreen",
    states.Finished: "finished.FinishedScreen",
    states.ShowingEntries: "showing_entries.ShowingEntriesScreen",
    states.ChoosingSlip: "choosing_slip.ChoosingSlipScreen",
    states.ReprintingSlip: "working.WorkingScreen",
    states.Thanks: "thanks.QueryThanksScreen",
    states.NotFound: "not_found.NotFoundScreen",
}
"""Every state of the errand and, as `module.Class` in screens.endorsement, its screen."""

PROGRESS: Mapping[type[Any], int] = {
    states.Starting: 0,
    states.InsertingPermit: 0,
    states.PlacingIdCard: 1,
    states.ReadingIdCard: 1,
    states.OpeningChip: 1,
    states.LookingAtCamera: 1,
    states.FaceNotSeen: 1,
    states.PlacingFinger: 1,
    states.LookingUp: 2,
    states.Choosing: 2,
    states.Confirming: 2,
    states.Approving: 2,
    states.ChoosingPayment: 3,
    states.PayingByBankCard: 3,
    states.InsertingNotes: 3,
    states.ShowingPaymentCode: 3,
    states.CheckingPayment: 3,
    states.MakingCard: 4,
    states.CheckingFace: 4,
}
"""Which of the five steps a state belongs to; states not named are before, beside or after."""

_PARTS: Mapping[type[Any], float] = {
    states.PlacingIdCard: 0.25,
    states.Confirming: 0.8,
    states.Approving: 1.0,
    states.CheckingFace: 1.0,
}


def _part(state: object) -> float:
    return _PARTS.get(type(state), 0.5)


def _shown(state: object) -> bool:
    """A query passes through some of the same states, but it is no way of five steps."""
    return getattr(state, "purpose", Purpose.ENDORSEMENT) is Purpose.ENDORSEMENT


PICTURES = Pictures(
    "screens.endorsement",
    SCREENS,
    steps=("permit", "identity", "choose", "pay", "make"),
    progress=PROGRESS,
    part=_part,
    shown=_shown,
)
