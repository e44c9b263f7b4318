"""States of the errand "guide": what the reader is reading."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kiosk.domain.notice_board import HallNotice
from kiosk.domain.text import Text
from kiosk.flows.slip import SlipState
from kiosk.forms.views import ReviewSection


class Reader(StrEnum):
    """For whom the materials are listed."""

    ADULT = "adult"
    MINOR = "minor"


@dataclass(frozen=True, slots=True)
class ChoosingTopic:
    """The reader chooses what to read.

    Args:
        topics: names, in the order of the table.
    """

    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadingMaterials:
    """The reader reads fees, times and what to bring, by document and person (一次告知).

    Args:
        today: the hall's date; fees are those of that day.
        reader: for whom.
        sections: one per document.
        slip: where the paper stands.
    """

    today: date
    reader: Reader
    sections: tuple[ReviewSection, ...]
    slip: SlipState = SlipState.OFFERED


@dataclass(frozen=True, slots=True)
class ReadingNotices:
    """The reader reads travel warnings and whatever else the hall tells.

    Args:
        today: the hall's date.
        notices: as they were when the reader came, most important first.
        slip: where the paper stands.
    """

    today: date
    notices: tuple[HallNotice, ...]
    slip: SlipState = SlipState.OFFERED


@dataclass(frozen=True, slots=True)
class ReadingTopic:
    """The reader reads one topic.

    Args:
        topic: its name.
        today: the hall's date; the words are those of that day.
        parts: its paragraphs.
        slip: where the paper stands.
    """

    topic: str
    today: date
    parts: tuple[Text, ...]
    slip: SlipState = SlipState.OFFERED


State = ChoosingTopic | ReadingMaterials | ReadingTopic | ReadingNotices
