"""A slip is printed once, in the reader's language, and its end is told whatever happens."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardware.interfaces.ticket_printer import NotPrinted, Paper, PaperTrouble, Printed, TextLine
from hardware.outcome import Done, Overdue
from kiosk import locale
from kiosk.domain.text import Text
from kiosk.flows.slip import PrintSlip, SlipEnded, SlipPart
from kiosk.runtime.slips import SlipTask

LOCALES = Path(__file__).resolve().parents[2] / "locales"
SLIP = PrintSlip(
    "hotlines",
    Text("guide.topic.hotlines.title"),
    (SlipPart(None, (Text("guide.hotline.immigration", (("number", "12367"),)),)),),
)


class Printer:
    """A manager whose printer ends every job in one way."""

    def __init__(self, outcome: object) -> None:
        self.papers: list[Paper] = []
        self._outcome = outcome

    def call(
        self,
        name: str,
        fn: Callable[[Any, Any], Any],
        deadline_s: float,
        done: Callable[[Any], None],
    ) -> None:
        assert name == "ticket_printer"
        assert deadline_s > 0
        fn(self, None)
        done(self._outcome)

    def print_paper(self, paper: Paper, _cancel: object) -> object:
        self.papers.append(paper)
        return self._outcome


@pytest.mark.parametrize(
    ("outcome", "printed"),
    [
        (Done(Printed()), True),
        (Done(NotPrinted(PaperTrouble.PAPER_OUT)), False),
        (Overdue(), False),
    ],
    ids=["printed", "no paper", "silent"],
)
def test_its_end_is_told_whatever_happens(outcome: object, printed: bool) -> None:
    told: list[object] = []
    devices: Any = Printer(outcome)
    SlipTask(devices, locale.load(LOCALES), told.append).start(SLIP, "en")
    assert told == [SlipEnded("hotlines", printed)]
    (paper,) = devices.papers
    words = [line.text for line in paper.elements if isinstance(line, TextLine)]
    assert "Who to call" in words
    assert any("12367" in line for line in words)
