"""Answers that nobody needs to give: what the card tells and what follows from other answers."""

from collections.abc import Callable
from functools import lru_cache

from kiosk.domain.ethnicity import is_known
from kiosk.domain.id_number import IdNumber, parse
from kiosk.domain.person import Sex
from kiosk.domain.pinyin_name import given_pinyin, surname_pinyin
from kiosk.domain.region import PROVINCES, province_of
from kiosk.domain.surname import is_divided_for_sure, splits
from kiosk.forms.facts import Facts
from kiosk.forms.fields import Prefill
from kiosk.forms.views import Answer, Source
from kiosk.policy.day import DayPolicy

Found = tuple[Answer, Source] | None


def from_card(read: Callable[[Facts], str]) -> Prefill:
    """Whatever a reading of the card gives, unless it is empty."""

    def prefill(facts: Facts) -> Found:
        value = read(facts)
        return (value, Source.ID_CARD) if value else None

    return prefill


def copied(key: str) -> Prefill:
    """The answer of an earlier field."""

    def prefill(facts: Facts) -> Found:
        value = facts.text(key)
        return (value, Source.DERIVED) if value else None

    return prefill


def sex_code(facts: Facts) -> str:
    """As the card says, by the number where the card does not say it."""
    if facts.person.sex in (Sex.MALE, Sex.FEMALE):
        return facts.person.sex.value
    number = parse(facts.person.number)
    return number.sex.value if isinstance(number, IdNumber) else ""


def ethnicity_code(facts: Facts) -> str:
    """As the card says, where the code is one of the table."""
    code = facts.person.ethnicity
    return code if is_known(code) else ""


def name_is_clear(facts: Facts) -> bool:
    """Whether nobody needs to be asked where the surname ends."""
    return is_divided_for_sure(facts.person.name)


def likely_split(facts: Facts) -> Found:
    """The compound surname where the name begins with one; no guess for names with a dot."""
    surname, _ = splits(facts.person.name)[0]
    return ("0", Source.DERIVED) if surname else None


def _pair(facts: Facts) -> tuple[str, str]:
    pairs = splits(facts.person.name)
    if len(pairs) == 1:
        return pairs[0]
    chosen = facts.text("name_split")
    return pairs[int(chosen)] if chosen else ("", "")


def surname(facts: Facts) -> str:
    """The card's name up to where the surname ends."""
    return _pair(facts)[0]


def given_name(facts: Facts) -> str:
    """The rest of the card's name."""
    return _pair(facts)[1]


_surname_pinyin = lru_cache(maxsize=1)(surname_pinyin)
_given_pinyin = lru_cache(maxsize=1)(given_pinyin)


def pinyin_of_surname(facts: Facts) -> Found:
    """The usual reading."""
    reading = _surname_pinyin(facts.text("surname"))
    return (reading, Source.DERIVED) if reading else None


def pinyin_of_given_name(facts: Facts) -> Found:
    """The most likely reading."""
    reading = _given_pinyin(facts.text("given_name"))
    return (reading, Source.DERIVED) if reading else None


def birth_province(facts: Facts) -> Found:
    """Where the number was first given; for most people where they were born."""
    code = province_of(facts.person.number[:6])
    return (code, Source.DERIVED) if code else None


def household_of_address(facts: Facts) -> str:
    """The region that the card's address names, empty where it names none that is known."""
    return _household_of(facts.policy, facts.person.address)


@lru_cache(maxsize=1)
def _household_of(policy: DayPolicy, address: str) -> str:
    provinces = [row for row in policy.regions if row.code in PROVINCES]
    places = [row for row in policy.regions if row.code not in PROVINCES]
    province = next((row for row in provinces if address.startswith(row.name)), None)
    rest = address[len(province.name) :] if province else address
    code = province.code if province else ""
    for row in sorted(places, key=lambda row: not row.code.endswith("00")):
        if rest.startswith(row.name) and (not code or row.code[:2] == code[:2]):
            code, rest = row.code, rest[len(row.name) :]
    return code


def household_is_clear(facts: Facts) -> bool:
    """Whether the card's address names the household's region."""
    return bool(household_of_address(facts))


def household(facts: Facts) -> Found:
    """By the address, or else by the number, which the citizen then looks at."""
    code = household_of_address(facts)
    return (code, Source.ID_CARD) if code else birth_province(facts)


def of_guardian(key: str) -> Prefill:
    """The guardian is the emergency contact, unless the form holds that phone already."""

    def prefill(facts: Facts) -> Found:
        number = facts.text("guardian_phone")
        value = facts.text(key)
        return (value, Source.DERIVED) if value and number != facts.text("phone") else None

    return prefill
