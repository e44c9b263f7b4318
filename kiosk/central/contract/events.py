"""Server-sent events: what central tells machines and pages, `GET /v1/events`.

A push is only a hint: it names what changed, and the receiver reads that again. An event lost or
doubled therefore does no harm. On the wire each event is

    id: 4711
    event: ticket_called
    data: {"event_id":4711,"kind":"ticket_called","hall_id":"hs-1","subject":"t-1", ...}

and a comment line `: beat` comes when nothing else does. A receiver that was away sends the last
id it saw as `Last-Event-ID` (or `?after=`) and gets what it missed; where central no longer has
it, `events_lost` comes first and the receiver reads everything again. `queue_changed` is not kept
and has no id: a receiver reads the queue when it connects anyway.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, ShortText


class EventKind(StrEnum):
    """What can happen; closed list. Each names the `subject` and the `facts` it carries."""

    TICKET_CALLED = "ticket_called"
    """subject: ticket; facts: number, window, service_id, times (1, one more per recall)"""
    TICKET_MOVED = "ticket_moved"
    """subject: ticket; facts: number, state, window where there is one"""
    WINDOW_CHANGED = "window_changed"
    """subject: window; facts: state"""
    RATING_ASKED = "rating_asked"
    """subject: rating request; facts: window; that somebody answered is told to nobody"""
    NOTICE_CHANGED = "notice_changed"
    """subject: notice"""
    BOOKING_CHANGED = "booking_changed"
    """subject: service whose free places changed; read the slots again"""
    APPLICATION_CHANGED = "application_changed"
    """subject: application; facts: state"""
    FOLLOW_UP_CHANGED = "follow_up_changed"
    """subject: follow-up; facts: state"""
    CASE_CHANGED = "case_changed"
    """subject: case of an endorsement machine; facts: state"""
    CATALOGUE_CHANGED = "catalogue_changed"
    """subject: catalogue version"""
    QUEUE_CHANGED = "queue_changed"
    """subject: hall; somebody came, was called or left; never kept, at most one per half second"""
    EVENTS_LOST = "events_lost"
    """subject: hall; what was missed is gone; never kept"""


KEPT = frozenset(EventKind) - {EventKind.QUEUE_CHANGED, EventKind.EVENTS_LOST}
"""kinds that have an id and can be caught up with"""


class Event(Model):
    """One event; ids, codes and numbers only, never anything personal."""

    event_id: Annotated[int, Field(ge=0)]
    """grows with time within central; 0 for a kind that is not kept"""
    kind: EventKind
    hall_id: Id
    subject: Id
    """what to read again"""
    at: AwareDatetime
    facts: dict[Id, ShortText] = Field(default_factory=dict)
