"""How old the notices are that a machine shows while central is away."""

from kiosk.locale import Speech
from kiosk.runtime.view import MachineFacts


def as_of(machine: MachineFacts, speech: Speech) -> str:
    """Time or day from which they are; empty while central is there."""
    told_at = machine.notices.as_of
    if told_at is None:
        return ""
    day = told_at.date()
    return speech.time(told_at) if day == machine.today else speech.date(day)
