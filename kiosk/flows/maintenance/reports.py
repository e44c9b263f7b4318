"""What staff are shown of the machine: plain facts, told by the runtime."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A device as it is now.

    Args:
        name: in the configuration.
        state: code of its state, for example `online` or `power_off`.
        detail: cause told by the device; empty when there is none.
        supplies: its supplies and bins that staff should look at, by name: `low`, `out`, `full`.
        simulated: whether a simulator answers.
    """

    name: str
    state: str
    detail: str = ""
    supplies: Mapping[str, str] = field(default_factory=dict)
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class MachineReport:
    """The machine as it is now.

    Args:
        devices: every one that it has.
        reasons: message keys of why it serves nobody; empty when it serves.
        waiting: messages that wait for central.
        central_away: whether central was away at the last try.
        software: version.
        open_cases: how many; None where a machine has none.
        cash_fen: sum of the notes since the cash box was last emptied; None without a cash box.
    """

    devices: tuple[DeviceLine, ...] = ()
    reasons: tuple[str, ...] = ()
    waiting: int = 0
    central_away: bool = False
    software: str = ""
    open_cases: int | None = None
    cash_fen: int | None = None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """An open case.

    Args:
        number: of the case, also on the slip.
        kind: code; what to do is `maintenance.case.<kind>.do`.
        amount_fen: money in question.
        card_inside: whether a card lies in the machine because of it.
        since: when it was opened.
        details: codes that tell more.
    """

    number: str
    kind: str
    amount_fen: int
    card_inside: bool
    since: datetime
    details: tuple[str, ...] = ()


REASONS: Mapping[str, tuple[str, ...]] = {
    "card_kept": ("card_returned", "card_to_window"),
    "card_stuck": ("card_returned", "card_to_window", "no_card_found"),
    "card_missing": ("card_returned", "card_to_window", "no_card_found"),
    "chip_unknown": ("issued_at_window", "money_returned", "nothing_written"),
    "face_not_printed": ("issued_at_window", "money_returned"),
    "not_verified": ("issued_at_window", "money_returned"),
    "confirm_refused": ("issued_at_window", "money_returned"),
    "face_complaint": ("printed_anew", "face_was_right"),
    "cash_owed": ("money_returned",),
    "refund_refused": ("money_returned",),
    "payment_unknown": ("money_returned", "not_charged"),
    "note_unknown": ("money_returned", "no_note_found", "note_counted"),
    "void_refused": ("order_settled",),
    "debt_late": ("order_settled", "money_returned"),
}
"""How a case of each kind can end: codes, `maintenance.reason.<code>`."""
