"""A citizen's form while it is being filled. Skeleton of the public surface."""

from dataclasses import dataclass
from datetime import date

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.forms.bundle import ApplicationBundle
from kiosk.forms.views import Answer, Finding, PageView, ReviewSection


@dataclass(frozen=True, slots=True)
class Draft:
    """All that one citizen has told us so far; immutable, every change is a new draft.

    Made by `begin`. The same draft gives the same pages, findings and bundle.
    """

    documents: tuple[DocumentKind, ...]
    person: Person
    today: date

    @classmethod
    def begin(cls, documents: tuple[DocumentKind, ...], person: Person, today: date) -> "Draft":
        """Prefill from the card whatever it tells."""
        raise NotImplementedError

    def with_documents(self, documents: tuple[DocumentKind, ...]) -> "Draft":
        """The same answers for another choice of documents; nothing typed is lost."""
        raise NotImplementedError

    def answered(self, field: str, value: Answer) -> "Draft":
        """With one answer given or changed; recomputes what depends on it."""
        raise NotImplementedError

    def asked_to_go_on(self, page: str) -> "Draft":
        """From now on findings of this page are shown even for untouched fields."""
        raise NotImplementedError

    def pages(self) -> tuple[PageView, ...]:
        """The pages that these documents and answers need, in order."""
        raise NotImplementedError

    def findings(self, page: str | None = None) -> tuple[Finding, ...]:
        """What is still to mend, on one page or on all."""
        raise NotImplementedError

    def review(self) -> tuple[ReviewSection, ...]:
        """Everything by document, shared facts first."""
        raise NotImplementedError

    def bundle(self) -> ApplicationBundle:
        """The finished application.

        Raises:
            ValueError: findings remain; the flow never asks then.
        """
        raise NotImplementedError
