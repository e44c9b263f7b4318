"""The review and the checklist tell what is applied for, what it costs and what to bring."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.document import DocumentKind
from kiosk.domain.text import Text
from kiosk.forms import checklist
from kiosk.forms.draft import Draft
from kiosk.forms.views import ReviewSection
from tests.kit.applicants import ADULT, MINOR, TODAY
from tests.kit.form_filling import ALL, mended, prefers

HKM = DocumentKind.HK_MACAO_PERMIT


def section(draft: Draft, document: DocumentKind | None) -> ReviewSection:
    return next(one for one in draft.review() if one.document is document)


def materials(of: ReviewSection) -> set[str]:
    return {text.key.removeprefix("material.") for text in of.materials}


def line(of: ReviewSection, key: str) -> Text:
    return next(one.shown for one in of.lines if one.label.key == f"form.field.{key}")


def test_shared_facts_come_first_then_one_section_a_document() -> None:
    draft = mended(Draft.begin(ALL, ADULT, TODAY))
    assert [one.document for one in draft.review()] == [None, *ALL]


def test_every_line_that_can_be_changed_names_a_page_that_is_there() -> None:
    draft = mended(Draft.begin(ALL, MINOR, TODAY), prefers("courier"))
    pages = {page.key for page in draft.pages()}
    named = {one.page for part in draft.review() for one in part.lines if one.page}
    assert named == pages


def test_numbers_are_masked_but_ones_own_phone_can_be_checked() -> None:
    about = section(mended(Draft.begin(ALL, MINOR, TODAY)), None)
    assert dict(line(about, "number").values)["value"] == "*" * 14 + MINOR.number[-4:]
    assert dict(line(about, "guardian_number").values)["value"] == "*" * 14 + "0032"
    assert dict(line(about, "phone").values)["value"] == "13800000001"


@pytest.mark.parametrize(
    ("taste", "fen"),
    [
        (("permit_and_endorsement", "L", "3m1"), 6000 + 1500 + 1500),
        (("endorsement_only", "L", "3m2"), 3000 + 1500),
        (("permit_only",), 6000),
        (("endorsement_only", "T", "1yM"), 8000 + 8000),
    ],
    ids=["permit and both places", "endorsements alone", "permit alone", "any number of entries"],
)
def test_a_permit_costs_its_card_and_each_destination(taste: tuple[str, ...], fen: int) -> None:
    draft = mended(Draft.begin((HKM,), ADULT, TODAY), prefers(*taste))
    assert section(draft, HKM).fee_fen == fen


def test_a_fee_that_the_approval_decides_is_not_guessed() -> None:
    draft = mended(Draft.begin((HKM,), ADULT, TODAY), prefers("D"))
    part = section(draft, HKM)
    assert part.fee_fen is None
    assert part.fee_note == Text("fee.by_approval", (("yuan", "60"),))


def test_the_fee_is_that_of_the_day() -> None:
    old = mended(Draft.begin((DocumentKind.PASSPORT,), ADULT, date(2019, 6, 30)))
    assert section(old, DocumentKind.PASSPORT).fee_fen == 16000


def test_a_minor_brings_the_guardians_papers() -> None:
    draft = mended(Draft.begin((DocumentKind.PASSPORT,), MINOR, TODAY))
    found = materials(section(draft, DocumentKind.PASSPORT))
    assert {"guardian_comes", "guardianship_proof", "guardian_id"} <= found
    assert not {"if_soldier", "if_state_staff", "if_under_16"} & found


@pytest.mark.parametrize(
    ("taste", "there", "away"),
    [
        (("renewal",), {"passport_held"}, {"loss_statement"}),
        (("replacement",), {"loss_statement", "damaged_document"}, {"passport_held"}),
        (("first",), {"id_card", "photo"}, {"passport_held", "loss_statement"}),
    ],
)
def test_materials_follow_the_kind(taste: tuple[str, ...], there: set[str], away: set[str]) -> None:
    draft = mended(Draft.begin((DocumentKind.PASSPORT,), ADULT, TODAY), prefers(*taste))
    found = materials(section(draft, DocumentKind.PASSPORT))
    assert there <= found
    assert not away & found


def test_an_endorsement_asks_for_its_proof_and_the_permit() -> None:
    draft = mended(Draft.begin((HKM,), ADULT, TODAY), prefers("endorsement_only", "S"))
    found = materials(section(draft, HKM))
    assert {"permit_held", "proof_business"} <= found
    assert "proof_family" not in found


def test_an_expired_card_is_replaced_in_the_list() -> None:
    expired = replace(ADULT, valid_to=date(2026, 11, 23))
    found = materials(section(Draft.begin(ALL, expired, TODAY), HKM))
    assert "id_card_renewed" in found
    assert "id_card" not in found


def test_another_province_waits_longer() -> None:
    away = Draft.begin((HKM,), replace(ADULT, address="湖南省测试市"), TODAY)
    assert section(away, HKM).processing == Text("form.processing.days", (("n", 20),))
    home = Draft.begin((HKM,), ADULT, TODAY)
    assert section(home, HKM).processing == Text("form.processing.working_days", (("n", 7),))


def test_the_checklist_needs_no_card() -> None:
    passport, permit, taiwan = checklist.sections(ALL, None, TODAY)
    assert (passport.fee_fen, permit.fee_fen, taiwan.fee_fen) == (12000, 6000, 6000)
    assert passport.fee_note is None
    assert permit.fee_note == Text("fee.endorsement_extra", (("yuan", "15"),))
    for part in (passport, permit, taiwan):
        assert part.lines == ()
        assert part.processing is not None
        assert {"id_card", "photo", "if_under_16", "if_renewal", "if_replacement"} <= materials(
            part
        )


def test_the_checklist_of_a_child_names_the_guardian() -> None:
    (part,) = checklist.sections((HKM,), MINOR, TODAY)
    assert "guardian_comes" in materials(part)
    assert "if_under_16" not in materials(part)
