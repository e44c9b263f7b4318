"""A citizen's form while it is being filled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.forms import review
from kiosk.forms.answers import solve, tidied
from kiosk.forms.bindings import lacking, record
from kiosk.forms.bundle import ApplicationBundle, DocumentApplication
from kiosk.forms.declared import BY_KEY, FORM_EDITION, PAGE_OF
from kiosk.forms.facts import Facts
from kiosk.forms.pages import Verdicts, page_views, verdicts_on
from kiosk.forms.views import Answer, Finding, PageView, ReviewSection
from kiosk.policy.loader import Policy, shipped


@dataclass(frozen=True, slots=True)
class Draft:
    """All that one citizen has told us so far; immutable, every change is a new draft.

    Made by `begin`. The same draft gives the same pages, findings and bundle.

    Args:
        documents: applied for, in the order chosen.
        person: as the card says.
        today: day of the application.
        policy: the tables that count.
        answers: what the citizen answered, asked for now or not; prefilled ones are not kept.
        asked: keys of pages that the person wanted to leave.
    """

    documents: tuple[DocumentKind, ...]
    person: Person
    today: date
    policy: Policy = field(repr=False, compare=False)
    answers: Mapping[str, Answer] = field(default_factory=dict, repr=False, hash=False)
    asked: frozenset[str] = frozenset()
    _seen: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def begin(
        cls,
        documents: tuple[DocumentKind, ...],
        person: Person,
        today: date,
        policy: Policy | None = None,
    ) -> "Draft":
        """Prefill from the card whatever it tells.

        Args:
            documents: chosen.
            person: as the card says.
            today: the hall's date; ages and fees count from it.
            policy: tables; those of the product where not given.
        """
        return cls(documents, person, today, policy or shipped())

    def with_documents(self, documents: tuple[DocumentKind, ...]) -> "Draft":
        """The same answers for another choice of documents; nothing typed is lost."""
        return replace(self, documents=documents)

    def answered(self, field: str, value: Answer) -> "Draft":
        """With one answer given or changed; recomputes what depends on it.

        A fact that the card tells for sure keeps what the card says.

        Raises:
            ValueError: there is no such field, or it takes another type of answer.
        """
        spec = BY_KEY.get(field)
        if spec is None:
            msg = f"no field {field}"
            raise ValueError(msg)
        kept = tidied(spec, value)
        if field in self._facts().settled:
            return self
        return replace(self, answers={**self.answers, field: kept})

    def asked_to_go_on(self, page: str) -> "Draft":
        """From now on findings of this page are shown even for untouched fields."""
        return self if page in self.asked else replace(self, asked=self.asked | {page})

    def pages(self) -> tuple[PageView, ...]:
        """The pages that these documents and answers need, in order."""
        found: tuple[PageView, ...] | None = self._seen.get("pages")
        if found is None:
            found = page_views(self._facts(), self._verdicts(), self.asked)
            self._seen["pages"] = found
        return found

    def findings(self, page: str | None = None) -> tuple[Finding, ...]:
        """What is still to mend, on one page or on all."""
        return tuple(
            Finding(key, verdict.says)
            for key, verdict in self._verdicts().items()
            if page in (None, PAGE_OF[key])
        )

    def missing(self, document: DocumentKind) -> tuple[str, ...]:
        """Targets of a document's record that cannot be filled yet."""
        return lacking(self._facts(), document, frozenset(self._verdicts()))

    def review(self) -> tuple[ReviewSection, ...]:
        """Everything by document, shared facts first."""
        return review.sections(self._facts(), self.documents)

    def bundle(self) -> ApplicationBundle:
        """The finished application.

        Raises:
            ValueError: findings remain; the flow never asks then.
        """
        if not self.documents or self._verdicts():
            msg = f"not finished: {', '.join(self._verdicts()) or 'no documents'}"
            raise ValueError(msg)
        facts = self._facts()
        return ApplicationBundle(
            person=self.person,
            documents=tuple(DocumentApplication(one, record(facts, one)) for one in self.documents),
            made_on=self.today,
            form_version=f"{FORM_EDITION}/{self.policy.version}",
        )

    def _facts(self) -> Facts:
        found: Facts | None = self._seen.get("facts")
        if found is None:
            found = solve(
                Facts(
                    person=self.person,
                    today=self.today,
                    documents=frozenset(self.documents),
                    policy=self.policy.on(self.today),
                    kept=self.answers,
                )
            )
            self._seen["facts"] = found
        return found

    def _verdicts(self) -> Verdicts:
        found: Verdicts | None = self._seen.get("verdicts")
        if found is None:
            found = verdicts_on(self._facts())
            self._seen["verdicts"] = found
        return found
