"""When a field is asked for, as values that can be combined."""

from collections.abc import Callable

from kiosk.forms.facts import Facts

Condition = Callable[[Facts], bool]


def always(_facts: Facts) -> bool:
    """In every application that needs the field at all."""
    return True


def never(_facts: Facts) -> bool:
    """In none."""
    return False


def guardian_needed(facts: Facts) -> bool:
    """The applicant is too young to apply alone."""
    return facts.needs_guardian


def answer_is(key: str, *codes: str) -> Condition:
    """An earlier field of one choice has one of these answers."""
    return lambda facts: facts.values.get(key) in codes


def answer_has(key: str, code: str) -> Condition:
    """An earlier field of several choices has this one among its answers."""
    return lambda facts: code in facts.chosen(key)


def answered(key: str) -> Condition:
    """An earlier field has an answer."""
    return lambda facts: bool(facts.text(key))


def either(*conditions: Condition) -> Condition:
    """At least one holds."""
    return lambda facts: any(one(facts) for one in conditions)


def both(*conditions: Condition) -> Condition:
    """All hold."""
    return lambda facts: all(one(facts) for one in conditions)
