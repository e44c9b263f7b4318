"""The one form as citizens meet it."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.document import DocumentKind
from kiosk.forms.bindings import record
from kiosk.forms.draft import Draft
from kiosk.forms.facts import Facts
from kiosk.forms.views import Source
from kiosk.policy.loader import shipped
from tests.kit.applicants import ADULT, ELDER, MINOR, TODAY
from tests.kit.form_filling import ALL, first_option, is_asked, mended, prefers, view_of

PASSPORT = (DocumentKind.PASSPORT,)
HK_MACAO = (DocumentKind.HK_MACAO_PERMIT,)
TAIWAN = (DocumentKind.TAIWAN_PERMIT,)


def page_keys(draft: Draft) -> list[str]:
    return [page.key for page in draft.pages()]


def typed_by(draft: Draft) -> set[str]:
    return {
        field.key
        for page in draft.pages()
        for field in page.fields
        if field.source is Source.CITIZEN and not field.options
    }


def test_most_people_type_only_phones_and_a_contact() -> None:
    done = mended(Draft.begin(ALL, ADULT, TODAY))
    assert typed_by(done) == {"phone", "emergency_name", "emergency_phone"}


def test_a_fact_that_three_documents_need_is_asked_once() -> None:
    draft = mended(Draft.begin(ALL, ADULT, TODAY))
    keys = [field.key for page in draft.pages() for field in page.fields]
    assert len(keys) == len(set(keys))
    phones = {document.fields["lxdh"] for document in draft.bundle().documents}
    assert phones == {"13800000001"}


def test_what_the_card_tells_for_sure_is_not_asked() -> None:
    draft = Draft.begin(ALL, ADULT, TODAY)
    for key in ("name", "sex", "birth", "number", "ethnicity", "household"):
        assert not is_asked(draft, key)
        with_other = draft.answered(key, "1")
        assert with_other.findings() == draft.findings()
        assert with_other.answers == draft.answers


def test_a_card_without_ethnicity_or_known_address_asks_for_them() -> None:
    draft = Draft.begin(PASSPORT, replace(ADULT, ethnicity="", address="测试路1号"), TODAY)
    assert is_asked(draft, "ethnicity")
    assert view_of(draft, "household").source is Source.DERIVED


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("湖北省黄石市黄石港区测试路1号", "420202"),
        ("湖北省黄石市测试路1号", "420200"),
        ("湖北省大冶市测试路1号", "420281"),
        ("黄石市阳新县测试镇", "420222"),
        ("湖北省神农架林区测试镇", "429021"),
        ("湖南省测试市", "430000"),
        ("广西壮族自治区测试市", "450000"),
        ("江西省黄石市测试", "360000"),
    ],
)
def test_the_household_is_where_the_address_says(address: str, code: str) -> None:
    done = mended(Draft.begin(PASSPORT, replace(ADULT, address=address), TODAY))
    fields = done.bundle().documents[0].fields
    assert fields["hkszd"] == code
    assert fields["hkszdxz"] == address


def test_pinyin_can_be_corrected_and_stays_corrected() -> None:
    draft = Draft.begin(PASSPORT, replace(ADULT, name="单乐"), TODAY)
    assert view_of(draft, "surname_pinyin").value == "SHAN"
    assert view_of(draft, "given_pinyin").source is Source.DERIVED
    changed = draft.answered("given_pinyin", "yue")
    assert view_of(changed, "given_pinyin").value == "YUE"
    assert view_of(changed, "given_pinyin").source is Source.CITIZEN
    assert mended(changed).bundle().documents[0].fields["ywm"] == "YUE"


def test_a_compound_surname_is_taken_and_can_be_denied() -> None:
    draft = Draft.begin(PASSPORT, replace(ADULT, name="欧阳测试"), TODAY)
    assert view_of(draft, "surname_pinyin").value == "OUYANG"
    single = draft.answered("name_split", "1")
    assert view_of(single, "surname_pinyin").value == "OU"
    assert view_of(single, "given_pinyin").value == "YANGCESHI"
    assert mended(single).bundle().documents[0].fields["zwm"] == "阳测试"


def test_a_corrected_pinyin_survives_another_split_while_derived_ones_follow() -> None:
    draft = Draft.begin(PASSPORT, replace(ADULT, name="欧阳测试"), TODAY)
    draft = draft.answered("given_pinyin", "CESI").answered("name_split", "1")
    assert view_of(draft, "surname_pinyin").value == "OU"
    assert view_of(draft, "given_pinyin").value == "CESI"


def test_a_name_with_a_dot_is_divided_by_its_bearer() -> None:
    draft = Draft.begin(PASSPORT, replace(ADULT, name="阿依·古丽"), TODAY)
    assert view_of(draft, "name_split").value == ""
    assert not is_asked(draft, "surname_pinyin")
    undivided = mended(draft)
    fields = undivided.bundle().documents[0].fields
    assert "zwx" not in fields
    assert (fields["zwm"], fields["ywm"]) == ("阿依·古丽", "AYIGULI")
    divided = mended(draft.answered("name_split", "1")).bundle().documents[0].fields
    assert (divided["zwx"], divided["zwm"]) == ("阿依", "古丽")


def test_a_rare_character_leaves_its_pinyin_to_the_citizen() -> None:
    draft = Draft.begin(PASSPORT, replace(ADULT, name="伟\U00020bb7"), TODAY)
    assert view_of(draft, "given_pinyin").value == ""
    assert [one.field for one in draft.findings("pinyin")] == ["given_pinyin"]


def test_a_minor_brings_a_guardian_who_is_the_emergency_contact_too() -> None:
    draft = Draft.begin(PASSPORT, MINOR, TODAY)
    assert {"guardian", "guardian_contact"} <= set(page_keys(draft))
    draft = draft.answered("guardian_name", "测试甲").answered("guardian_phone", "13700000001")
    assert view_of(draft, "emergency_name").value == "测试甲"
    assert view_of(draft, "emergency_phone").source is Source.DERIVED
    fields = mended(draft).bundle().documents[0].fields
    assert fields["jhrsfzh"] == "420299195503100032"
    assert fields["jjqklxrdh"] == "13700000001"


def test_the_guardian_goes_with_the_sixteenth_birthday() -> None:
    birthday = date(2031, 6, 15)
    assert is_asked(Draft.begin(PASSPORT, MINOR, date(2031, 6, 14)), "guardian_name")
    assert not is_asked(Draft.begin(PASSPORT, MINOR, birthday), "guardian_name")
    assert not is_asked(Draft.begin(PASSPORT, ELDER, TODAY), "guardian_name")


def test_an_endorsement_alone_needs_the_permits_number_and_no_kind_of_permit() -> None:
    draft = Draft.begin(HK_MACAO, ADULT, TODAY).answered("hk_macao_mode", "endorsement_only")
    assert not is_asked(draft, "hk_macao_apply_kind")
    assert [one.field for one in draft.findings("hk_macao_permit")] == ["hk_macao_number"]
    fields = mended(draft).bundle().documents[0].fields
    assert fields["xczjhm"] == "CA0000001"
    assert "bzlb" not in fields


def test_a_permit_alone_asks_for_no_destination() -> None:
    draft = mended(Draft.begin((*HK_MACAO, *TAIWAN), ADULT, TODAY), prefers("permit_only"))
    assert not is_asked(draft, "hk_macao_destinations")
    assert not is_asked(draft, "taiwan_kind")
    for document in draft.bundle().documents:
        assert not [target for target in document.fields if target.startswith("qz")]


@pytest.mark.parametrize(
    ("kind", "asked", "owed"),
    [("first", False, False), ("renewal", True, True), ("replacement", True, False)],
)
def test_the_old_number_is_owed_only_where_the_document_is_at_hand(
    kind: str, asked: bool, owed: bool
) -> None:
    draft = Draft.begin(PASSPORT, ADULT, TODAY).answered("passport_apply_kind", kind)
    assert is_asked(draft, "passport_number") is asked
    assert bool(draft.findings("passport")) is owed
    if asked:
        assert view_of(draft, "passport_number").optional is not owed


def test_hong_kong_and_macao_are_chosen_separately() -> None:
    draft = Draft.begin(HK_MACAO, ADULT, TODAY).answered("hk_macao_mode", "permit_and_endorsement")
    draft = draft.answered("hk_macao_destinations", ("MAC", "HKG"))
    draft = draft.answered("hong_kong_kind", "L").answered("hong_kong_entries", "1y2")
    assert view_of(draft, "macao_kind").value == "L"
    assert view_of(draft, "macao_kind").source is Source.DERIVED
    assert [one.code for one in view_of(draft, "macao_entries").options] == ["3m1", "1y1"]
    done = mended(draft, prefers("1y1"))
    fields = done.bundle().documents[0].fields
    assert fields["qwd"] == "HKG MAC"
    assert (fields["qzzl_HKG"], fields["qzyxq_HKG"], fields["qzyxcs_HKG"]) == ("12", "12", "2")
    assert (fields["qzzl_MAC"], fields["qzyxq_MAC"], fields["qzyxcs_MAC"]) == ("12", "12", "1")


def test_an_entry_count_that_the_other_kind_does_not_have_is_asked_again() -> None:
    draft = Draft.begin(HK_MACAO, ADULT, TODAY).answered("hk_macao_mode", "permit_and_endorsement")
    draft = draft.answered("hk_macao_destinations", ("HKG",)).answered("hong_kong_kind", "T")
    draft = draft.answered("hong_kong_entries", "1yM")
    tour = draft.answered("hong_kong_kind", "L")
    assert view_of(tour, "hong_kong_entries").value == ""
    back = tour.answered("hong_kong_kind", "T")
    assert view_of(back, "hong_kong_entries").value == "1yM"


def test_what_the_approval_decides_is_not_asked() -> None:
    draft = Draft.begin(TAIWAN, ADULT, TODAY).answered("taiwan_mode", "permit_and_endorsement")
    assert not is_asked(draft.answered("taiwan_kind", "X"), "taiwan_entries")


@pytest.mark.parametrize(("kind", "purpose"), [("L", "9"), ("G", "8"), ("D", None)])
def test_the_purpose_of_a_journey_to_taiwan_is_recorded_where_it_has_a_code(
    kind: str, purpose: str | None
) -> None:
    """Journeys with a code, group and individual, are not offered while they are paused."""
    facts = Facts(ADULT, TODAY, frozenset(TAIWAN), shipped().on(TODAY), {})
    facts.values["taiwan_kind"] = kind
    assert record(facts, DocumentKind.TAIWAN_PERMIT).get("cjsy") == purpose


def test_a_single_option_is_not_asked() -> None:
    draft = Draft.begin(TAIWAN, ADULT, TODAY).answered("taiwan_mode", "permit_and_endorsement")
    settling = draft.answered("taiwan_kind", "D")
    assert "taiwan_entries" not in page_keys(settling)
    assert mended(settling).bundle().documents[0].fields["qzyxq_TWN"] == "6"


def test_the_courier_block_is_filled_from_name_phone_and_card() -> None:
    draft = mended(Draft.begin(PASSPORT, ADULT, TODAY), prefers("courier"))
    fields = draft.bundle().documents[0].fields
    assert (fields["sjr"], fields["sjhm"], fields["emsdz"]) == (
        ADULT.name,
        "13800000001",
        ADULT.address,
    )
    assert typed_by(draft) == {"phone", "emergency_name", "emergency_phone"}
    collected = draft.answered("delivery", "window").bundle().documents[0].fields
    assert not {"sjr", "sjhm", "emsdz", "yzbm"} & set(collected)


def test_answers_of_a_document_given_up_come_back_with_it() -> None:
    full = mended(Draft.begin(ALL, ADULT, TODAY), first_option)
    one = full.with_documents(PASSPORT)
    assert [document.kind for document in one.bundle().documents] == list(PASSPORT)
    assert one.with_documents(ALL).bundle() == full.bundle()
