"""Every message of the form can be said in every language, and none is left over."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from kiosk.domain.document import DocumentKind
from kiosk.domain.person import IdCardKind
from kiosk.domain.text import Text
from kiosk.forms import checklist, choices
from kiosk.forms.declared import BY_KEY, FIELDS, PAGES
from kiosk.forms.draft import Draft
from kiosk.forms.facts import Facts
from kiosk.policy import rows
from kiosk.policy.loader import shipped
from tests.kit.applicants import ADULT, MINOR, TODAY
from tests.kit.form_filling import ALL, NAMES, mended, prefers, texts_in

LOCALES = Path(__file__).parents[2] / "locales"
LANGUAGES = ("zh_CN", "en", "zh_Hant")
TASTES = (
    "renewal",
    "replacement",
    "endorsement_only",
    "permit_only",
    "courier",
    "X",
    "T",
    "D",
    "S",
)
WRONG = {
    **dict.fromkeys(("phone", "guardian_number", "postcode", "delivery_address"), "1"),
    **dict.fromkeys(("emergency_name", "surname_pinyin"), "1"),
    **dict.fromkeys(("passport_number", "hk_macao_number", "taiwan_number"), "1"),
}


def catalogue(language: str) -> dict[str, Message]:
    path = LOCALES / language / "LC_MESSAGES" / "form.po"
    with path.open("rb") as file:
        found = read_po(file, locale=language.replace("Hant", "Hant_TW"))
    return {(m.id if isinstance(m.id, str) else m.id[0]): m for m in found if m.id}


def forms_of(message: Message) -> tuple[str, ...]:
    said = message.string
    return (said,) if isinstance(said, str) else tuple(said)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def drafts() -> Iterator[Draft]:
    for name in NAMES:
        yield Draft.begin(ALL, replace(ADULT, name=name, address="", ethnicity=""), TODAY)
    for person in (ADULT, MINOR):
        empty = Draft.begin(ALL, person, TODAY)
        yield empty
        for taste in TASTES:
            done = mended(empty, prefers(taste, "permit_and_endorsement"))
            yield done
            wrong = done
            for key, value in WRONG.items():
                wrong = wrong.answered(key, value)
            yield wrong
        yield empty.answered("hk_macao_mode", "endorsement_only")
        for number in (person.number, "420299202001010006", "42029920200101002X"):
            yield empty.answered("guardian_number", number)
        yield empty.answered("phone", "13800000001").answered("emergency_phone", "13800000001")


def told_by_drafts() -> Iterator[Text]:
    for draft in drafts():
        for page in PAGES:
            draft = draft.asked_to_go_on(page.key)  # noqa: PLW2901 - each page is asked in turn
        yield from texts_in([draft.pages(), draft.findings(), draft.review()])
    yield from texts_in([checklist.sections(ALL, person, TODAY) for person in (None, MINOR)])


def told_by_tables() -> Iterator[Text]:
    """Also what is switched off today: a hall may switch it on."""
    for spec in FIELDS:
        yield Text(f"form.field.{spec.key}")
    facts = Facts(ADULT, TODAY, frozenset(ALL), shipped().on(TODAY), {})
    for offer in (choices.ethnicities, choices.birthplaces, choices.households, choices.sexes):
        yield from texts_in(offer(facts).options)
    for row in shipped().rows:
        yield from told_by_row(row)
    for document in DocumentKind:
        yield Text(f"document.{document.value}")
        yield Text(f"document.{document.value}.note")
    for reason in ("see_staff", "not_for_this_form"):
        yield Text(f"card.refusal.{reason}")
    yield Text("card.warning.expired")
    yield Text("card.warning.guardian", (("years", 16),))
    yield Text("fee.at_window")
    yield Text("form.finding.guardian_age", (("n", 18),))
    yield Text("form.processing.days", (("n", 20),))


def told_by_row(row: rows.Row) -> Iterator[Text]:
    match row:
        case rows.Endorsement():
            area = "taiwan" if row.destination == "TWN" else "hk_macao"
            yield Text(f"form.endorsement.{area}.{row.kind}")
            yield Text(f"form.endorsement.{area}.{row.kind}.note")
        case rows.Grant():
            yield Text(f"form.grant.{row.code}")
        case rows.Material():
            yield Text(f"material.{row.key}")
        case rows.Card() if row.reason:
            yield Text(f"card.refusal.{row.reason}")


TOLD = [*told_by_drafts(), *told_by_tables()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_said_with_its_values(language: str) -> None:
    messages = catalogue(language)
    for text in TOLD:
        assert text.key in messages, text.key
        given = {name for name, _ in text.values}
        for said in forms_of(messages[text.key]):
            assert said, text.key
            assert placeholders(said) == given, text.key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_left_over(language: str) -> None:
    assert set(catalogue(language)) - {text.key for text in TOLD} == set()


def test_every_card_kind_has_an_answer() -> None:
    assert {row.card for row in shipped().rows if isinstance(row, rows.Card)} == set(IdCardKind)


def test_every_page_and_field_is_named() -> None:
    keys = {text.key for text in TOLD}
    assert {f"form.page.{page.key}" for page in PAGES} <= keys
    assert {f"form.field.{key}" for key in BY_KEY} <= keys
