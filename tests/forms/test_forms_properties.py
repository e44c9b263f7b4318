"""What holds for every citizen, every choice of documents and every answer."""

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.central.contract import DocumentIn
from kiosk.domain.document import DocumentKind
from kiosk.domain.person import Person
from kiosk.forms.answers import solve
from kiosk.forms.bindings import BINDINGS
from kiosk.forms.declared import BY_KEY, FIELDS, PAGES
from kiosk.forms.draft import Draft
from kiosk.forms.facts import Facts
from kiosk.forms.views import Answer, FieldKind
from kiosk.policy.loader import shipped
from tests.kit.applicants import TODAY
from tests.kit.form_filling import (
    answered_all,
    document_sets,
    mended,
    people,
    prefers,
    random_answers,
)

Documents = tuple[DocumentKind, ...]
Answers = list[tuple[str, Answer]]

tastes = st.lists(
    st.sampled_from(
        ["renewal", "replacement", "endorsement_only", "permit_only", "courier", "X", "T", "D"]
    ),
    max_size=4,
    unique=True,
)


@given(people, document_sets, random_answers)
def test_any_answers_give_pages_that_fit_a_screen(
    person: Person, documents: Documents, answers: Answers
) -> None:
    draft = answered_all(Draft.begin(documents, person, TODAY), answers)
    for page in PAGES:
        draft = draft.asked_to_go_on(page.key)
    pages = draft.pages()
    asked = [field.key for page in pages for field in page.fields]
    assert len(asked) == len(set(asked))
    assert [page.index for page in pages] == list(range(len(pages)))
    for page in pages:
        lists = sum(bool(field.options) for field in page.fields)
        assert page.count == len(pages)
        assert 1 <= len(page.fields) <= 3
        assert lists <= 1
        assert not lists or len(page.fields) <= 2
    shown = [one.finding for page in pages for one in page.fields if one.finding]
    assert sorted(one.field for one in shown) == sorted(one.field for one in draft.findings())
    draft.review()


@given(people, document_sets, random_answers, tastes)
def test_answering_what_findings_ask_leads_to_a_bundle_that_central_takes(
    person: Person, documents: Documents, answers: Answers, taste: list[str]
) -> None:
    draft = answered_all(Draft.begin(documents, person, TODAY), answers)
    bundle = mended(draft, prefers(*taste)).bundle()
    assert tuple(one.kind for one in bundle.documents) == documents
    for document in bundle.documents:
        DocumentIn(kind=document.kind.value, fields=document.fields)
        assert all(document.fields.values())


@given(people, document_sets, random_answers, tastes)
def test_answers_to_hidden_fields_never_reach_the_bundle(
    person: Person, documents: Documents, answers: Answers, taste: list[str]
) -> None:
    done = mended(answered_all(Draft.begin(documents, person, TODAY), answers), prefers(*taste))
    asked = {field.key for page in done.pages() for field in page.fields}
    clean = Draft.begin(documents, person, TODAY)
    for key, value in done.answers.items():
        if key in asked:
            clean = clean.answered(key, value)
    assert clean.bundle() == done.bundle()


@given(people, document_sets, document_sets, random_answers)
def test_another_choice_of_documents_and_back_loses_nothing(
    person: Person, first: Documents, second: Documents, answers: Answers
) -> None:
    draft = answered_all(Draft.begin(first, person, TODAY), answers)
    back = draft.with_documents(second).with_documents(first)
    assert back == draft
    assert back.pages() == draft.pages()
    assert back.findings() == draft.findings()


@given(people, document_sets, random_answers)
@settings(max_examples=40)
def test_a_field_depends_only_on_fields_declared_before_it(
    person: Person, documents: Documents, answers: Answers
) -> None:
    kept = answered_all(Draft.begin(documents, person, TODAY), answers).answers
    facts = Facts(person, TODAY, frozenset(documents), shipped().on(TODAY), kept)
    solve(facts)
    for spec in FIELDS:
        asked = bool(spec.needed_by & facts.documents) and spec.when(facts)
        assert asked == (spec.key in facts.values)
        if asked and spec.key not in kept and spec.prefill:
            found = spec.prefill(facts)
            value = facts.values[spec.key]
            assert value in (spec.empty, found[0] if found else spec.empty) or spec.choices


@given(people, document_sets, random_answers)
@settings(max_examples=40)
def test_the_same_answers_give_the_same_form(
    person: Person, documents: Documents, answers: Answers
) -> None:
    one = answered_all(Draft.begin(documents, person, TODAY), answers)
    other = answered_all(Draft.begin(documents, person, TODAY), answers)
    assert one == other
    assert hash(one) == hash(other)
    assert one.pages() == other.pages()
    assert one.review() == other.review()


def test_every_fact_has_one_page_and_every_binding_a_fact() -> None:
    placed = [key for page in PAGES for key in page.fields]
    assert len(placed) == len(set(placed))
    assert set(placed) <= set(BY_KEY)
    assert len(BY_KEY) == len(FIELDS)
    for document, bindings in BINDINGS.items():
        targets = [binding.target for binding in bindings]
        assert len(targets) == len(set(targets))
        for binding in bindings:
            assert not binding.source or document in BY_KEY[binding.source].needed_by


def test_every_fact_of_a_document_reaches_its_record() -> None:
    for document, bindings in BINDINGS.items():
        bound = {binding.source for binding in bindings}
        needed = {spec.key for spec in FIELDS if document in spec.needed_by}
        assert needed - bound == {"name", "name_split"}


def test_typed_fields_have_a_limit() -> None:
    typed = {FieldKind.CHINESE_TEXT, FieldKind.LATIN_TEXT, FieldKind.DIGITS}
    on_pages = [BY_KEY[key] for page in PAGES for key in page.fields]
    assert all(spec.max_length for spec in on_pages if spec.kind in typed)
