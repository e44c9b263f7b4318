"""The errand "rate", row by row; the same on every machine."""

from typing import Any

from kiosk.flows.effects import Effect, WipeSession
from kiosk.flows.errand import Errand
from kiosk.flows.machine import Flow, Step
from kiosk.flows.rating import answering, events, states
from kiosk.flows.rating.conduct import conduct
from kiosk.flows.session import TimerRang, Touched


def rating_errand(home: object, closing: tuple[Effect, ...] = ()) -> Errand:
    """The table for a machine that goes somewhere afterwards.

    Args:
        home: the state after the last word, or after none.
        closing: what the machine does then.
    """

    def leave(_state: object, _event: object) -> Step[Any]:
        return Step(home, (WipeSession(), *closing))

    away = (type(home),)
    flow: Flow[Any] = Flow("rating", home)
    level, reasons, phone = states.ChoosingLevel, states.ChoosingReasons, states.LeavingPhone
    keeping, lost, thanks = states.KeepingRating, states.RatingNotKept, states.ThankingForRating
    flow.on(level, events.LevelChosen, answering.choose_level, (reasons,))
    for how in (events.RatingSkipped, TimerRang):
        flow.on(level, how, leave, away)
    flow.on(reasons, events.ReasonToggled, answering.toggle)
    flow.on(reasons, events.LevelReconsidered, answering.reconsider, (level,))
    flow.on(reasons, events.CallWanted, answering.want_call, (phone,))
    flow.on(reasons, events.RatingGiven, answering.give, (keeping,))
    flow.on(reasons, TimerRang, answering.give, (keeping,))
    flow.on(phone, events.PhoneTyped, answering.type_phone)
    flow.on(phone, events.CallWithdrawn, answering.withdraw_call, (reasons,))
    flow.on(phone, events.RatingGiven, answering.give_with_phone, (keeping, phone))
    flow.on(phone, TimerRang, answering.leave_phone, (keeping,))
    for kept_in in (keeping, lost):
        flow.on(kept_in, events.RatingKept, answering.thank, (thanks,))
    flow.on(keeping, events.RatingLost, answering.apologise, (lost,))
    flow.on(keeping, TimerRang, answering.apologise, (lost,))
    for read in (events.ApologyRead, TimerRang):
        flow.on(lost, read, leave, away)
    for seen in (Touched, TimerRang):
        flow.on(thanks, seen, leave, away)
    return Errand(flow, conduct())
