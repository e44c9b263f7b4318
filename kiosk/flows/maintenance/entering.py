"""How staff come in and go out."""

from dataclasses import replace
from typing import Any

from kiosk.flows.machine import Step
from kiosk.flows.maintenance import events, states
from kiosk.flows.maintenance.effects import (
    CheckOperator,
    LookAtMachine,
    ReadOperatorCard,
    SignOut,
    StopReadingOperatorCard,
)
from kiosk.flows.maintenance.states import Entry, LoggingIn, Refusal

OPERATOR_DIGITS = 6
"""Most digits of an operator's number."""
PIN_DIGITS = 12
"""Most digits of a PIN."""
_MOST = {Entry.OPERATOR: OPERATOR_DIGITS, Entry.PIN: PIN_DIGITS}


def come(_state: object, event: events.MaintenanceAsked) -> Step[Any]:
    """Who is it?"""
    return Step(LoggingIn(event.door), (ReadOperatorCard(),))


def type_digit(state: LoggingIn, event: events.DigitTyped) -> Step[Any] | None:
    """One more, as far as there is room; any other key is none of this pad."""
    typed: str = getattr(state, state.entry.value)
    good = len(event.digit) == 1 and event.digit.isascii() and event.digit.isdigit()
    if state.checking or not good or len(typed) >= _MOST[state.entry]:
        return None
    return Step(_typed(state, typed + event.digit))


def delete_digit(state: LoggingIn, _event: events.DigitDeleted) -> Step[Any] | None:
    """One less."""
    typed: str = getattr(state, state.entry.value)
    return None if state.checking or not typed else Step(_typed(state, typed[:-1]))


def clear(state: LoggingIn, _event: events.EntryCleared) -> Step[Any] | None:
    """None left."""
    return None if state.checking else Step(_typed(state, ""))


def card_read(state: LoggingIn, event: events.OperatorCardRead) -> Step[Any]:
    """The card says who it is; the PIN is asked for all the same."""
    if state.checking:
        return Step(state)
    if not event.operator:
        return Step(replace(state, refusal=Refusal.CARD_UNKNOWN), (ReadOperatorCard(),))
    return Step(LoggingIn(state.door, Entry.PIN, event.operator))


def go_on(state: LoggingIn, _event: events.NextAsked) -> Step[Any] | None:
    """From the number to the PIN, and from the PIN to the check."""
    if state.checking or not state.operator:
        return None
    if state.entry is Entry.OPERATOR:
        known = LoggingIn(state.door, Entry.PIN, state.operator)
        return Step(known, (StopReadingOperatorCard(),))
    if not state.pin:
        return None
    checking = replace(state, pin="", refusal=None, wait_s=0, checking=True)
    return Step(checking, (CheckOperator(state.operator, state.pin, state.door),))


def back(state: LoggingIn, _event: events.BackAsked) -> Step[Any] | None:
    """To the number again."""
    if state.checking or state.entry is Entry.OPERATOR:
        return None
    return Step(LoggingIn(state.door), (ReadOperatorCard(),))


def refused(state: LoggingIn, event: events.SignInRefused) -> Step[Any] | None:
    """Begin again, and say no more than must be said."""
    if not state.checking:
        return None
    again = LoggingIn(state.door, refusal=event.refusal, wait_s=event.wait_s)
    return Step(again, (ReadOperatorCard(),))


def signed_in(state: LoggingIn, event: events.SignedIn) -> Step[Any] | None:
    """In."""
    if not state.checking or event.operator != state.operator:
        return None
    return Step(states.ServiceMenu(event.operator), (StopReadingOperatorCard(), LookAtMachine()))


def signing_out() -> tuple[SignOut | StopReadingOperatorCard, ...]:
    """What is to be done whenever staff have gone, however they went."""
    return (StopReadingOperatorCard(), SignOut())


def _typed(state: LoggingIn, typed: str) -> LoggingIn:
    if state.entry is Entry.PIN:
        return replace(state, pin=typed, refusal=None, wait_s=0)
    return replace(state, operator=typed, refusal=None, wait_s=0)
