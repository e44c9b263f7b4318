"""What is applied for and where it leads (domain facts 1.3, 2.1, 2.2)."""

from kiosk.domain import travel_document
from kiosk.domain.application import ApplyKind, ApplyMode, Destination
from kiosk.domain.document import DocumentKind
from kiosk.forms import choices, findings, prefill
from kiosk.forms.conditions import Condition, always, answer_has, answer_is, both, either, never
from kiosk.forms.facts import Facts
from kiosk.forms.fields import FieldSpec, PageSpec, Prefill
from kiosk.forms.views import FieldKind, Text

_PASSPORT = DocumentKind.PASSPORT
_HK_MACAO = DocumentKind.HK_MACAO_PERMIT
_TAIWAN = DocumentKind.TAIWAN_PERMIT
_WITH_PERMIT = (ApplyMode.PERMIT_AND_ENDORSEMENT, ApplyMode.PERMIT_ONLY)
_WITH_ENDORSEMENT = (ApplyMode.PERMIT_AND_ENDORSEMENT, ApplyMode.ENDORSEMENT_ONLY)


def _mode(key: str, document: DocumentKind) -> FieldSpec:
    return FieldSpec(
        key,
        FieldKind.CHOICE,
        needed_by=frozenset({document}),
        document=document,
        choices=choices.apply_modes,
    )


def _apply_kind(key: str, document: DocumentKind, when: Condition = always) -> FieldSpec:
    return FieldSpec(
        key,
        FieldKind.CHOICE,
        needed_by=frozenset({document}),
        document=document,
        when=when,
        choices=choices.apply_kinds,
    )


def _held_number(
    key: str, document: DocumentKind, kind_field: str, only: Condition = never
) -> FieldSpec:
    """A lost document's number is welcome, not owed; everyone else has it at hand."""
    lost = answer_is(kind_field, ApplyKind.REPLACEMENT)
    at_hand = either(only, answer_is(kind_field, ApplyKind.RENEWAL))
    hint = Text(f"form.hint.number_of.{document.value}")
    hint_when_lost = Text(f"form.hint.number_of.{document.value}.lost")
    return FieldSpec(
        key,
        FieldKind.DOCUMENT_NUMBER,
        needed_by=frozenset({document}),
        document=document,
        when=either(at_hand, lost),
        required=at_hand,
        rules=(findings.document_number(document),),
        hint=lambda facts: hint_when_lost if lost(facts) else hint,
        max_length=travel_document.LENGTH,
    )


def _endorsement(
    prefix: str, document: DocumentKind, place: Destination, when: Condition, guess: Prefill | None
) -> tuple[FieldSpec, FieldSpec]:
    kind_field = f"{prefix}_kind"

    def chosen_by_citizen(facts: Facts) -> bool:
        return bool(facts.policy.grants(place, facts.text(kind_field)))

    kind = FieldSpec(
        kind_field,
        FieldKind.CHOICE,
        needed_by=frozenset({document}),
        document=document,
        when=when,
        prefill=guess,
        choices=choices.endorsement_kinds(place),
    )
    grant = FieldSpec(
        f"{prefix}_entries",
        FieldKind.CHOICE,
        needed_by=frozenset({document}),
        document=document,
        when=both(when, chosen_by_citizen),
        choices=choices.grants(document, place, kind_field),
    )
    return kind, grant


_TO_HK_OR_MACAO = answer_is("hk_macao_mode", *_WITH_ENDORSEMENT)

FIELDS = (
    _apply_kind("passport_apply_kind", _PASSPORT),
    _held_number("passport_number", _PASSPORT, "passport_apply_kind"),
    _mode("hk_macao_mode", _HK_MACAO),
    _apply_kind("hk_macao_apply_kind", _HK_MACAO, answer_is("hk_macao_mode", *_WITH_PERMIT)),
    _held_number(
        "hk_macao_number",
        _HK_MACAO,
        "hk_macao_apply_kind",
        answer_is("hk_macao_mode", ApplyMode.ENDORSEMENT_ONLY),
    ),
    FieldSpec(
        "hk_macao_destinations",
        FieldKind.CHOICES,
        needed_by=frozenset({_HK_MACAO}),
        document=_HK_MACAO,
        when=_TO_HK_OR_MACAO,
        choices=choices.destinations,
    ),
    *_endorsement(
        "hong_kong",
        _HK_MACAO,
        Destination.HONG_KONG,
        answer_has("hk_macao_destinations", Destination.HONG_KONG),
        None,
    ),
    *_endorsement(
        "macao",
        _HK_MACAO,
        Destination.MACAO,
        answer_has("hk_macao_destinations", Destination.MACAO),
        prefill.copied("hong_kong_kind"),
    ),
    _mode("taiwan_mode", _TAIWAN),
    _apply_kind("taiwan_apply_kind", _TAIWAN, answer_is("taiwan_mode", *_WITH_PERMIT)),
    _held_number(
        "taiwan_number",
        _TAIWAN,
        "taiwan_apply_kind",
        answer_is("taiwan_mode", ApplyMode.ENDORSEMENT_ONLY),
    ),
    *_endorsement(
        "taiwan",
        _TAIWAN,
        Destination.TAIWAN,
        answer_is("taiwan_mode", *_WITH_ENDORSEMENT),
        None,
    ),
)

PAGES = (
    PageSpec("passport", ("passport_apply_kind", "passport_number")),
    PageSpec("hk_macao_mode", ("hk_macao_mode",)),
    PageSpec("hk_macao_permit", ("hk_macao_apply_kind", "hk_macao_number")),
    PageSpec("hk_macao_destinations", ("hk_macao_destinations",), lead=True),
    PageSpec("hong_kong_kind", ("hong_kong_kind",)),
    PageSpec("hong_kong_entries", ("hong_kong_entries",)),
    PageSpec("macao_kind", ("macao_kind",)),
    PageSpec("macao_entries", ("macao_entries",)),
    PageSpec("taiwan_mode", ("taiwan_mode",)),
    PageSpec("taiwan_permit", ("taiwan_apply_kind", "taiwan_number")),
    PageSpec("taiwan_kind", ("taiwan_kind",)),
    PageSpec("taiwan_entries", ("taiwan_entries",)),
)
