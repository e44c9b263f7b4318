"""A hall's display: one picture of everything it shows, so that one answer redraws it.

GET /v1/display?hall_id= is answered from memory; the picture is made anew when an event of the
hall came since, and at least twice a minute. Listen to `/v1/events?hall_id=` from
`queue.event_id` on and read it again after each event.
"""

from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, Prefix, ShortText
from kiosk.central.contract.notices import Notice
from kiosk.central.contract.queue import QueueNow


class DisplayService(Model):
    """A service as the display names it."""

    service_id: Id
    prefix: Prefix
    names: dict[str, ShortText]


class DisplayNow(Model):
    """Everything a hall's display shows."""

    names: dict[str, ShortText]
    """of the hall, by locale"""
    opens: ShortText
    drawn_at: AwareDatetime
    """when central put the picture together"""
    version: ShortText
    """of the page; a display that runs an older one loads it anew"""
    services: tuple[DisplayService, ...]
    queue: QueueNow
    notices: Annotated[tuple[Notice, ...], Field(max_length=200)]
