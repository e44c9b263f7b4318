"""From what the citizen answered to what counts: asked for, prefilled, still to mend."""

from kiosk.domain.plain_text import printable
from kiosk.forms.declared import FIELDS
from kiosk.forms.facts import Facts
from kiosk.forms.fields import Choices, FieldSpec, Verdict
from kiosk.forms.views import Answer, FieldKind, Source, Text

CAPITALS = frozenset({FieldKind.LATIN_TEXT, FieldKind.DOCUMENT_NUMBER})
MISSING = {
    FieldKind.CHOICE: Text("form.finding.choose_one"),
    FieldKind.LONG_CHOICE: Text("form.finding.choose_one"),
    FieldKind.CHOICES: Text("form.finding.choose_some"),
}
FILL_IN = Text("form.finding.fill_in")


def tidied(spec: FieldSpec, given: Answer) -> Answer:
    """An answer as it is kept: capitals where only they count, no control characters.

    Raises:
        ValueError: the answer has another type than the field's kind asks for.
    """
    if spec.kind is FieldKind.CHOICES:
        if isinstance(given, tuple):
            return given
    elif isinstance(given, str):
        text = printable(given.upper() if spec.kind in CAPITALS else given)
        return text[: spec.max_length] if spec.max_length else text
    msg = f"{spec.key}: not an answer to a field of kind {spec.kind.value}"
    raise ValueError(msg)


def solve(facts: Facts) -> Facts:
    """Work through all fields once, in order; fills and returns the same facts."""
    for spec in FIELDS:
        if facts.documents.isdisjoint(spec.needed_by) or not spec.when(facts):
            continue
        choices = spec.choices(facts) if spec.choices else None
        if spec.settled(facts) or (choices is not None and len(choices.options) == 1):
            facts.settled.add(spec.key)
        given = None if spec.key in facts.settled else _still_good(spec, facts, choices)
        if given is not None:
            facts.values[spec.key] = given
            facts.sources[spec.key] = Source.CITIZEN
            continue
        _prefill(spec, facts, choices)
    return facts


def _still_good(spec: FieldSpec, facts: Facts, choices: Choices | None) -> Answer | None:
    given = facts.kept.get(spec.key)
    if choices is None or given is None:
        return given
    if isinstance(given, tuple):
        return tuple(code for code in choices.codes if code in given)
    return given if given in choices.codes else None


def _prefill(spec: FieldSpec, facts: Facts, choices: Choices | None) -> None:
    found = spec.prefill(facts) if spec.prefill else None
    if found is None and spec.key in facts.settled and choices is not None:
        found = choices.options[0].code, Source.DERIVED
    value, source = found or (spec.empty, None)
    if choices is not None and isinstance(value, str) and value not in choices.codes:
        value, source = spec.empty, None
    facts.values[spec.key] = value
    if source is not None and value:
        facts.sources[spec.key] = source


def verdict_on(spec: FieldSpec, facts: Facts) -> Verdict | None:
    """What is wrong with the answer of a field that is asked for, None when nothing is."""
    value = facts.values[spec.key]
    text = value.strip() if isinstance(value, str) else ""
    if not text and not (isinstance(value, tuple) and value):
        missing = spec.required(facts) and spec.key not in facts.settled
        return Verdict(MISSING.get(spec.kind, FILL_IN)) if missing else None
    for rule in spec.rules:
        found = rule(facts, text)
        if found is not None:
            return found
    return None
