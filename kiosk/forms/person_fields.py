"""Who the applicant is (domain facts 1.1)."""

from collections.abc import Callable

from kiosk.domain.surname import splits
from kiosk.forms import choices, findings, prefill
from kiosk.forms.conditions import always, answered
from kiosk.forms.facts import Facts
from kiosk.forms.fields import FieldSpec, PageSpec
from kiosk.forms.views import FieldKind, Text

PINYIN_MAX = 38
"""letters; a machine-readable line of a passport holds 39 for both parts"""


def _written(key: str) -> Callable[[Facts], Text | None]:
    return lambda facts: Text("form.hint.written", (("text", facts.text(key)),))


def _name_is_ambiguous(facts: Facts) -> bool:
    return not prefill.name_is_clear(facts)


def _likely_is_first(facts: Facts) -> Text | None:
    return None if splits(facts.person.name)[0][0] else Text("form.hint.name_split")


FIELDS = (
    FieldSpec(
        "name",
        FieldKind.CHINESE_TEXT,
        settled=always,
        prefill=prefill.from_card(lambda facts: facts.person.name),
    ),
    FieldSpec(
        "name_split",
        FieldKind.CHOICE,
        when=_name_is_ambiguous,
        prefill=prefill.likely_split,
        choices=choices.name_splits,
        hint=_likely_is_first,
    ),
    FieldSpec(
        "surname",
        FieldKind.CHINESE_TEXT,
        settled=always,
        prefill=prefill.from_card(prefill.surname),
        in_review=False,
    ),
    FieldSpec(
        "given_name",
        FieldKind.CHINESE_TEXT,
        settled=always,
        prefill=prefill.from_card(prefill.given_name),
        in_review=False,
    ),
    FieldSpec(
        "surname_pinyin",
        FieldKind.LATIN_TEXT,
        when=answered("surname"),
        prefill=prefill.pinyin_of_surname,
        rules=(findings.pinyin,),
        hint=_written("surname"),
        max_length=PINYIN_MAX,
    ),
    FieldSpec(
        "given_pinyin",
        FieldKind.LATIN_TEXT,
        when=answered("given_name"),
        prefill=prefill.pinyin_of_given_name,
        rules=(findings.pinyin,),
        hint=_written("given_name"),
        max_length=PINYIN_MAX,
    ),
    FieldSpec(
        "sex",
        FieldKind.CHOICE,
        settled=always,
        prefill=prefill.from_card(prefill.sex_code),
        choices=choices.sexes,
    ),
    FieldSpec(
        "birth",
        FieldKind.DATE,
        settled=always,
        prefill=prefill.from_card(lambda facts: facts.person.birth.strftime("%Y%m%d")),
    ),
    FieldSpec(
        "number",
        FieldKind.DOCUMENT_NUMBER,
        settled=always,
        prefill=prefill.from_card(lambda facts: facts.person.number),
        masked=True,
    ),
    FieldSpec(
        "ethnicity",
        FieldKind.LONG_CHOICE,
        settled=lambda facts: bool(prefill.ethnicity_code(facts)),
        prefill=prefill.from_card(prefill.ethnicity_code),
        choices=choices.ethnicities,
    ),
    FieldSpec(
        "birthplace",
        FieldKind.LONG_CHOICE,
        prefill=prefill.birth_province,
        choices=choices.birthplaces,
    ),
    FieldSpec(
        "household",
        FieldKind.LONG_CHOICE,
        settled=prefill.household_is_clear,
        prefill=prefill.household,
        choices=choices.households,
    ),
    FieldSpec(
        "household_address",
        FieldKind.CHINESE_TEXT,
        settled=always,
        prefill=prefill.from_card(lambda facts: facts.person.address),
        in_review=False,
    ),
)

PAGES = (
    PageSpec("name", ("name_split",)),
    PageSpec("pinyin", ("surname_pinyin", "given_pinyin"), lead=True),
    PageSpec("ethnicity", ("ethnicity",)),
    PageSpec("birthplace", ("birthplace",), lead=True),
    PageSpec("household", ("household",), lead=True),
)
