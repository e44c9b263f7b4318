"""The errand "endorsement", row by row."""

from typing import Any

from kiosk.flows.closed.states import ErrandClosed
from kiosk.flows.closed.table import unless_closed
from kiosk.flows.endorsement import choosing, events, mirror, proving, states
from kiosk.flows.endorsement.conduct import conduct
from kiosk.flows.endorsement.states import State
from kiosk.flows.errand import Errand
from kiosk.flows.machine import Flow
from kiosk.flows.session import ServiceResumed, ServiceStopped, TimerRang, Touched

_BACK, _NEXT = events.BackAsked, events.NextAsked
_END: tuple[type[Any], ...] = (
    states.TurningBack,
    states.TakingCard,
    states.PrintingSlip,
    states.Finished,
    states.Resting,
)
_PAYING: tuple[type[Any], ...] = (
    states.ChoosingPayment,
    states.PayingByBankCard,
    states.InsertingNotes,
    states.ShowingPaymentCode,
    states.CheckingPayment,
)
_MADE: tuple[type[Any], ...] = (states.MakingCard, states.CheckingFace)
_REPORTED: dict[type[Any], tuple[type[Any], ...]] = {
    states.Starting: (states.InsertingPermit, states.PlacingIdCard),
    states.InsertingPermit: (states.InsertingPermit, states.PlacingIdCard),
    states.PlacingIdCard: (states.PlacingIdCard,),
    states.ReadingIdCard: (states.PlacingIdCard,),
    states.OpeningChip: (states.OpeningChip, states.LookingAtCamera, states.PlacingIdCard),
    states.LookingAtCamera: (states.LookingAtCamera,),
    states.FaceNotSeen: (states.FaceNotSeen,),
    states.PlacingFinger: (states.PlacingFinger,),
    states.LookingUp: (states.Choosing,),
    states.Choosing: (states.Choosing,),
    states.Confirming: (states.Choosing,),
    states.Approving: (states.Approving, *_PAYING),
    **dict.fromkeys(_PAYING, (*_PAYING, *_MADE)),
    **dict.fromkeys(_MADE, _MADE),
    states.TurningBack: (states.TurningBack,),
    states.TakingCard: (),
    states.PrintingSlip: (),
}
"""Where a report of the transaction can lead from each state, besides to the end."""


def _purpose(event: events.BeginAsked) -> str:
    return event.purpose.value


def _rest(flow: Flow[State]) -> None:
    resting, closed = states.Resting, states.OutOfService
    begun = (states.Starting, states.PlacingIdCard, ErrandClosed)
    flow.on(resting, events.BeginAsked, unless_closed(_purpose, choosing.begin), begun)
    flow.on(resting, ServiceStopped, choosing.close, (closed,))
    flow.on(resting, ServiceResumed, choosing.reopen)
    flow.on(closed, ServiceStopped, choosing.close)
    flow.on(closed, ServiceResumed, choosing.reopen, (resting,))


def _mirror(flow: Flow[State]) -> None:
    for state, onward in _REPORTED.items():
        leads_to = tuple(dict.fromkeys((*onward, *_END)))
        flow.on(state, events.TransactionReported, mirror.mirror, leads_to)


def _prove(flow: Flow[State]) -> None:
    placing, reading = states.PlacingIdCard, states.ReadingIdCard
    face, unseen, finger = states.LookingAtCamera, states.FaceNotSeen, states.PlacingFinger
    asked, back = states.LookingUp, states.TurningBack
    flow.on(placing, events.IdCardFound, proving.found, (reading,))
    flow.on(placing, events.IdCardTroubled, proving.troubled)
    flow.on(placing, TimerRang, proving.try_reader)
    flow.on(placing, _BACK, proving.leave_card, (states.Resting,))
    flow.on(reading, events.IdCardRead, proving.read, (states.OpeningChip, asked, placing))
    flow.on(reading, events.IdCardTroubled, proving.troubled, (placing,))
    flow.on(reading, TimerRang, proving.reader_silent, (placing,))
    flow.on(face, events.FaceGuided, proving.guided)
    flow.on(face, events.FaceChecked, proving.face_checked, (asked, unseen, back))
    flow.on(face, events.FingerAsked, proving.by_finger, (finger,))
    flow.on(face, events.WindowAsked, proving.to_window, (back,))
    flow.on(unseen, events.FaceTriedAgain, proving.face_again, (face,))
    flow.on(unseen, events.FingerAsked, proving.by_finger, (finger,))
    flow.on(unseen, events.WindowAsked, proving.to_window, (back,))
    flow.on(finger, events.FingerGuided, proving.finger_guided)
    flow.on(finger, events.FingerChecked, proving.finger_checked, (asked, finger, back))
    flow.on(finger, events.WindowAsked, proving.to_window, (back,))


def _choose(flow: Flow[State]) -> None:
    choosing_, confirming = states.Choosing, states.Confirming
    flow.on(choosing_, events.ChoiceToggled, choosing.toggle)
    flow.on(choosing_, _NEXT, choosing.chosen, (confirming, choosing_))
    flow.on(confirming, _BACK, choosing.choose_again, (choosing_,))
    flow.on(confirming, _NEXT, choosing.confirm, (states.Approving,))
    flow.on(states.ChoosingPayment, events.MeansChosen, choosing.pay_by, (states.CheckingPayment,))
    for paying in (states.PayingByBankCard, states.InsertingNotes, states.ShowingPaymentCode):
        flow.on(paying, events.OtherMeansAsked, choosing.pay_otherwise)
    flow.on(states.CheckingFace, events.FaceJudged, choosing.judge_face)
    for how in (_NEXT, TimerRang):
        flow.on(states.Finished, how, choosing.leave, (states.Resting,))


def _ask(flow: Flow[State]) -> None:
    asked, rest = states.LookingUp, (states.Resting,)
    flow.on(asked, events.EntriesFound, choosing.show_entries, (states.ShowingEntries,))
    flow.on(asked, events.SlipsFound, choosing.show_slips, (states.ChoosingSlip,))
    flow.on(asked, events.NothingFound, choosing.show_nothing, (states.NotFound,))
    reprinting = (states.ReprintingSlip,)
    flow.on(states.ChoosingSlip, events.SlipChosen, choosing.reprint, reprinting)
    after = (states.Thanks, states.ChoosingSlip)
    flow.on(states.ReprintingSlip, events.SlipReprinted, choosing.reprinted, after)
    for shown in (states.ShowingEntries, states.ChoosingSlip, states.NotFound, states.Thanks):
        flow.on(shown, _NEXT, choosing.leave, rest)
    for how in (Touched, TimerRang):
        flow.on(states.Thanks, how, choosing.leave, rest)


def _table() -> Flow[State]:
    flow: Flow[State] = Flow("endorsement", states.Resting())
    for part in (_rest, _mirror, _prove, _choose, _ask):
        part(flow)
    return flow


ENDORSEMENT = _table()
ENDORSEMENT_CONDUCT = conduct()
ENDORSEMENT_ERRAND = Errand(ENDORSEMENT, ENDORSEMENT_CONDUCT)
