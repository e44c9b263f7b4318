"""The page that staff print to try the printer."""

from datetime import datetime

from hardware.interfaces.ticket_printer import Align, Feed, Paper, Rule, TextLine
from kiosk.locale import Speech


def trial_page(machine_name: str, operator: str, moment: datetime, speech: Speech) -> Paper:
    """Every size and alignment that tickets and slips use.

    Args:
        machine_name: for staff.
        operator: number of who asked.
        moment: now.
        speech: the language of the hall.
    """
    job = f"test-{moment:%Y%m%d%H%M%S}"
    return Paper(
        job,
        (
            TextLine(speech.text("maintenance.paper.title"), Align.CENTER, bold=True),
            Feed(),
            TextLine("A0123456789", Align.CENTER, bold=True, width=2, height=2),
            Rule(),
            TextLine(speech.text("maintenance.paper.sample")),
            TextLine(speech.text("maintenance.paper.sample"), bold=True),
            TextLine(speech.text("maintenance.paper.right"), Align.RIGHT),
            Rule(),
            TextLine(
                speech.text(
                    "maintenance.paper.made",
                    machine=machine_name,
                    operator=operator,
                    day=speech.date(moment.date()),
                    time=speech.time(moment),
                )
            ),
        ),
    )
