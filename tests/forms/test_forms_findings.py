"""Findings say what to mend, when the person can use it."""

import pytest

from kiosk.domain.document import DocumentKind
from kiosk.forms.draft import Draft
from kiosk.forms.views import Finding
from tests.kit.applicants import ADULT, MINOR, TODAY
from tests.kit.form_filling import ALL, is_asked, mended, prefers, view_of

PASSPORT = (DocumentKind.PASSPORT,)


def shown(draft: Draft, key: str) -> Finding | None:
    return view_of(draft, key).finding


def test_an_untouched_field_is_quiet_until_the_person_wants_to_go_on() -> None:
    draft = Draft.begin(PASSPORT, ADULT, TODAY)
    assert shown(draft, "phone") is None
    assert [one.field for one in draft.findings("phone")] == ["phone"]
    asked = draft.asked_to_go_on("phone")
    finding = shown(asked, "phone")
    assert finding is not None
    assert finding.says.key == "form.finding.fill_in"
    assert asked.asked_to_go_on("phone") is asked


def test_nobody_is_told_off_while_typing() -> None:
    draft = Draft.begin(PASSPORT, ADULT, TODAY)
    number = "13800000001"
    for n in range(1, len(number) + 1):
        draft = draft.answered("phone", number[:n])
        assert shown(draft, "phone") is None
    assert draft.findings("phone") == ()


@pytest.mark.parametrize(
    ("key", "typed", "says"),
    [
        ("phone", "2", "form.finding.phone"),
        ("emergency_name", "测试1", "form.finding.name_characters"),
        ("surname_pinyin", "LÜ", "form.finding.pinyin_letters"),
        ("passport_number", "C1", "form.finding.number_of.passport"),
    ],
)
def test_what_no_further_key_can_mend_is_said_at_once(key: str, typed: str, says: str) -> None:
    draft = Draft.begin(PASSPORT, ADULT, TODAY).answered("passport_apply_kind", "renewal")
    finding = shown(draft.answered(key, typed), key)
    assert finding is not None
    assert finding.says.key == says


def test_the_emergency_phone_is_not_ones_own() -> None:
    draft = Draft.begin(PASSPORT, ADULT, TODAY).answered("phone", "13800000001")
    same = draft.answered("emergency_phone", "13800000001")
    finding = shown(same, "emergency_phone")
    assert finding is not None
    assert finding.says.key == "form.finding.same_phone"
    moved = same.answered("phone", "13700000001")
    assert shown(moved, "emergency_phone") is None


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ("42029919550310003", "form.finding.id_number"),
        ("420299195503100033", "form.finding.id_number"),
        (MINOR.number, "form.finding.guardian_is_applicant"),
        ("420299201001010000", "form.finding.guardian_age"),
    ],
    ids=["too short", "check digit", "the child's own", "a child's"],
)
def test_a_guardian_is_a_grown_up_with_a_real_number(number: str, says: str) -> None:
    draft = Draft.begin(PASSPORT, MINOR, TODAY).answered("guardian_number", number)
    found = {one.field: one.says.key for one in draft.findings("guardian_contact")}
    assert found["guardian_number"] == says


def test_a_small_x_in_the_guardians_number_is_kept_as_capital() -> None:
    draft = Draft.begin(PASSPORT, MINOR, TODAY).answered("guardian_number", "42029919900101006x")
    fields = mended(draft).bundle().documents[0].fields
    assert fields["jhrsfzh"] == "42029919900101006X"


def test_the_postcode_may_stay_empty_but_not_wrong() -> None:
    draft = mended(Draft.begin(PASSPORT, ADULT, TODAY), prefers("courier"))
    assert view_of(draft, "postcode").optional
    wrong = draft.answered("postcode", "4350")
    assert [one.field for one in wrong.findings()] == ["postcode"]
    assert wrong.missing(DocumentKind.PASSPORT) == ("yzbm",)


def test_spaces_are_no_answer() -> None:
    draft = mended(Draft.begin(PASSPORT, ADULT, TODAY)).answered("emergency_name", "  ")
    assert [one.field for one in draft.findings()] == ["emergency_name"]


def test_a_document_says_what_it_still_lacks() -> None:
    draft = Draft.begin(ALL, ADULT, TODAY)
    assert set(draft.missing(DocumentKind.PASSPORT)) == {
        *("bzlb", "lxdh", "jjqklxr", "jjqklxrdh", "lqfs"),
    }
    assert "sqfs" in draft.missing(DocumentKind.TAIWAN_PERMIT)
    assert not any(mended(draft).missing(one) for one in ALL)


def test_an_unfinished_form_gives_no_bundle() -> None:
    with pytest.raises(ValueError, match="phone"):
        Draft.begin(PASSPORT, ADULT, TODAY).bundle()


@pytest.mark.parametrize(
    ("key", "value"), [("no_such", "x"), ("phone", True), ("phone", ("1",)), ("delivery", ())]
)
def test_an_answer_that_no_screen_can_give_is_a_broken_promise(key: str, value: object) -> None:
    with pytest.raises(ValueError, match=key):
        Draft.begin(PASSPORT, ADULT, TODAY).answered(key, value)  # type: ignore[arg-type]  # the wrong type is the point


def test_an_answer_to_a_hidden_field_is_kept_and_not_shown() -> None:
    draft = Draft.begin(PASSPORT, ADULT, TODAY).answered("recipient", "1")
    assert not is_asked(draft, "recipient")
    assert "recipient" not in {one.field for one in draft.findings()}


def test_control_characters_never_get_in() -> None:
    draft = Draft.begin(PASSPORT, ADULT, TODAY).answered("emergency_name", "测\x00试\n乙\x7f")
    assert view_of(draft, "emergency_name").value == "测试乙"


def test_nothing_typed_shows_in_a_log() -> None:
    draft = mended(Draft.begin(PASSPORT, ADULT, TODAY))
    for said in (repr(draft), repr(draft.pages()), repr(draft.review()), repr(draft.bundle())):
        assert "13800000001" not in said
        assert ADULT.name not in said
        assert ADULT.number not in said
