"""Events of the errand "guide"."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.domain.notice_board import HallNotice
from kiosk.flows.guide.states import Reader
from kiosk.flows.slip import SlipAsked as SlipAsked  # noqa: PLC0414 - what its screens report


@dataclass(frozen=True, slots=True)
class GuideAsked:
    """The reader wants the guide.

    Args:
        today: the hall's date.
    """

    today: date


@dataclass(frozen=True, slots=True)
class TopicChosen:
    """The reader chose a topic.

    Args:
        topic: its name.
        today: the hall's date.
        notices: what the hall tells now.
    """

    topic: str
    today: date
    notices: tuple[HallNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class ReaderChosen:
    """The reader said for whom the materials are."""

    reader: Reader


CITIZEN_EVENTS: frozenset[type[Any]] = frozenset({GuideAsked, TopicChosen, ReaderChosen, SlipAsked})
"""What the reader does; everything else comes from the printer."""
