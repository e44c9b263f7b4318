"""What is known of one application while its fields are worked through."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.forms.views import Answer, Source
from kiosk.policy.day import DayPolicy


@dataclass(slots=True)
class Facts:
    """The person, the day, and every answer that counts.

    Filled field by field by `answers.solve`, in the order of declaration, and not changed after;
    a condition therefore sees only fields declared before its own. A field that is not asked for
    has no value here, whatever the citizen once answered.

    Args:
        person: as the card says.
        today: the day of the application.
        documents: applied for.
        policy: in force on that day.
        kept: everything the citizen answered, asked for now or not.
        values: answers that count, by field.
        sources: where they came from.
        settled: fields that nobody needs to be asked.
    """

    person: Person = field(repr=False)
    today: date
    documents: frozenset[DocumentKind]
    policy: DayPolicy = field(repr=False)
    kept: Mapping[str, Answer] = field(repr=False)
    values: dict[str, Answer] = field(default_factory=dict, repr=False)
    sources: dict[str, Source] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)

    @property
    def age(self) -> int:
        """Full years of the applicant on the day."""
        return self.person.age_on(self.today)

    @property
    def needs_guardian(self) -> bool:
        """Whether the applicant is too young to apply alone."""
        return self.age < self.policy.age_limit("guardian_under")

    def text(self, key: str) -> str:
        """The answer of a field of text or one choice; empty where there is none."""
        value = self.values.get(key, "")
        return value.strip() if isinstance(value, str) else ""

    def chosen(self, key: str) -> tuple[str, ...]:
        """The answers of a field of several choices."""
        value = self.values.get(key, ())
        return value if isinstance(value, tuple) else ()
