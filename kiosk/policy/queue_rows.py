"""Rows of the tables about the queue."""

from typing import Annotated

from pydantic import Field, StrictInt

from kiosk.domain.queueing import Need, TicketClass
from kiosk.policy.rows import Row, Years


class QueueClass(Row):
    """The head start of a class: its tickets stand in line as if taken so much earlier.

    Args:
        ticket_class: whose.
        lead_min: minutes; the largest of all classes bounds how long anybody can be overtaken.
    """

    ticket_class: TicketClass
    lead_min: Annotated[StrictInt, Field(ge=0, le=480)]


class QueueNeed(Row):
    """What a need is worth.

    Args:
        need: why somebody goes first.
        ticket_class: that it gives.
        with_proof: whether the window looks at a proof.
    """

    need: Need
    ticket_class: TicketClass
    with_proof: bool


class QueueRules(Row):
    """How calls go.

    Args:
        priority_age_from: full years from which the card alone gives priority.
        recalls: at most so many after the first call.
        calls_before_miss: so many calls before somebody may be set down as not there.
        returns: so often may one come back after having been missed.
        return_lead_min: who comes back stands in line as if they had come so long ago, yet never
            before their old place.
        calls_shown: so many calls a display is told of.
        file_errors: what may be found wrong in a file.
    """

    priority_age_from: Years
    recalls: Annotated[StrictInt, Field(ge=0, le=20)]
    calls_before_miss: Annotated[StrictInt, Field(ge=1, le=20)]
    returns: Annotated[StrictInt, Field(ge=0, le=20)]
    return_lead_min: Annotated[StrictInt, Field(ge=0, le=480)]
    calls_shown: Annotated[StrictInt, Field(ge=1, le=20)]
    file_errors: Annotated[
        tuple[Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")], ...], Field(min_length=1)
    ]
