"""What the person chooses, pays and looks at."""

from dataclasses import replace

from kiosk.domain.transaction.commands import CancelAsked, ChoiceConfirmed, FaceSeen, PayBy
from kiosk.flows.effects import ReadIdCard, WipeSession
from kiosk.flows.endorsement import events, states
from kiosk.flows.endorsement.effects import BeginTransaction, ReprintSlip, TellTransaction
from kiosk.flows.endorsement.states import Purpose, State
from kiosk.flows.machine import Step
from kiosk.flows.session import ServiceResumed, ServiceStopped


def begin(_state: states.Resting, event: events.BeginAsked) -> Step[State]:
    """Begin what the person came for."""
    if event.purpose is Purpose.ENDORSEMENT:
        return Step(states.Starting(), (BeginTransaction(),))
    return Step(states.PlacingIdCard(event.purpose), (ReadIdCard(),))


def close(_state: State, event: ServiceStopped) -> Step[State]:
    """Out of service."""
    return Step(states.OutOfService(event.reasons))


def reopen(_state: State, event: ServiceResumed) -> Step[State]:
    """Serve again, or with more or less than before."""
    return Step(states.Resting(event.closed))


def toggle(state: states.Choosing, event: events.ChoiceToggled) -> Step[State] | None:
    """Choose one for a destination instead of another, or take it back."""
    if event.choice not in state.choices:
        return None
    others = tuple(one for one in state.chosen if one.destination != event.choice.destination)
    taken_back = event.choice in state.chosen
    chosen = others if taken_back else (*others, event.choice)
    in_order = tuple(one for one in state.choices if one in chosen)
    return Step(states.Choosing(state.choices, in_order))


def chosen(state: states.Choosing, _event: events.NextAsked) -> Step[State]:
    """On to fee and warnings."""
    if not state.chosen:
        return Step(replace(state, nothing_chosen=True))
    return Step(states.Confirming(state.choices, state.chosen))


def choose_again(state: states.Confirming, _event: events.BackAsked) -> Step[State]:
    """Back to the choice, which is kept."""
    return Step(states.Choosing(state.choices, state.chosen))


def confirm(state: states.Confirming, _event: events.NextAsked) -> Step[State]:
    """Have it approved; the warnings were on the screen."""
    return Step(states.Approving(), (TellTransaction(ChoiceConfirmed(state.chosen)),))


def pay_by(state: states.ChoosingPayment, event: events.MeansChosen) -> Step[State] | None:
    """Begin to pay."""
    if event.means not in state.means:
        return None
    return Step(states.CheckingPayment(), (TellTransaction(PayBy(event.means)),))


def pay_otherwise(state: State, _event: events.OtherMeansAsked) -> Step[State]:
    """Stop this way of paying; the transaction asks for another."""
    return Step(state, (TellTransaction(CancelAsked()),))


def judge_face(state: states.CheckingFace, event: events.FaceJudged) -> Step[State]:
    """Seen; wrong or right, the card is the person's."""
    return Step(state, (TellTransaction(FaceSeen(event.right)),))


def leave(_state: State, _event: object) -> Step[State]:
    """The visit is over."""
    return Step(states.Resting(), (WipeSession(),))


def show_entries(_state: states.LookingUp, event: events.EntriesFound) -> Step[State]:
    """What the person has."""
    return Step(states.ShowingEntries(event.entries, event.permit_until))


def show_slips(_state: states.LookingUp, event: events.SlipsFound) -> Step[State]:
    """Which slip?"""
    return Step(states.ChoosingSlip(event.orders))


def show_nothing(_state: states.LookingUp, event: events.NothingFound) -> Step[State]:
    """Nothing there, and what to do."""
    return Step(states.NotFound(event.reason))


def reprint(state: states.ChoosingSlip, event: events.SlipChosen) -> Step[State] | None:
    """Print it again."""
    if event.order_id not in {one.order_id for one in state.orders}:
        return None
    return Step(states.ReprintingSlip(state.orders), (ReprintSlip(event.order_id),))


def reprinted(state: states.ReprintingSlip, event: events.SlipReprinted) -> Step[State]:
    """It came, or the printer could not."""
    if event.printed:
        return Step(states.Thanks())
    return Step(states.ChoosingSlip(state.orders, trouble=True))
