"""How facts become the fields of each document's record: `target = source, rule`.

Targets are the record keys of domain facts 1.1-1.3. Those without a known key are written the
same way, from the initials of their pinyin: bzlb 办证类别, sqfs 申请方式, hkszdxz 户口详址,
lqfs 领取方式, jhr* 监护人; one endorsement a destination, `qzzl_HKG`, `qzyxcs_MAC`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.application import Destination
from kiosk.domain.document import DocumentKind
from kiosk.domain.id_number import stored
from kiosk.domain.plain_text import printable
from kiosk.forms.facts import Facts
from kiosk.policy.rows import MULTIPLE

VALUE_MAX = 200
"""characters that central takes for one value"""

Rule = Callable[[Facts, str], str]


@dataclass(frozen=True, slots=True)
class Binding:
    """One field of a record.

    Args:
        target: name in the record.
        source: key of the form's field; empty for what no field holds.
        rule: from the answer to the record's value.
    """

    target: str
    source: str
    rule: Rule


def as_is(_facts: Facts, value: str) -> str:
    """The answer itself."""
    return value


def as_number(_facts: Facts, value: str) -> str:
    """An identity number as it is kept."""
    return stored(value)


def coded(table: str) -> Rule:
    """In the receiving system's code."""
    return lambda facts, value: facts.policy.code(table, value)


def where_coded(table: str) -> Rule:
    """In the receiving system's code; left out where it has none."""

    def rule(facts: Facts, value: str) -> str:
        code = facts.policy.code(table, value)
        return "" if code == value else code

    return rule


def constant(table: str, of: str) -> Rule:
    """The same in every application of the document."""
    return lambda facts, _value: facts.policy.code(table, of)


def period(facts: Facts, value: str) -> str:
    """Months of a grant."""
    grant = facts.policy.grant(value)
    return str(grant.months) if grant else ""


def entries(facts: Facts, value: str) -> str:
    """Number of entries of a grant; `M` for any number."""
    grant = facts.policy.grant(value)
    if grant is None:
        return ""
    return "M" if grant.entries == MULTIPLE else str(grant.entries)


def in_months(_facts: Facts, value: str) -> str:
    """The unit of the period."""
    return "M" if value else ""


_PERSON = (
    Binding("zwx", "surname", as_is),
    Binding("zwm", "given_name", as_is),
    Binding("ywx", "surname_pinyin", as_is),
    Binding("ywm", "given_pinyin", as_is),
    Binding("xb", "sex", as_is),
    Binding("csrq", "birth", as_is),
    Binding("sfzh", "number", as_number),
    Binding("mz", "ethnicity", as_is),
    Binding("csd", "birthplace", as_is),
    Binding("hkszd", "household", as_is),
    Binding("hkszdxz", "household_address", as_is),
    Binding("lxdh", "phone", as_is),
    Binding("jjqklxr", "emergency_name", as_is),
    Binding("jjqklxrdh", "emergency_phone", as_is),
    Binding("jhrgx", "guardian_relation", coded("jhrgx")),
    Binding("jhrxm", "guardian_name", as_is),
    Binding("jhrsfzh", "guardian_number", as_number),
    Binding("jhrdh", "guardian_phone", as_is),
    Binding("lqfs", "delivery", coded("lqfs")),
    Binding("sjr", "recipient", as_is),
    Binding("sjhm", "recipient_phone", as_is),
    Binding("emsdz", "delivery_address", as_is),
    Binding("yzbm", "postcode", as_is),
)


def _of(kind: DocumentKind, *own: Binding) -> tuple[Binding, ...]:
    return (
        Binding("sqlb", "", constant("sqlb", kind)),
        Binding("gjdq", "", constant("gjdq", kind)),
        Binding("rydylb", "", constant("rydylb", "any")),
        *_PERSON,
        *own,
    )


def _endorsement(prefix: str, place: Destination) -> tuple[Binding, ...]:
    return (
        Binding(f"qzzl_{place}", f"{prefix}_kind", coded(f"qzzl.{place}")),
        Binding(f"qzyxq_{place}", f"{prefix}_entries", period),
        Binding(f"qzyxqdw_{place}", f"{prefix}_entries", in_months),
        Binding(f"qzyxcs_{place}", f"{prefix}_entries", entries),
    )


BINDINGS = {
    DocumentKind.PASSPORT: _of(
        DocumentKind.PASSPORT,
        Binding("bzlb", "passport_apply_kind", coded("bzlb.passport")),
        Binding("xczjhm", "passport_number", as_is),
    ),
    DocumentKind.HK_MACAO_PERMIT: _of(
        DocumentKind.HK_MACAO_PERMIT,
        Binding("sqfs", "hk_macao_mode", coded("sqfs")),
        Binding("bzlb", "hk_macao_apply_kind", coded("bzlb.hk_macao_permit")),
        Binding("xczjhm", "hk_macao_number", as_is),
        Binding("qwd", "hk_macao_destinations", as_is),
        *_endorsement("hong_kong", Destination.HONG_KONG),
        *_endorsement("macao", Destination.MACAO),
    ),
    DocumentKind.TAIWAN_PERMIT: _of(
        DocumentKind.TAIWAN_PERMIT,
        Binding("sqfs", "taiwan_mode", coded("sqfs")),
        Binding("bzlb", "taiwan_apply_kind", coded("bzlb.taiwan_permit")),
        Binding("xczjhm", "taiwan_number", as_is),
        Binding(
            "qwd", "taiwan_kind", lambda _facts, value: Destination.TAIWAN.value if value else ""
        ),
        Binding("cjsy", "taiwan_kind", where_coded("cjsy")),
        *_endorsement("taiwan", Destination.TAIWAN),
    ),
}


def _answer(facts: Facts, key: str) -> str:
    value = facts.values.get(key, "")
    return " ".join(value) if isinstance(value, tuple) else facts.text(key)


def record(facts: Facts, document: DocumentKind) -> dict[str, str]:
    """The document's fields; a target without a value is left out."""
    found = {}
    for binding in BINDINGS[document]:
        answer = _answer(facts, binding.source)
        value = binding.rule(facts, answer) if answer or not binding.source else ""
        if printable(value):
            found[binding.target] = printable(value)[:VALUE_MAX]
    return found


def lacking(facts: Facts, document: DocumentKind, wrong: frozenset[str]) -> tuple[str, ...]:
    """Targets that cannot be filled yet.

    Args:
        facts: solved.
        document: whose record.
        wrong: keys of fields with a finding.
    """
    return tuple(one.target for one in BINDINGS[document] if one.source in wrong)
