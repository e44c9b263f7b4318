"""What a citizen is told when it has ended: headline, sentence, money, where to go."""

from collections.abc import Iterator
from dataclasses import dataclass

from kiosk.domain.case_number import spoken
from kiosk.domain.transaction.outcome import Ended, Outcome, Reason
from kiosk.locale import Speech
from screens.endorsement.wording import at_a_window, to_a_window

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
_FOR_STAFF = (
    *("permit_expiring", "permit_expired", "too_young", "too_soon", "nothing_offered"),
    *(Reason.NO_PERMIT, Reason.CARD_PATH, Reason.CHIP, Reason.CHIP_DATA, Reason.PAYMENT_UNKNOWN),
)
_TO_A_WINDOW = frozenset((*(f"reason.{one}" for one in _FOR_STAFF), "chip.dead", "chip.no_room"))
"""Only staff can help."""
_OR_A_WINDOW = frozenset((f"reason.{Reason.CENTRAL_AWAY}", "chip.unreadable", "chip.wrong_key"))
"""A citizen can try something else first."""
_TOLD = _TO_A_WINDOW | {f"reason.{one}" for one in Reason if one is not Reason.TURNED_AWAY}
"""Reasons with a sentence; any other leads to a window without one."""


@dataclass(frozen=True, slots=True)
class Told:
    """An end in words.

    Args:
        icon: of the sign.
        tone: of the sign.
        title: what has happened.
        body: why, and what to do.
        where: the window to go to, or empty; where it stands alone it is the title.
        back: what becomes of money by itself; empty where none was taken.
        owed: money that must be fetched.
        notes: what to keep: slip, number of the case.
    """

    icon: str
    tone: str
    title: str
    body: str
    where: str = ""
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
    where = _where(ended, speech)
    if ended.outcome is Outcome.TURNED_BACK and (ended.guidance or ended.reason) in SILENT:
        title, body, where = to_a_window(ended.windows, speech), "", ""
    else:
        title = speech.text(f"endorsement.ended.{ended.outcome.value}.title")
        body = _body(ended, speech)
    return Told(
        icon,
        tone,
        title,
        body,
        where,
        _given_back(ended, speech),
        _owed(ended, speech),
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
    if ended.outcome is Outcome.TURNED_BACK:
        return "\n".join(_turned_back(ended, speech))
    name = "made_with_case" if _is_troubled(ended) else ended.outcome.value
    return speech.text(f"endorsement.ended.{name}.body")


def _is_troubled(ended: Ended) -> bool:
    """Whether it was made, and staff must look at it all the same."""
    return ended.outcome is Outcome.MADE and bool(ended.case_id)


def _turned_back(ended: Ended, speech: Speech) -> Iterator[str]:
    """Why; that it was free, where it was."""
    code = _code(ended)
    if _is_known(code):
        yield speech.text(f"endorsement.{code}")
    if not ended.given_back_fen and not ended.owed_fen:
        yield speech.text("endorsement.ended.free")


def _where(ended: Ended, speech: Speech) -> str:
    code, back = _code(ended), ended.outcome is Outcome.TURNED_BACK
    if ended.outcome is Outcome.NOT_BEGUN or (back and code in _OR_A_WINDOW):
        return at_a_window("or_window", ended.windows, speech)
    for_staff = back and (code in _TO_A_WINDOW or not _is_known(code))
    if for_staff or ended.outcome is Outcome.CARD_KEPT or _is_troubled(ended):
        return to_a_window(ended.windows, speech)
    return ""


def _code(ended: Ended) -> str:
    """Of the sentence that says why."""
    reason = ended.guidance or ended.reason
    if reason.startswith(f"{Reason.CHIP.value}."):
        return f"chip.{_CHIP.get(reason.partition('.')[2], 'unreadable')}"
    return f"reason.{reason}"


def _is_known(code: str) -> bool:
    return code.startswith("chip.") or code in _TOLD


def _given_back(ended: Ended, speech: Speech) -> str:
    if not ended.given_back_fen:
        return ""
    amount = speech.money(ended.given_back_fen)
    return speech.text("endorsement.ended.given_back", amount=amount)


def _owed(ended: Ended, speech: Speech) -> str:
    if not ended.owed_fen:
        return ""
    amount = speech.money(ended.owed_fen)
    return at_a_window("ended.owed", ended.windows, speech, amount=amount)


def _notes(ended: Ended, speech: Speech) -> tuple[str, ...]:
    said = []
    if ended.slip:
        said.append(speech.text("endorsement.ended.slip"))
    elif ended.slip_number:
        said.append(speech.text("endorsement.ended.no_slip", number=ended.slip_number))
    if ended.case_id:
        said.append(speech.text("endorsement.ended.case", number=spoken(ended.case_id)))
    return tuple(said)
