"""Notices: what a hall tells everybody, on its display and its machines.

GET /v1/notices?hall_id= gives what holds today, most important first. `notice_changed` tells
that it should be read again. Staff write notices on central's pages.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, ShortText

LongText = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00-\x09\x0b-\x1f\x7f]*$")]
"""may have line breaks"""


class NoticeKind(StrEnum):
    """What a notice is about; a machine shows it on the pages about that."""

    ANNOUNCEMENT = "announcement"
    GUIDE = "guide"
    FEES = "fees"
    DEADLINES = "deadlines"
    GREEN_CHANNEL = "green_channel"
    TRAVEL_WARNING = "travel_warning"


class Notice(Model):
    """One notice in all its languages."""

    notice_id: Id
    kind: NoticeKind
    hall_id: Id | None
    """None for all halls"""
    titles: dict[str, ShortText]
    """by locale; zh_CN always, show it where the reader's own is missing"""
    texts: dict[str, LongText]
    """by locale, as `titles`"""
    priority: Annotated[int, Field(ge=0, le=9)]
    """9 first"""
    valid_from: date
    valid_to: date | None
    """last day; None until somebody ends it"""
    changed_at: AwareDatetime


class Notices(Model):
    """What a hall tells today."""

    hall_id: Id
    day: date
    at: AwareDatetime
    notices: tuple[Notice, ...]
    """highest priority first, then the newest"""
