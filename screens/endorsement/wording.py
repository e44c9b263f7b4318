"""How endorsements, periods and windows are named; says nothing of how that looks."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from kiosk.domain.transaction.progress import Choice
from kiosk.locale import Speech

MONTHS_A_YEAR = 12


class Endorsed(Protocol):
    """Anything that is good for a destination."""

    @property
    def destination(self) -> str:
        """`HKG` or `MAC`."""

    @property
    def kind(self) -> str:
        """Its letter."""


def joined(parts: Iterable[str], speech: Speech) -> str:
    """Several things in one line."""
    return speech.text("apply.number.separator").join(parts)


def place_and_kind(one: Endorsed, speech: Speech) -> str:
    """Where to, and what for."""
    return speech.text(
        "endorsement.name.place_kind",
        place=speech.text(f"endorsement.place.{one.destination}"),
        kind=speech.text(f"endorsement.kind.{one.kind}"),
    )


def journeys(count: int | None, speech: Speech) -> str:
    """How many journeys; none or zero of a choice means any number."""
    if not count:
        return speech.text("endorsement.name.any_number")
    return speech.text("endorsement.name.journeys", n=count)


def period(months: int, speech: Speech) -> str:
    """How long it is good for."""
    if months % MONTHS_A_YEAR == 0:
        return speech.text("endorsement.name.years", n=months // MONTHS_A_YEAR)
    return speech.text("endorsement.name.months", n=months)


def period_and_journeys(choice: Choice, speech: Speech) -> str:
    """What tells one choice from another of its kind."""
    return speech.text(
        "endorsement.name.period_journeys",
        period=period(choice.months, speech),
        journeys=journeys(choice.entries, speech),
    )


def until(day: date, speech: Speech) -> str:
    """Good until a day."""
    return speech.text("endorsement.name.until", day=speech.date(day))


def to_a_window(windows: tuple[str, ...], speech: Speech) -> str:
    """Please go to window n; nothing more."""
    return at_a_window("window", windows, speech)


def at_a_window(what: str, windows: tuple[str, ...], speech: Speech, **more: str) -> str:
    """What is done at window n, or at some window where none is known.

    Args:
        what: is said: the message below `endorsement`, with `any` and `named` below it.
        windows: their numbers.
        speech: of the session's language.
        more: what else the message names.
    """
    if not windows:
        return speech.text(f"endorsement.{what}.any", **more)
    return speech.text(f"endorsement.{what}.named", windows=joined(windows, speech), **more)


def by_finger(template: str, away: Iterable[str], speech: Speech) -> str:
    """What offers the finger instead of the face.

    Args:
        template: of the holder's finger, empty where none is on file.
        away: names of devices that cannot be used now.
        speech: of the session's language.

    Returns:
        Empty where it would only lead to a window.
    """
    works = template and "fingerprint_reader" not in away
    return speech.text("endorsement.proof.finger") if works else ""
