"""Printing a slip: no number hangs on it, so nothing is journaled and nothing is tried again."""

from collections.abc import Callable

from hardware.interfaces.ticket_printer import (
    Align,
    Feed,
    Paper,
    PaperElement,
    Printed,
    PrintOutcome,
    Rule,
    TextLine,
)
from kiosk.flows.slip import PrintSlip, SlipEnded
from kiosk.locale import Languages, Speech
from kiosk.runtime.device_calls import Devices, print_paper


class SlipTask:
    """Prints slips.

    Args:
        devices: the manager.
        languages: every message.
        report: takes `SlipEnded`.
    """

    def __init__(
        self, devices: Devices, languages: Languages, report: Callable[[object], None]
    ) -> None:
        self._devices = devices
        self._languages = languages
        self._report = report

    def start(self, effect: PrintSlip, language: str) -> None:
        """Print a slip in a language; its end comes as an event."""
        paper = compose(effect, self._languages.speech(language))

        def ended(became: PrintOutcome) -> None:
            self._report(SlipEnded(effect.slip, isinstance(became, Printed)))

        print_paper(self._devices, paper, ended)


def compose(slip: PrintSlip, speech: Speech) -> Paper:
    """Lay out a slip; nothing on it is personal."""
    elements: list[PaperElement] = [
        TextLine(speech.say(slip.title), Align.CENTER, bold=True, width=2, height=2),
        Feed(),
    ]
    for part in slip.parts:
        if part.title is not None:
            elements += [Rule(), TextLine(speech.say(part.title), bold=True)]
        elements += [TextLine(f"· {speech.say(line)}") for line in part.lines]
    for notice in slip.notices:
        elements += [Rule(), TextLine(notice.title(speech.language), bold=True)]
        lines = notice.text(speech.language).splitlines()
        elements += [TextLine(line) for line in lines if line.strip()]
    elements += [Rule(), TextLine(speech.text("guide.slip.foot"), Align.CENTER)]
    return Paper(f"slip-{slip.slip}", tuple(elements))
