"""A printer for queue tickets and slips, and the paper it is asked to print."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from hardware.interfaces.device import Cancel, Device


class Align(StrEnum):
    """Where a line or code stands on the paper."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of text.

    Args:
        text: any Unicode text; what the printer's own characters lack is drawn as dots.
        align: position.
        bold: emphasised.
        width: magnification 1 to 8 of a 12-dot (Latin) or 24-dot (ideograph) cell.
        height: magnification 1 to 8 of a 24-dot cell.
    """

    text: str
    align: Align = Align.LEFT
    bold: bool = False
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code printed by the printer itself.

    Args:
        data: its content.
        module_dots: edge of one module in dots, 1 to 16.
        align: position.
    """

    data: str
    module_dots: int = 6
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int = 1


PaperElement = TextLine | QrCode | Rule | Feed


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper, cut off at its end.

    Args:
        job_id: names the job in journal and log.
        elements: from top to bottom.
    """

    job_id: str
    elements: tuple[PaperElement, ...]


class PaperTrouble(StrEnum):
    """Why a piece of paper did not come out, or may not have."""

    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    JAMMED = "jammed"
    HARDWARE = "hardware"
    """head, cutter or an unrecoverable error: staff"""
    LINK_LOST = "link_lost"
    """no answer, port or socket gone"""


@dataclass(frozen=True, slots=True)
class Printed:
    """The printer confirmed that everything sent was processed, with paper and without error."""


@dataclass(frozen=True, slots=True)
class NotPrinted:
    """Surely nothing came out: trouble was seen before a byte of the job was sent."""

    trouble: PaperTrouble


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Bytes of the job went out but no confirmation came: part or all of it may have printed."""

    trouble: PaperTrouble


PrintOutcome = Printed | NotPrinted | Doubtful


class TicketPrinter(Device, Protocol):
    """Prints one piece of paper at a time and says honestly what is known about it."""

    def print_paper(self, paper: Paper, cancel: Cancel) -> PrintOutcome:
        """Print and cut one piece of paper.

        Args:
            paper: what to print.
            cancel: stops waiting for the confirmation; a job under way then counts as doubtful.

        Returns:
            Printed, surely not printed, or doubtful. A lost link is an outcome, not an error.
        """
