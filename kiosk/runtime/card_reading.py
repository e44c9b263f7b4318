"""From what a reader says to what the kiosk knows: cards to persons, troubles to troubles."""

from datetime import date, datetime

from hardware.interfaces.id_card_reader import CardLayout, IdCard
from kiosk.domain.person import IdCardKind, Person, Sex

LONG_TERM = "长期"
"""What a card says instead of a last day (hardware facts 1.5)."""

_KINDS = {
    CardLayout.CITIZEN: IdCardKind.CITIZEN,
    CardLayout.HMT_RESIDENT: IdCardKind.HMT_RESIDENT,
    CardLayout.FOREIGN_2017: IdCardKind.FOREIGN_2017,
    CardLayout.FOREIGN_2023: IdCardKind.FOREIGN_2023,
}


def person_of(card: IdCard) -> Person | None:
    """The holder of a card.

    Args:
        card: as read.

    Returns:
        The person; None when the card's own dates or codes make no sense, which a damaged
        chip can cause: the citizen is then asked to lay it down again.
    """
    birth = _day(card.birth)
    valid_to = None if card.valid_to == LONG_TERM else _day(card.valid_to)
    unreadable_end = valid_to is None and card.valid_to != LONG_TERM
    if birth is None or unreadable_end or not card.number:
        return None
    try:
        sex = Sex(card.sex_code)
    except ValueError:
        return None
    return Person(
        card_kind=_KINDS[card.layout],
        name=card.name,
        latin_name=card.latin_name,
        sex=sex,
        ethnicity=card.ethnicity_code if card.ethnicity_code.isdigit() else "",
        birth=birth,
        address=card.address,
        number=card.number.upper(),
        issuer=card.issuer,
        valid_from=_day(card.valid_from),
        valid_to=valid_to,
        nationality=card.nationality or "CHN",
        portrait=card.portrait,
    )


def _day(text: str) -> date | None:
    if len(text) != 8 or not text.isascii():
        return None
    try:
        return datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007 - a calendar day, no time
    except ValueError:
        return None
