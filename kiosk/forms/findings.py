"""Rules of the answers, each with words that say how to mend it (domain facts 1.1, 1.4)."""

import re

from kiosk.domain.age import full_years
from kiosk.domain.document import DocumentKind
from kiosk.domain.id_number import IdNumber, parse, stored
from kiosk.domain.phone import is_phone, may_become_phone
from kiosk.domain.travel_document import is_number_of, may_become_number_of
from kiosk.forms.facts import Facts
from kiosk.forms.fields import Rule, Verdict
from kiosk.forms.views import Text

_PINYIN = re.compile(r"[A-Z]+", re.ASCII)
_POSTCODE = re.compile(r"[0-9]{6}", re.ASCII)
_NAME_MARKS = frozenset("·•・‧.'- ")
_ADDRESS_AT_LEAST = 6


def pinyin(_facts: Facts, text: str) -> Verdict | None:
    """Capital letters only."""
    if _PINYIN.fullmatch(text):
        return None
    return Verdict(Text("form.finding.pinyin_letters"), beyond_typing=True)


def person_name(_facts: Facts, text: str) -> Verdict | None:
    """Characters or letters, a middle dot between parts."""
    if all(c.isalpha() or c in _NAME_MARKS for c in text):
        return None
    return Verdict(Text("form.finding.name_characters"), beyond_typing=True)


def phone(_facts: Facts, text: str) -> Verdict | None:
    """A mobile number, or an area code and a number."""
    if is_phone(text):
        return None
    return Verdict(Text("form.finding.phone"), beyond_typing=not may_become_phone(text))


def differs_from(other: str, says: str) -> Rule:
    """Not the same answer as an earlier field's."""

    def rule(facts: Facts, text: str) -> Verdict | None:
        return Verdict(Text(says), beyond_typing=True) if text == facts.text(other) else None

    return rule


def document_number(kind: DocumentKind) -> Rule:
    """The form of such a document's number."""
    says = Text(f"form.finding.number_of.{kind.value}")

    def rule(_facts: Facts, text: str) -> Verdict | None:
        if is_number_of(kind, text):
            return None
        return Verdict(says, beyond_typing=not may_become_number_of(kind, text))

    return rule


def guardian_number(facts: Facts, text: str) -> Verdict | None:
    """A real number, of an adult, not the applicant's own."""
    number = parse(text)
    if not isinstance(number, IdNumber):
        return Verdict(Text("form.finding.id_number"), beyond_typing=len(stored(text)) >= 18)
    if number.text == facts.person.number:
        return Verdict(Text("form.finding.guardian_is_applicant"), beyond_typing=True)
    years = facts.policy.age_limit("guardian_from")
    if full_years(number.birth, facts.today) < years:
        return Verdict(Text("form.finding.guardian_age", (("n", years),)), beyond_typing=True)
    return None


def postcode(_facts: Facts, text: str) -> Verdict | None:
    """Six digits."""
    if _POSTCODE.fullmatch(text):
        return None
    return Verdict(Text("form.finding.postcode"), beyond_typing=not text.isdigit())


def address(_facts: Facts, text: str) -> Verdict | None:
    """Long enough to be found by a courier."""
    return Verdict(Text("form.finding.address")) if len(text) < _ADDRESS_AT_LEAST else None
