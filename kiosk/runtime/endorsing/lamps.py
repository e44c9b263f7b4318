"""Which lamp shines in which state: where the citizen should put or take something now."""

from collections.abc import Mapping
from typing import Any

from hardware.interfaces.panel_io import Flash, Lamp, LampState
from kiosk.flows.endorsement import states

_HERE = LampState(Flash.MEDIUM)
_STEADY = LampState(Flash.CONTINUOUS)
_URGENT = LampState(Flash.QUICK)

LAMPS: Mapping[type[Any], Mapping[Lamp, LampState]] = {
    states.InsertingPermit: {Lamp.CARD_READER: _HERE},
    states.PlacingIdCard: {Lamp.ID_CARD_READER: _HERE},
    states.ReadingIdCard: {Lamp.ID_CARD_READER: _STEADY},
    states.OpeningChip: {Lamp.CARD_READER: _STEADY},
    states.LookingAtCamera: {Lamp.CAMERA: _STEADY},
    states.PlacingFinger: {Lamp.FINGERPRINT: _HERE},
    states.PayingByBankCard: {Lamp.PIN_PAD: _HERE},
    states.InsertingNotes: {Lamp.BILL_ACCEPTOR: _HERE},
    states.ShowingPaymentCode: {Lamp.SCANNER: _HERE},
    states.MakingCard: {Lamp.CARD_READER: _STEADY},
    # A card left in the mouth is kept by the machine after a while: this lamp hurries.
    states.TakingCard: {Lamp.CARD_READER: _URGENT},
    states.PrintingSlip: {Lamp.RECEIPT_PRINTER: _STEADY},
    states.ReprintingSlip: {Lamp.RECEIPT_PRINTER: _STEADY},
    states.Finished: {Lamp.RECEIPT_PRINTER: _HERE},
}
"""States that are not named ask nothing of a hand: their lamps are dark."""
