"""A slip to take home: nothing durable, nothing personal; printed while the person reads on."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.notice_board import HallNotice
from kiosk.domain.text import Text
from kiosk.flows.effects import Effect


class SlipState(StrEnum):
    """Where a slip stands, in the words of the screen that offers it."""

    OFFERED = "offered"
    PRINTING = "printing"
    PRINTED = "printed"
    FAILED = "failed"
    """no paper now; the page stays on the screen"""


@dataclass(frozen=True, slots=True)
class SlipPart:
    """A headline and what stands below it.

    Args:
        title: of the part, None for none.
        lines: each a paragraph.
    """

    title: Text | None
    lines: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class PrintSlip(Effect):
    """Print a slip; answers with `SlipEnded`.

    Args:
        slip: its name; the answer bears it.
        title: of the whole.
        parts: from top to bottom.
        notices: of the hall, below them, in the language of the slip.
    """

    slip: str
    title: Text
    parts: tuple[SlipPart, ...]
    notices: tuple[HallNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipAsked:
    """The person wants what they read on paper."""


@dataclass(frozen=True, slots=True)
class SlipEnded:
    """A slip came out, or did not.

    Args:
        slip: its name.
        printed: whether the printer confirmed it.
    """

    slip: str
    printed: bool
