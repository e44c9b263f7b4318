"""What an application costs and how long it takes (domain facts 3, 4)."""

from dataclasses import dataclass

from kiosk.domain.application import ApplyKind, Destination
from kiosk.domain.document import DocumentKind
from kiosk.domain.money import yuan
from kiosk.forms.facts import Facts
from kiosk.forms.views import Text
from kiosk.policy.day import DayPolicy

_APPLY_KIND = {
    DocumentKind.PASSPORT: "passport_apply_kind",
    DocumentKind.HK_MACAO_PERMIT: "hk_macao_apply_kind",
    DocumentKind.TAIWAN_PERMIT: "taiwan_apply_kind",
}
_ENDORSEMENTS = {
    DocumentKind.PASSPORT: (),
    DocumentKind.HK_MACAO_PERMIT: (
        ("hong_kong", Destination.HONG_KONG),
        ("macao", Destination.MACAO),
    ),
    DocumentKind.TAIWAN_PERMIT: (("taiwan", Destination.TAIWAN),),
}


@dataclass(frozen=True, slots=True)
class Fee:
    """What is known of a price.

    Args:
        fen: the whole price, None while something of it is open.
        note: what is open, or None.
    """

    fen: int | None
    note: Text | None = None


def apply_kind_of(facts: Facts, document: DocumentKind) -> ApplyKind | None:
    """First, renewal or replacement; None for an endorsement alone, or not answered yet."""
    code = facts.text(_APPLY_KIND[document])
    return ApplyKind(code) if code else None


def endorsement_kinds_of(facts: Facts, document: DocumentKind) -> tuple[str, ...]:
    """Letters of the kinds chosen for a document's destinations."""
    kinds = (facts.text(f"{prefix}_kind") for prefix, _ in _ENDORSEMENTS[document])
    return tuple(kind for kind in kinds if kind)


def fee_of(facts: Facts, document: DocumentKind) -> Fee:
    """The price of one document as the answers stand."""
    total = 0
    apply_kind = apply_kind_of(facts, document)
    if apply_kind is not None:
        card = facts.policy.document_fee_fen(document, apply_kind)
        if card is None:
            return Fee(None, Text("fee.at_window"))
        total = card
    for prefix, place in _ENDORSEMENTS[document]:
        kind = facts.text(f"{prefix}_kind")
        if not kind:
            continue
        if not facts.policy.grants(place, kind):
            return Fee(None, Text("fee.by_approval", (("yuan", yuan(total)),)))
        grant = facts.text(f"{prefix}_entries")
        price = facts.policy.endorsement_fee_fen(document, grant)
        if price is None:
            return Fee(None, Text("fee.at_window"))
        total += price
    return Fee(total) if total else Fee(None)


def first_fee(policy: DayPolicy, document: DocumentKind) -> Fee:
    """The price before anything was chosen: the document alone."""
    fen = policy.document_fee_fen(document, ApplyKind.FIRST)
    if document is DocumentKind.PASSPORT:
        return Fee(fen)
    entry_fen = policy.one_entry_fee_fen(document)
    if entry_fen is None:
        return Fee(None, Text("fee.at_window"))
    return Fee(fen, Text("fee.endorsement_extra", (("yuan", yuan(entry_fen)),)))


def processing_text(policy: DayPolicy, document: DocumentKind, region: str) -> Text | None:
    """How long the hall takes for a household region, None when the table does not say."""
    row = policy.processing(document, region)
    if row is None:
        return None
    unit = "working_days" if row.working else "days"
    return Text(f"form.processing.{unit}", (("n", row.days),))
