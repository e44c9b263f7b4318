"""How the states of the endorsement machine treat the session."""

from kiosk.domain.transaction.commands import CancelAsked
from kiosk.flows.effects import Effect, StopReadingIdCard
from kiosk.flows.endorsement import states
from kiosk.flows.endorsement.effects import StopFaceCheck, StopFingerCheck, TellTransaction
from kiosk.flows.endorsement.events import CITIZEN_EVENTS, BackAsked
from kiosk.flows.endorsement.states import CardTrouble, Purpose, State
from kiosk.flows.rules import Conduct, Idle, Limit, StateRules
from kiosk.flows.session import Stake
from kiosk.flows.times import READER_AGAIN, TIMES, Times

_STOP = TellTransaction(CancelAsked())
_AT_STAKE = (
    states.OpeningChip,
    states.LookingAtCamera,
    states.FaceNotSeen,
    states.PlacingFinger,
    states.Choosing,
    states.Confirming,
    states.ChoosingPayment,
)


def conduct(times: Times = TIMES) -> Conduct:
    """The rules of every state.

    Args:
        times: limits of time.
    """
    idle = Idle(times.quiet_s, times.warning_s)
    return Conduct(
        rules={
            **_outside(times, idle),
            **_with_the_card(times, idle),
            **_paying(idle),
            **_the_end(times),
        },
        citizen_events=CITIZEN_EVENTS,
        back=BackAsked(),
        at_stake=card_at_stake,
        idle_at_stake=Idle(times.quiet_s, times.warning_personal_s),
    )


def card_at_stake(state: State) -> bool:
    """Whether the machine holds the person's permit and they may still have it back unchanged."""
    if isinstance(state, states.PlacingIdCard):
        return state.purpose is Purpose.ENDORSEMENT
    return isinstance(state, _AT_STAKE)


def _turning_back(state: State) -> State:
    del state
    return states.TurningBack()


def _leaving_card(state: State) -> State:
    """An errand without a permit inside just ends."""
    at_stake = isinstance(state, states.PlacingIdCard) and state.purpose is Purpose.ENDORSEMENT
    return states.TurningBack() if at_stake else states.Resting()


def _outside(times: Times, idle: Idle) -> dict[type[State], StateRules]:
    rest = Idle(times.rest_quiet_s, 0)
    return {
        states.Resting: StateRules("endorsement", rest, resting=True),
        states.OutOfService: StateRules("", rest, resting=True),
        states.ShowingEntries: StateRules("entries", idle, farewell=True),
        states.ChoosingSlip: StateRules("slip", idle, farewell=True),
        states.ReprintingSlip: StateRules("slip"),
        states.NotFound: StateRules("", idle, farewell=True),
        states.Thanks: StateRules("", limit=Limit("thanks", times.thanks_s), farewell=True),
    }


def _card(topic: str, idle: Idle | None, *when_ended: Effect) -> StateRules:
    """A state that a person may leave by having the card back."""
    return StateRules(
        topic,
        idle,
        cancel=True,
        when_ended=(*when_ended, _STOP),
        ends_in=_turning_back,
        stake=Stake.CARD,
    )


def _with_the_card(times: Times, idle: Idle) -> dict[type[State], StateRules]:
    again = Limit(READER_AGAIN, times.reader_again_s, applies=_reader_is_away)
    return {
        states.Starting: StateRules("insert"),
        states.InsertingPermit: _card("insert", idle),
        states.PlacingIdCard: StateRules(
            "id_card",
            idle,
            again,
            cancel=True,
            when_ended=(StopReadingIdCard(), _STOP),
            ends_in=_leaving_card,
            stake=Stake.CARD,
        ),
        states.ReadingIdCard: StateRules("id_card", limit=Limit("reading", times.reading_s)),
        states.OpeningChip: _card("chip", None),
        states.LookingAtCamera: _card("face", None, StopFaceCheck()),
        states.FaceNotSeen: _card("face", idle),
        states.PlacingFinger: _card("finger", None, StopFingerCheck()),
        states.LookingUp: StateRules(),
        states.Choosing: _card("choose", idle),
        states.Confirming: _card("confirm", idle),
    }


def _paying(idle: Idle) -> dict[type[State], StateRules]:
    return {
        states.Approving: StateRules(),
        states.ChoosingPayment: _card("pay", idle),
        states.PayingByBankCard: StateRules("pay_card"),
        states.InsertingNotes: StateRules("pay_cash"),
        states.ShowingPaymentCode: StateRules("pay_code"),
        states.CheckingPayment: StateRules("pay"),
    }


def _the_end(times: Times) -> dict[type[State], StateRules]:
    return {
        states.MakingCard: StateRules(),
        states.CheckingFace: StateRules("check_face"),
        states.TurningBack: StateRules(),
        states.TakingCard: StateRules("take_card"),
        states.PrintingSlip: StateRules(),
        states.Finished: StateRules("", limit=Limit("finished", times.finished_s), farewell=True),
    }


def _reader_is_away(state: states.PlacingIdCard) -> bool:
    return state.trouble is CardTrouble.READER_AWAY
