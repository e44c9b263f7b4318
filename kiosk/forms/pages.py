"""The pages that an application needs, as views."""

from collections.abc import Collection
from itertools import chain

from kiosk.forms.answers import verdict_on
from kiosk.forms.conditions import always
from kiosk.forms.declared import BY_KEY, FIELDS, PAGES
from kiosk.forms.facts import Facts
from kiosk.forms.fields import FieldSpec, PageSpec, Verdict
from kiosk.forms.shown import shown
from kiosk.forms.views import FieldKind, FieldView, Finding, PageView, Text

Verdicts = dict[str, Verdict]

_LABELS = {spec.key: Text(f"form.field.{spec.key}") for spec in FIELDS}
_TITLES = {page.key: Text(f"form.page.{page.key}") for page in PAGES}
_LEADS = {page.key: Text(f"form.page.{page.key}.lead") for page in PAGES if page.lead}
_NAMED = frozenset({FieldKind.CHOICE, FieldKind.LONG_CHOICE, FieldKind.CHOICES, FieldKind.DATE})


def label_of(key: str) -> Text:
    """The name of a fact."""
    return _LABELS[key]


def asked_pages(facts: Facts) -> tuple[PageSpec, ...]:
    """Pages with at least one field that somebody must be asked."""
    return tuple(
        page
        for page in PAGES
        if any(key in facts.values and key not in facts.settled for key in page.fields)
    )


def verdicts_on(facts: Facts) -> Verdicts:
    """What is wrong, by field, in the order of the pages."""
    found: Verdicts = {}
    for key in chain.from_iterable(page.fields for page in PAGES):
        if key in facts.values:
            verdict = verdict_on(BY_KEY[key], facts)
            if verdict is not None:
                found[key] = verdict
    return found


def page_views(facts: Facts, verdicts: Verdicts, asked: Collection[str]) -> tuple[PageView, ...]:
    """All pages.

    Args:
        facts: solved.
        verdicts: on its fields.
        asked: keys of the pages that the person wanted to leave; all their findings are shown.
    """
    pages = asked_pages(facts)
    count = len(pages)
    return tuple(
        PageView(
            key=page.key,
            title=_TITLES[page.key],
            fields=tuple(
                _field_view(BY_KEY[key], facts, verdicts.get(key), page.key in asked)
                for key in page.fields
                if key in facts.values
            ),
            index=index,
            count=count,
            lead=_LEADS.get(page.key),
        )
        for index, page in enumerate(pages)
    )


def _field_view(
    spec: FieldSpec, facts: Facts, verdict: Verdict | None, page_asked: bool
) -> FieldView:
    key = spec.key
    value = facts.values[key]
    tell = verdict is not None and (page_asked or (verdict.beyond_typing and key in facts.kept))
    locked = key in facts.settled
    return FieldView(
        key=key,
        kind=spec.kind,
        label=_LABELS[key],
        value=value,
        shown=shown(spec, facts) if value and (spec.kind in _NAMED or locked) else None,
        hint=spec.hint(facts) if spec.hint else None,
        options=spec.choices(facts).options if spec.choices else (),
        source=facts.sources.get(key),
        locked=locked,
        optional=spec.required is not always and not spec.required(facts),
        max_length=spec.max_length,
        finding=Finding(key, verdict.says) if verdict is not None and tell else None,
    )
