"""How a transaction ends, and why it turned back."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a transaction was turned back; trouble of the chip has its own word after `chip.`."""

    CITIZEN = "citizen"
    """asked for it"""
    IDLE = "idle"
    """nobody answered in time"""
    NO_PERMIT = "no_permit"
    TURNED_AWAY = "turned_away"
    """central offers nothing; the guidance says what a citizen may be told"""
    NOT_PROVEN = "not_proven"
    CENTRAL_AWAY = "central_away"
    REFUSED = "refused"
    """central did not approve"""
    CHANGED = "changed"
    """central approved something else than the citizen had confirmed"""
    PAYMENT_UNKNOWN = "payment_unknown"
    """nobody could say whether money was taken; it is cancelled by its key"""
    NOT_ADMITTED = "not_admitted"
    """central does not have the payment, or the approval ran out"""
    CARD_PATH = "card_path"
    CHIP = "chip"
    """followed by `.` and the trouble: see the chip reader's words"""
    CHIP_DATA = "chip_data"
    """the chip opened, and its machine-readable zone has a wrong check digit or no form"""
    RESTARTED = "restarted"
    """the machine was interrupted before anything was written"""


class Outcome(StrEnum):
    """How it ended for the citizen."""

    NOT_BEGUN = "not_begun"
    """the machine cannot begin now: out of service"""
    NOTHING_TAKEN_IN = "nothing_taken_in"
    """no card came"""
    MADE = "made"
    """endorsement on the card, card with the citizen"""
    TURNED_BACK = "turned_back"
    """no endorsement, card with the citizen, money given back or owed"""
    CARD_KEPT = "card_kept"
    """the machine holds the card: a case, a slip and a call for staff"""


@dataclass(frozen=True, slots=True)
class Ended:
    """The transaction has ended; the next may begin.

    Args:
        outcome: how.
        reason: why it was turned back or the card kept; a code of `Reason` or of a case.
        guidance: what central lets the citizen be told when it turned them away, or empty.
        windows: where to go then.
        given_back_fen: money on its way back by the way it came.
        owed_fen: money that only a person can give back.
        case_id: of the case that staff see; empty without one.
        slip: whether a slip came out.
        slip_number: on it, empty without one.
        order_id: of the order that central approved; empty without one.
    """

    outcome: Outcome
    reason: str = ""
    guidance: str = ""
    windows: tuple[str, ...] = ()
    given_back_fen: int = 0
    owed_fen: int = 0
    case_id: str = ""
    slip: bool = False
    slip_number: str = ""
    order_id: str = ""
