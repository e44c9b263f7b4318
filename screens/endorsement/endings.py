"""What a citizen is told when it has ended: headline, sentence, money, where to go."""

from dataclasses import dataclass

from kiosk.domain.case_number import spoken
from kiosk.domain.transaction.outcome import Ended, Outcome, Reason
from kiosk.locale import Speech
from screens.endorsement.wording import to_a_window

SILENT = frozenset(
    {"window", Reason.REFUSED.value, Reason.NOT_PROVEN.value, f"{Reason.CHIP.value}.not_authentic"}
)
"""Reasons that are nobody's business at a screen others can see: only where to go is said."""
_CHIP = {
    "pulled": "unreadable",
    "silent": "unreadable",
    "unreadable": "unreadable",
    "no_card": "unreadable",
    "withdrawn": "unreadable",
    "dead": "dead",
    "wrong_key": "wrong_key",
    "passport": "passport",
    "taiwan_permit": "taiwan_permit",
    "other_document": "other_document",
    "not_a_document": "not_a_document",
    "no_room": "no_room",
}
_PLAIN = frozenset(one.value for one in Reason) - {Reason.TURNED_AWAY.value}
_TO_A_WINDOW = frozenset(
    {"permit_expiring", "permit_expired", "too_young", "too_soon", "nothing_offered", "no_permit"}
)
"""What central lets a citizen be told; each is for a window."""


@dataclass(frozen=True, slots=True)
class Told:
    """An end in words.

    Args:
        icon: of the sign.
        tone: of the sign.
        title: what has happened.
        body: why, and what to do.
        back: what becomes of money by itself; empty where none was taken.
        owed: money that must be fetched.
        notes: what to keep: slip, number of the case.
    """

    icon: str
    tone: str
    title: str
    body: str
    back: str = ""
    owed: str = ""
    notes: tuple[str, ...] = ()


def told(ended: Ended, speech: Speech) -> Told:
    """An end in words a citizen understands.

    Args:
        ended: how it ended.
        speech: of the session's language.
    """
    icon, tone = _SIGNS[ended.outcome]
    if ended.outcome is Outcome.TURNED_BACK and (ended.guidance or ended.reason) in SILENT:
        title, body = to_a_window(ended.windows, speech), ""
    else:
        title = speech.text(f"endorsement.ended.{ended.outcome.value}.title")
        body = _body(ended, speech)
    return Told(
        icon,
        tone,
        title,
        body,
        _money("endorsement.ended.given_back", ended.given_back_fen, speech),
        _money("endorsement.ended.owed", ended.owed_fen, speech),
        _notes(ended, speech),
    )


_SIGNS = {
    Outcome.MADE: ("check", "good"),
    Outcome.TURNED_BACK: ("info", "warn"),
    Outcome.CARD_KEPT: ("lock", "warn"),
    Outcome.NOT_BEGUN: ("info", "warn"),
    Outcome.NOTHING_TAKEN_IN: ("info", "plain"),
}


def _body(ended: Ended, speech: Speech) -> str:
    if ended.outcome is not Outcome.TURNED_BACK:
        troubled = ended.outcome is Outcome.MADE and ended.case_id
        name = "made_with_case" if troubled else ended.outcome.value
        return speech.text(f"endorsement.ended.{name}.body")
    reason = ended.guidance or ended.reason
    window = to_a_window(ended.windows, speech)
    if reason in _TO_A_WINDOW:
        return "\n".join((speech.text(f"endorsement.reason.{reason}"), window))
    if reason.startswith(f"{Reason.CHIP.value}."):
        group = _CHIP.get(reason.partition(".")[2], "unreadable")
        return speech.text(f"endorsement.chip.{group}")
    return speech.text(f"endorsement.reason.{reason}") if reason in _PLAIN else window


def _money(key: str, fen: int, speech: Speech) -> str:
    return speech.text(key, amount=speech.money(fen)) if fen else ""


def _notes(ended: Ended, speech: Speech) -> tuple[str, ...]:
    said = []
    if ended.slip:
        said.append(speech.text("endorsement.ended.slip"))
    elif ended.slip_number:
        said.append(speech.text("endorsement.ended.no_slip", number=ended.slip_number))
    if ended.case_id:
        said.append(speech.text("endorsement.ended.case", number=spoken(ended.case_id)))
    return tuple(said)
