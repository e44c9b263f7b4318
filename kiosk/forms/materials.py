"""What to bring, by person and choices (一次告知, domain facts 1.5)."""

from collections.abc import Collection

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.forms.facts import Facts
from kiosk.forms.fees import apply_kind_of, endorsement_kinds_of
from kiosk.forms.views import Text
from kiosk.policy.day import DayPolicy

WORDS = frozenset(
    {
        *("age_unknown", "under_16", "not_under_16"),
        *("expired", "not_expired"),
        *("first", "renewal", "replacement", "endorsement_only"),
        *("endorsement", "choices_unknown"),
    }
)
"""what a row's `when` may say; `not_under_16` holds for an unknown age too"""


def of_person(person: Person | None, policy: DayPolicy) -> set[str]:
    """Words that hold for a person, or for nobody in particular."""
    if person is None:
        return {"age_unknown", "not_under_16", "not_expired"}
    young = person.age_on(policy.day) < policy.age_limit("guardian_under")
    return {
        "under_16" if young else "not_under_16",
        "expired" if person.is_expired_on(policy.day) else "not_expired",
    }


def of_choices(facts: Facts, document: DocumentKind) -> set[str]:
    """Words that hold for what was chosen."""
    apply_kind = apply_kind_of(facts, document)
    words = {apply_kind.value if apply_kind else "endorsement_only"}
    if endorsement_kinds_of(facts, document):
        words.add("endorsement")
    return words


def materials(
    policy: DayPolicy, document: DocumentKind, words: Collection[str], kinds: Collection[str] = ()
) -> tuple[Text, ...]:
    """The list, in the order of the table.

    Args:
        policy: of the day.
        document: applied for.
        words: that hold, from `of_person` and `of_choices`, or `choices_unknown`.
        kinds: letters of the endorsements chosen.
    """
    keys = (
        row.key
        for row in policy.materials
        if document in row.documents
        and all(word in words for word in row.when)
        and (not row.kinds or any(kind in row.kinds for kind in kinds))
    )
    return tuple(Text(f"material.{key}") for key in dict.fromkeys(keys))
