"""Whether this form is for the holder of a card (domain facts 1.4, 12.2-12.4)."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.document import DocumentKind
from kiosk.domain.id_number import IdNumber, agrees, parse
from kiosk.domain.person import Person
from kiosk.forms.views import Text
from kiosk.policy.loader import Policy, shipped


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
    refusal = tables.refusal_of(person.card_kind)
    if refusal is not None:
        return NotSuited(Text(f"card.refusal.{refusal}"))
    number = parse(person.number)
    if not isinstance(number, IdNumber) or not agrees(number, person.birth, person.sex):
        return NotSuited(Text("card.refusal.see_staff"))
    if person.birth > today or not person.name:
        return NotSuited(Text("card.refusal.see_staff"))
    warnings = []
    if person.is_expired_on(today):
        warnings.append(Text("card.warning.expired"))
    years = tables.age_limit("guardian_under")
    if person.age_on(today) < years:
        warnings.append(Text("card.warning.guardian", (("years", years),)))
    return Suited(tuple(warnings))
