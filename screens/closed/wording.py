"""What does not work, why, and what still does; in a citizen's words, not staff's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kiosk.domain.closed import Closed
from kiosk.locale import Speech

MOST_CAUSES = 2
"""Causes that are named; staff see all of them in their own screens."""


def why(reasons: Iterable[str], speech: Speech) -> str:
    """What is missing, in a citizen's words.

    Args:
        reasons: message keys `service.<what>` or `service.<what>.<cause>`.
        speech: of the session's language.
    """
    said = dict.fromkeys(speech.text(f"closed.why.{one.split('.')[1]}") for one in reasons)
    return speech.text("closed.separator").join(list(said)[:MOST_CAUSES])


@dataclass(frozen=True, slots=True)
class Told:
    """A machine that does not offer everything, in words; without any for one that does.

    Args:
        title: what it does not offer.
        why: what is missing.
        still: what it does offer.
    """

    title: str = ""
    why: str = ""
    still: str = ""


def told(closed: Sequence[Closed], errands: Iterable[str], speech: Speech) -> Told:
    """What a machine says of itself while it rests.

    Args:
        closed: what it does not offer.
        errands: names of all that it has, in the order in which they are named.
        speech: of the session's language.
    """
    if not closed:
        return Told()
    shut = {one.errand for one in closed}
    works = (one for one in errands if one not in shut)
    return Told(
        speech.text("closed.title", errands=_named((one.errand for one in closed), speech)),
        why((reason for one in closed for reason in one.reasons), speech),
        speech.text("closed.still", errands=_named(works, speech)),
    )


def _named(errands: Iterable[str], speech: Speech) -> str:
    names = [speech.text(f"closed.errand.{one}") for one in errands]
    return speech.text("apply.number.separator").join(names)
