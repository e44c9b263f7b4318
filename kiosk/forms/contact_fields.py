"""Who comes along, how to reach the applicant, and how the documents reach them."""

from kiosk.domain.application import DeliveryWay
from kiosk.domain.phone import MAX_DIGITS
from kiosk.forms import choices, findings, prefill
from kiosk.forms.conditions import answer_is, guardian_needed, never
from kiosk.forms.fields import FieldSpec, PageSpec
from kiosk.forms.views import FieldKind, Text

_NAME_MAX = 30
_ADDRESS_MAX = 60
_GUARDIAN_HINT = Text("form.hint.guardian_number")
_BY_COURIER = answer_is("delivery", DeliveryWay.COURIER)

FIELDS = (
    FieldSpec(
        "guardian_relation",
        FieldKind.CHOICE,
        when=guardian_needed,
        choices=choices.relations,
    ),
    FieldSpec(
        "guardian_name",
        FieldKind.CHINESE_TEXT,
        when=guardian_needed,
        rules=(findings.person_name,),
        max_length=_NAME_MAX,
    ),
    FieldSpec(
        "guardian_number",
        FieldKind.DOCUMENT_NUMBER,
        when=guardian_needed,
        rules=(findings.guardian_number,),
        hint=lambda _facts: _GUARDIAN_HINT,
        max_length=18,
        masked=True,
    ),
    FieldSpec(
        "guardian_phone",
        FieldKind.DIGITS,
        when=guardian_needed,
        rules=(findings.phone,),
        max_length=MAX_DIGITS,
    ),
    FieldSpec("phone", FieldKind.DIGITS, rules=(findings.phone,), max_length=MAX_DIGITS),
    FieldSpec(
        "emergency_name",
        FieldKind.CHINESE_TEXT,
        prefill=prefill.of_guardian("guardian_name"),
        rules=(findings.person_name,),
        max_length=_NAME_MAX,
    ),
    FieldSpec(
        "emergency_phone",
        FieldKind.DIGITS,
        prefill=prefill.of_guardian("guardian_phone"),
        rules=(findings.phone, findings.differs_from("phone", "form.finding.same_phone")),
        max_length=MAX_DIGITS,
    ),
    FieldSpec("delivery", FieldKind.CHOICE, choices=choices.delivery_ways),
    FieldSpec(
        "recipient",
        FieldKind.CHINESE_TEXT,
        when=_BY_COURIER,
        prefill=prefill.copied("name"),
        rules=(findings.person_name,),
        max_length=_NAME_MAX,
    ),
    FieldSpec(
        "recipient_phone",
        FieldKind.DIGITS,
        when=_BY_COURIER,
        prefill=prefill.copied("phone"),
        rules=(findings.phone,),
        max_length=MAX_DIGITS,
    ),
    FieldSpec(
        "delivery_address",
        FieldKind.CHINESE_TEXT,
        when=_BY_COURIER,
        prefill=prefill.from_card(lambda facts: facts.person.address),
        rules=(findings.address,),
        max_length=_ADDRESS_MAX,
    ),
    FieldSpec(
        "postcode",
        FieldKind.DIGITS,
        when=_BY_COURIER,
        required=never,
        rules=(findings.postcode,),
        max_length=6,
    ),
)

PAGES = (
    PageSpec("guardian", ("guardian_relation", "guardian_name"), lead=True),
    PageSpec("guardian_contact", ("guardian_number", "guardian_phone")),
    PageSpec("phone", ("phone",), lead=True),
    PageSpec("emergency", ("emergency_name", "emergency_phone"), lead=True),
    PageSpec("delivery", ("delivery",)),
    PageSpec("recipient", ("recipient", "recipient_phone")),
    PageSpec("address", ("delivery_address", "postcode")),
)
