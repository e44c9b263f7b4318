"""An answer as a person reads it."""

from kiosk.domain.id_number import date_of
from kiosk.forms.facts import Facts
from kiosk.forms.fields import Choices, FieldSpec
from kiosk.forms.views import Answer, FieldKind, Text

NOTHING = Text("form.value.nothing")
_ENDS_SHOWN = 4


def masked(text: str) -> str:
    """All but the last four characters hidden."""
    return "*" * max(0, len(text) - _ENDS_SHOWN) + text[-_ENDS_SHOWN:]


def text_value(value: str) -> Text:
    """A text that is the same in every language."""
    return Text("form.value.text", (("value", value),))


def shown(spec: FieldSpec, facts: Facts) -> Text:
    """The answer of a field that is asked for, named, dated or masked as its kind wants."""
    value = facts.values[spec.key]
    if not value:
        return NOTHING
    if spec.choices is not None:
        return _labels(spec.choices(facts), value)
    text = str(value)
    if spec.kind is FieldKind.DATE:
        return _day(text)
    return text_value(masked(text) if spec.masked else text)


def _labels(choices: Choices, value: Answer) -> Text:
    codes = value if isinstance(value, tuple) else (str(value),)
    labels = [choices.codes[code].label for code in codes]
    said = labels[-1]
    for label in reversed(labels[:-1]):
        said = Text("form.value.list", (("first", label), ("rest", said)))
    return said


def _day(text: str) -> Text:
    day = date_of(text)
    if day is None:
        return text_value(text)
    return Text(
        "form.value.date",
        (("year", str(day.year)), ("month", str(day.month)), ("day", str(day.day))),
    )
