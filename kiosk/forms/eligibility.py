"""Whether this form is for the holder of a card (domain facts 1.4, 12.2-12.4)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kiosk.domain.document import DocumentKind
from kiosk.domain.id_number import IdNumber, agrees, parse
from kiosk.domain.person import IdCardKind, Person
from kiosk.domain.resident_number import (
    is_foreign_2017_number,
    is_foreign_2023_number,
    is_hmt_resident_number,
)
from kiosk.forms.views import Text
from kiosk.policy.loader import Policy, shipped


def _citizens_card_agrees(person: Person) -> bool:
    number = parse(person.number)
    return (
        isinstance(number, IdNumber)
        and agrees(number, person.birth, person.sex)
        and bool(person.name)
    )


_NUMBER_HOLDS: dict[IdCardKind, Callable[[Person], bool]] = {
    IdCardKind.CITIZEN: _citizens_card_agrees,
    IdCardKind.HMT_RESIDENT: lambda person: is_hmt_resident_number(person.number),
    IdCardKind.FOREIGN_2017: lambda person: is_foreign_2017_number(person.number),
    IdCardKind.FOREIGN_2023: lambda person: is_foreign_2023_number(person.number),
}


@dataclass(frozen=True, slots=True)
class Suited:
    """The person may go on.

    Args:
        warnings: what they should know first.
    """

    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class NotSuited:
    """The form is not for them.

    Args:
        reason: why, and where to go; neutral where the card itself is in doubt.
    """

    reason: Text


def assess(
    person: Person,
    documents: tuple[DocumentKind, ...],
    today: date,
    policy: Policy | None = None,
) -> Suited | NotSuited:
    """Look at a card that was read.

    Args:
        person: its holder.
        documents: chosen; what may be had differs by card alone, until a table says more.
        today: ages and expiry count from it.
        policy: tables; those of the product where not given.
    """
    tables = (policy or shipped()).on(today)
    if not _NUMBER_HOLDS[person.card_kind](person) or person.birth > today:
        return NotSuited(Text("card.refusal.see_staff"))
    refusal = tables.refusal_of(person.card_kind)
    if refusal is not None:
        return NotSuited(Text(f"card.refusal.{refusal}"))
    warnings = []
    if person.is_expired_on(today):
        warnings.append(Text("card.warning.expired"))
    years = tables.age_limit("guardian_under")
    if person.age_on(today) < years:
        warnings.append(Text("card.warning.guardian", (("years", years),)))
    return Suited(tuple(warnings))
