"""Every event the machine may record: a closed list, each with the fields it may carry.

A field has a shape, and no shape fits a name, an address or an identity number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Value = str | int | bool
"""What a field may hold."""


class Shape(StrEnum):
    """What a field looks like."""

    ID = "id"
    """letters, digits, `-` and `_`, at most 64"""
    CODE = "code"
    """a word of the program: letters, digits, `-`, `_`, `.`, at most 64"""
    NUMBER = "number"
    """a queue number, for example A023"""
    DAY = "day"
    """YYYY-MM-DD"""
    FEN = "fen"
    """an amount of money, 0 to 100,000,000 fen"""
    COUNT = "count"
    """a whole number, 0 to 1,000,000"""
    FLAG = "flag"
    """true or false"""


_PATTERNS = {
    Shape.ID: re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}"),
    Shape.CODE: re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}"),
    Shape.NUMBER: re.compile(r"[A-Z][0-9]{1,6}"),
    Shape.DAY: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
}
_IDENTITY = re.compile(r"[0-9]{15}|[0-9]{17}[0-9Xx]")
_MOST = {Shape.COUNT: 1_000_000, Shape.FEN: 100_000_000}


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One kind of event.

    Args:
        name: of the event.
        meaning: in one sentence.
        fields: what it may carry.
    """

    name: str
    meaning: str
    fields: Mapping[str, Shape]


EVENTS: Mapping[str, AuditEvent] = {
    event.name: event
    for event in (
        AuditEvent(
            "machine_started",
            "The program started and its records opened.",
            {"software": Shape.CODE, "role": Shape.CODE, "demo": Shape.FLAG},
        ),
        AuditEvent("machine_stopped", "The program was asked to stop.", {"reason": Shape.CODE}),
        AuditEvent("session_began", "A citizen began at the machine.", {"language": Shape.CODE}),
        AuditEvent(
            "session_ended",
            "A citizen's session ended and was wiped.",
            {"how": Shape.CODE, "state": Shape.CODE},
        ),
        AuditEvent("card_read", "An identity card was read.", {"layout": Shape.CODE}),
        AuditEvent(
            "card_trouble",
            "An identity card could not be read.",
            {"trouble": Shape.CODE, "tries": Shape.COUNT},
        ),
        AuditEvent(
            "application_kept",
            "An application was encrypted and kept for central.",
            {"visit": Shape.ID},
        ),
        AuditEvent(
            "ticket_numbered",
            "A visit was given its number.",
            {
                "ticket": Shape.ID,
                "number": Shape.NUMBER,
                "day": Shape.DAY,
                "from_lease": Shape.FLAG,
            },
        ),
        AuditEvent(
            "ticket_paper",
            "The paper of a ticket moved on or came to its end.",
            {"ticket": Shape.ID, "paper": Shape.CODE, "trouble": Shape.CODE},
        ),
        AuditEvent(
            "device_status",
            "A device changed its state.",
            {"device": Shape.ID, "state": Shape.CODE, "detail": Shape.CODE},
        ),
        AuditEvent("central_link", "Central went away or came back.", {"away": Shape.FLAG}),
        AuditEvent(
            "staff_called",
            "The hall's staff were called to the machine.",
            {"reason": Shape.CODE, "subject": Shape.ID},
        ),
        AuditEvent(
            "staff_signed_in",
            "A member of staff opened the maintenance screens.",
            {"operator": Shape.ID, "door": Shape.CODE},
        ),
        AuditEvent(
            "staff_refused",
            "Somebody was not let into the maintenance screens.",
            {"refusal": Shape.CODE, "failures": Shape.COUNT},
        ),
        AuditEvent(
            "staff_signed_out",
            "The maintenance screens were left, or closed because nobody touched them.",
            {"operator": Shape.ID},
        ),
        AuditEvent(
            "case_closed",
            "Staff closed a case at the machine.",
            {"case": Shape.ID, "kind": Shape.CODE, "reason": Shape.CODE, "operator": Shape.ID},
        ),
        AuditEvent(
            "cash_counted",
            "The cash box was emptied and counted.",
            {"operator": Shape.ID, "counted": Shape.FEN, "expected": Shape.FEN},
        ),
        AuditEvent(
            "printer_tried",
            "Staff had a test page printed.",
            {"operator": Shape.ID, "printed": Shape.FLAG},
        ),
        AuditEvent(
            "door_moved",
            "A door of the cabinet was opened or closed, or its contact fell silent.",
            {"door": Shape.CODE, "state": Shape.CODE},
        ),
        AuditEvent(
            "key_switch_turned",
            "The operator's key switch was turned.",
            {"position": Shape.CODE},
        ),
        AuditEvent(
            "mains_changed",
            "Power from outside was lost or came back.",
            {"mains": Shape.CODE},
        ),
        AuditEvent(
            "rating_kept",
            "A citizen's answer was encrypted and kept for central.",
            {"request": Shape.ID},
        ),
        AuditEvent(
            "suggestion_kept",
            "A suggestion was encrypted and kept for central.",
            {"suggestion": Shape.ID},
        ),
        AuditEvent(
            "unexpected_event",
            "An event came that the state on the screen does not expect; nothing happened.",
            {"state": Shape.CODE, "event": Shape.CODE},
        ),
        AuditEvent(
            "storage_trouble",
            "The machine's records could not be used as they should.",
            {"what": Shape.CODE, "subject": Shape.ID},
        ),
    )
}


def mistakes(name: str, fields: Mapping[str, Value]) -> list[str]:
    """What is wrong with an event; names only, never the refused content.

    Args:
        name: of the event.
        fields: what it is to carry.

    Returns:
        One line per mistake, none for an event that may be recorded.
    """
    event = EVENTS.get(name)
    if event is None:
        return ["no such event"]
    wrong = []
    for field, value in fields.items():
        shape = event.fields.get(field)
        if shape is None:
            wrong.append(f"{name} carries no {field}")
        elif not _fits(shape, value):
            wrong.append(f"{name}.{field} is no {shape.value}")
    return wrong


def as_markdown() -> str:
    """The closed list as a document."""
    lines = [
        "# Audit events",
        "",
        "What the machine records, hash-chained, in the order it happened.",
        "This page is generated from `kiosk/audit/events.py`.",
        "",
        "| event | meaning | fields |",
        "|---|---|---|",
    ]
    for event in EVENTS.values():
        fields = ", ".join(f"`{name}` {shape.value}" for name, shape in event.fields.items())
        lines.append(f"| `{event.name}` | {event.meaning} | {fields} |")
    return "\n".join(lines) + "\n"


def _fits(shape: Shape, value: Value) -> bool:
    if shape is Shape.FLAG:
        return isinstance(value, bool)
    if shape in _MOST:
        whole = isinstance(value, int) and not isinstance(value, bool)
        return whole and 0 <= int(value) <= _MOST[shape]
    if not isinstance(value, str):
        return False
    # An empty text says that there is nothing to tell.
    return not value or (
        _PATTERNS[shape].fullmatch(value) is not None and _IDENTITY.fullmatch(value) is None
    )
