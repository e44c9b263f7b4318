"""What the transaction reports becomes what the person sees."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from kiosk.domain.transaction import progress
from kiosk.domain.transaction.outcome import Ended, Outcome
from kiosk.flows.effects import Effect, ReadIdCard, StopReadingIdCard, WipeSession
from kiosk.flows.endorsement import states
from kiosk.flows.endorsement.effects import CheckFace, StopFaceCheck, StopFingerCheck
from kiosk.flows.endorsement.events import TransactionReported
from kiosk.flows.endorsement.states import Purpose, State
from kiosk.flows.machine import Step

Seen = Callable[[Any], State]

_SEEN: dict[type[Any], Seen] = {
    progress.WaitingForCard: lambda now: states.InsertingPermit(now.trouble),
    progress.WaitingForPerson: lambda _now: states.PlacingIdCard(Purpose.ENDORSEMENT),
    progress.OpeningChip: lambda _now: states.OpeningChip(),
    progress.WaitingForProof: lambda now: states.LookingAtCamera(now.portrait, now.finger_template),
    progress.Choosing: lambda now: states.Choosing(now.choices),
    progress.Approving: lambda _now: states.Approving(),
    progress.AmountDue: lambda now: states.ChoosingPayment(
        now.amount_fen, now.paid_fen, now.means, now.trouble
    ),
    progress.BankCardDue: lambda now: states.PayingByBankCard(now.rest_fen),
    progress.NotesDue: lambda now: states.InsertingNotes(
        now.rest_fen, now.paid_fen, now.notes_fen, now.refused
    ),
    progress.CodeDue: lambda now: states.ShowingPaymentCode(now.rest_fen),
    progress.CheckingPayment: lambda _now: states.CheckingPayment(),
    progress.Making: lambda now: states.MakingCard(now.work, now.left_s),
    progress.ShowingFace: lambda now: states.CheckingFace(now.picture),
    progress.TurningBack: lambda now: states.TurningBack(now.reason),
    progress.PrintingSlip: lambda _now: states.PrintingSlip(),
    Ended: states.Finished,
}

_MADE = (states.MakingCard, states.CheckingFace)


def mirror(state: State, event: TransactionReported) -> Step[State]:
    """Show where the transaction is, and begin what the citizen must do there."""
    now = event.progress
    if isinstance(now, progress.CardPresented):
        # After making, the card comes with something new on it; at any other time as it was.
        shown: State = states.TakingCard(now.limit_s, isinstance(state, _MADE))
    elif isinstance(now, Ended) and now.outcome is Outcome.NOTHING_TAKEN_IN:
        # A mouth that never opened is the machine's fault, and whoever waited before it is told.
        refused = isinstance(state, states.Starting)
        told = replace(now, outcome=Outcome.NOT_BEGUN)
        shown = states.Finished(told) if refused else states.Resting()
    else:
        shown = _SEEN[type(now)](now)
    gone = (WipeSession(),) if isinstance(shown, states.Resting) else ()
    return Step(shown, (*_left(state), *_entered(now), *gone))


def _left(state: State) -> tuple[Effect, ...]:
    """End what belongs to a state that the transaction has left by itself."""
    if isinstance(state, states.PlacingIdCard | states.ReadingIdCard):
        return (StopReadingIdCard(),)
    if isinstance(state, states.LookingAtCamera):
        return (StopFaceCheck(),)
    return (StopFingerCheck(),) if isinstance(state, states.PlacingFinger) else ()


def _entered(now: object) -> tuple[Effect, ...]:
    if isinstance(now, progress.WaitingForPerson):
        return (ReadIdCard(),)
    return (CheckFace(now.portrait),) if isinstance(now, progress.WaitingForProof) else ()
