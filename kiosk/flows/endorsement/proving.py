"""From the identity card to the proof that its holder stands here."""

from dataclasses import replace

from kiosk.domain.person import IdCardKind
from kiosk.domain.transaction.commands import PersonIdentified, PersonProven, Proof, ProofFailed
from kiosk.flows.effects import ReadIdCard, StopReadingIdCard
from kiosk.flows.endorsement import events, states
from kiosk.flows.endorsement.effects import (
    AskCentral,
    CheckFace,
    CheckFinger,
    StopFaceCheck,
    StopFingerCheck,
    TellTransaction,
)
from kiosk.flows.endorsement.states import CardTrouble, Purpose, State
from kiosk.flows.machine import Step
from kiosk.flows.session import TimerRang

FACE_TRIES = 3
"""Looks into the camera, after which only finger or window are left."""
FINGER_TRIES = 3
"""Prints, after which only the window is left."""
CARD_TRIES = 5
"""Failed reads of an identity card, after which a visit to the window is spared no longer."""


def found(state: states.PlacingIdCard, _event: events.IdCardFound) -> Step[State]:
    """A card lies there."""
    return Step(states.ReadingIdCard(state.purpose, state.tries))


def read(state: states.ReadingIdCard, event: events.IdCardRead) -> Step[State]:
    """Whose card it is decides whose permit is opened."""
    person = event.person
    if person.card_kind is not IdCardKind.CITIZEN:
        return troubled(state, events.IdCardTroubled(CardTrouble.NOT_A_CITIZEN))
    if state.purpose is Purpose.ENDORSEMENT:
        told = PersonIdentified(person.number, person.name)
        return Step(states.OpeningChip(), (TellTransaction(told),))
    return Step(states.LookingUp(state.purpose), (AskCentral(state.purpose, person.number),))


def troubled(
    state: states.PlacingIdCard | states.ReadingIdCard, event: events.IdCardTroubled
) -> Step[State]:
    """Say what is wrong and wait again; an absent reader is tried again by a timer."""
    tries = state.tries + 1
    waiting = states.PlacingIdCard(state.purpose, event.trouble, tries)
    away = event.trouble is CardTrouble.READER_AWAY
    return Step(waiting, () if away else (ReadIdCard(),))


def try_reader(state: states.PlacingIdCard, _event: TimerRang) -> Step[State]:
    """Ask an absent reader again."""
    return Step(state, (ReadIdCard(),))


def reader_silent(state: states.ReadingIdCard, _event: TimerRang) -> Step[State]:
    """A read that never ends: the reader counts as away."""
    waiting = states.PlacingIdCard(state.purpose, CardTrouble.READER_AWAY, state.tries + 1)
    return Step(waiting, (StopReadingIdCard(),))


def leave_card(state: states.PlacingIdCard, _event: events.BackAsked) -> Step[State] | None:
    """Back to the choice of purpose; where a permit is inside only stopping leads out."""
    if state.purpose is Purpose.ENDORSEMENT:
        return None
    return Step(states.Resting(), (StopReadingIdCard(),))


def guided(state: states.LookingAtCamera, event: events.FaceGuided) -> Step[State]:
    """Show the person what the camera sees."""
    return Step(replace(state, guidance=event.guidance, preview=event.preview))


def face_checked(state: states.LookingAtCamera, event: events.FaceChecked) -> Step[State]:
    """The holder; or another try; or another proof; or the window, in words that say no more."""
    if event.same:
        told = PersonProven((Proof.ID_CARD, Proof.FACE))
        return Step(states.LookingUp(Purpose.ENDORSEMENT), (TellTransaction(told),))
    again = event.same is None and state.tries < FACE_TRIES
    if not again and not state.finger_template:
        return Step(states.TurningBack(), (TellTransaction(ProofFailed()),))
    return Step(
        states.FaceNotSeen(
            state.portrait, state.finger_template, event.reason, state.tries, again=again
        )
    )


def face_again(state: states.FaceNotSeen, _event: events.FaceTriedAgain) -> Step[State] | None:
    """Look once more."""
    if not state.again:
        return None
    looking = states.LookingAtCamera(state.portrait, state.finger_template, tries=state.tries + 1)
    return Step(looking, (CheckFace(state.portrait),))


def by_finger(
    state: states.FaceNotSeen | states.LookingAtCamera, _event: events.FingerAsked
) -> Step[State] | None:
    """Prove it by finger instead."""
    if not state.finger_template:
        return None
    stop = (StopFaceCheck(),) if isinstance(state, states.LookingAtCamera) else ()
    placing = states.PlacingFinger(state.finger_template)
    return Step(placing, (*stop, CheckFinger(state.finger_template)))


def finger_guided(state: states.PlacingFinger, event: events.FingerGuided) -> Step[State]:
    """Show the person what to do."""
    return Step(replace(state, guidance=event.guidance))


def finger_checked(state: states.PlacingFinger, event: events.FingerChecked) -> Step[State]:
    """The holder; or another print; or the window."""
    if event.same:
        told = PersonProven((Proof.ID_CARD, Proof.FINGER))
        return Step(states.LookingUp(Purpose.ENDORSEMENT), (TellTransaction(told),))
    if state.tries >= FINGER_TRIES or event.reason == "reader_away":
        return Step(states.TurningBack(), (TellTransaction(ProofFailed()),))
    again = states.PlacingFinger(state.finger_template, trouble=event.reason, tries=state.tries + 1)
    return Step(again, (CheckFinger(state.finger_template),))


def to_window(
    state: states.FaceNotSeen | states.LookingAtCamera | states.PlacingFinger,
    _event: events.WindowAsked,
) -> Step[State]:
    """The card back, and to a window."""
    stop: tuple[StopFaceCheck | StopFingerCheck, ...] = ()
    if isinstance(state, states.LookingAtCamera):
        stop = (StopFaceCheck(),)
    elif isinstance(state, states.PlacingFinger):
        stop = (StopFingerCheck(),)
    return Step(states.TurningBack(), (*stop, TellTransaction(ProofFailed())))
