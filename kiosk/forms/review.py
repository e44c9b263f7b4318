"""Everything once more before it is submitted, by document."""

from collections.abc import Collection, Iterable

from kiosk.domain.document import DocumentKind
from kiosk.forms.declared import FIELDS, PAGE_OF
from kiosk.forms.facts import Facts
from kiosk.forms.fees import endorsement_kinds_of, fee_of, processing_text
from kiosk.forms.materials import materials, of_choices, of_person
from kiosk.forms.pages import asked_pages, label_of
from kiosk.forms.shown import NOTHING, shown
from kiosk.forms.views import ReviewLine, ReviewSection, Text


def sections(facts: Facts, documents: Iterable[DocumentKind]) -> tuple[ReviewSection, ...]:
    """Shared facts first, then one section a document, in the order chosen."""
    changeable = {page.key for page in asked_pages(facts)}
    about = ReviewSection(Text("form.review.about_you"), None, _lines(facts, None, changeable))
    return (about, *(_section(facts, one, changeable) for one in documents))


def _section(facts: Facts, document: DocumentKind, pages: Collection[str]) -> ReviewSection:
    fee = fee_of(facts, document)
    words = of_person(facts.person, facts.policy) | of_choices(facts, document)
    return ReviewSection(
        title=Text(f"document.{document.value}"),
        document=document,
        lines=(*_lines(facts, document, pages), *_validity(facts, document)),
        fee_fen=fee.fen,
        materials=materials(facts.policy, document, words, endorsement_kinds_of(facts, document)),
        fee_note=fee.note,
        processing=processing_text(facts.policy, document, facts.text("household")),
    )


def _lines(
    facts: Facts, document: DocumentKind | None, pages: Collection[str]
) -> tuple[ReviewLine, ...]:
    lines = []
    for spec in FIELDS:
        if spec.document is not document or not spec.in_review or spec.key not in facts.values:
            continue
        said = shown(spec, facts)
        page = PAGE_OF.get(spec.key, "")
        open_page = page if page in pages and spec.key not in facts.settled else ""
        if said is not NOTHING or open_page:
            lines.append(ReviewLine(label_of(spec.key), said, open_page))
    return tuple(lines)


def _validity(facts: Facts, document: DocumentKind) -> tuple[ReviewLine, ...]:
    years = facts.policy.validity_years(document, facts.age)
    if years is None or "endorsement_only" in of_choices(facts, document):
        return ()
    return (ReviewLine(Text("form.review.validity"), Text("form.value.years", (("n", years),))),)
