"""What can be chosen, field by field; built once for the tables of a day."""

from collections.abc import Callable
from functools import lru_cache

from kiosk.domain import ethnicity
from kiosk.domain.application import ApplyKind, ApplyMode, DeliveryWay, Destination
from kiosk.domain.document import DocumentKind
from kiosk.domain.money import yuan
from kiosk.domain.person import Sex
from kiosk.domain.region import ABROAD, PROVINCES
from kiosk.domain.surname import splits
from kiosk.forms.facts import Facts
from kiosk.forms.fields import Choices
from kiosk.forms.views import Option, Text
from kiosk.policy.day import DayPolicy

RELATIONS = ("father", "mother", "other")


def _plain(codes: tuple[str, ...], key: str, notes: bool = False) -> Choices:
    return Choices.of(
        tuple(
            Option(str(code), Text(f"{key}.{code}"), Text(f"{key}.{code}.note") if notes else None)
            for code in codes
        )
    )


_APPLY_KINDS = _plain(tuple(ApplyKind), "form.apply_kind", notes=True)
_APPLY_MODES = _plain(tuple(ApplyMode), "form.apply_mode", notes=True)
_DESTINATIONS = _plain((Destination.HONG_KONG, Destination.MACAO), "form.destination")
_DELIVERY = _plain(tuple(DeliveryWay), "form.delivery", notes=True)
_SEXES = _plain((Sex.MALE, Sex.FEMALE), "form.sex")
_RELATIONS = _plain(RELATIONS, "form.relation")
_ETHNICITIES = Choices.of(
    tuple(
        Option(code, Text(f"ethnicity.{code}"), group=Text(f"ethnicity.group.{group}"))
        for group, codes in (
            ("common", ethnicity.COMMON),
            ("more", tuple(c for c in ethnicity.CODES if c not in ethnicity.COMMON)),
        )
        for code in codes
    )
)


def apply_kinds(_facts: Facts) -> Choices:
    """First, renewal, replacement."""
    return _APPLY_KINDS


def apply_modes(_facts: Facts) -> Choices:
    """Permit and endorsement, or one of them."""
    return _APPLY_MODES


def destinations(_facts: Facts) -> Choices:
    """Hong Kong, Macao."""
    return _DESTINATIONS


def delivery_ways(_facts: Facts) -> Choices:
    """Window or courier."""
    return _DELIVERY


def relations(_facts: Facts) -> Choices:
    """Of a guardian to the child."""
    return _RELATIONS


def ethnicities(_facts: Facts) -> Choices:
    """Those often met first."""
    return _ETHNICITIES


def sexes(_facts: Facts) -> Choices:
    """Male, female."""
    return _SEXES


def name_splits(facts: Facts) -> Choices:
    """Where the surname ends; codes are places in `surname.splits`."""
    return _name_splits(facts.person.name)


@lru_cache(maxsize=1)
def _name_splits(name: str) -> Choices:
    return Choices.of(
        tuple(
            Option(str(n), _split(surname, given))
            for n, (surname, given) in enumerate(splits(name))
        )
    )


def _split(surname: str, given: str) -> Text:
    if not surname:
        return Text("form.name_split.undivided", (("name", given),))
    if not given:
        return Text("form.name_split.only_surname", (("surname", surname),))
    return Text("form.name_split", (("surname", surname), ("given", given)))


def birthplaces(facts: Facts) -> Choices:
    """Provinces, and abroad."""
    return _birthplaces(facts.policy)


@lru_cache(maxsize=2)
def _birthplaces(policy: DayPolicy) -> Choices:
    abroad = Option(ABROAD, Text("region.abroad"), group=Text("region.group.abroad"))
    provinces = tuple(one for one in _regions(policy) if one.code in PROVINCES)
    return Choices.of((*provinces, abroad))


def households(facts: Facts) -> Choices:
    """Huangshi's districts, Hubei's cities, provinces."""
    return _households(facts.policy)


@lru_cache(maxsize=2)
def _households(policy: DayPolicy) -> Choices:
    return Choices.of(_regions(policy))


def _regions(policy: DayPolicy) -> tuple[Option, ...]:
    return tuple(
        Option(row.code, Text(f"region.{row.code}"), group=Text(f"region.group.{row.group}"))
        for row in policy.regions
    )


def endorsement_kinds(destination: Destination) -> Callable[[Facts], Choices]:
    """Kinds that the hall offers for a destination."""
    return lambda facts: _kinds(facts.policy, destination)


@lru_cache(maxsize=8)
def _kinds(policy: DayPolicy, destination: Destination) -> Choices:
    area = "taiwan" if destination is Destination.TAIWAN else "hk_macao"
    return _plain(policy.kinds(destination), f"form.endorsement.{area}", notes=True)


def grants(
    document: DocumentKind, destination: Destination, kind_field: str
) -> Callable[[Facts], Choices]:
    """Periods and entries of the kind chosen, each with its fee."""
    return lambda facts: _grants(facts.policy, document, destination, facts.text(kind_field))


@lru_cache(maxsize=64)
def _grants(
    policy: DayPolicy, document: DocumentKind, destination: Destination, kind: str
) -> Choices:
    return Choices.of(
        tuple(
            Option(code, Text(f"form.grant.{code}"), fee_text(policy, document, code))
            for code in policy.grants(destination, kind)
        )
    )


def fee_text(policy: DayPolicy, document: DocumentKind, grant: str) -> Text | None:
    """The price of a grant as a note, None when the table does not say."""
    fen = policy.endorsement_fee_fen(document, grant)
    return None if fen is None else Text("fee.amount", (("yuan", yuan(fen)),))
