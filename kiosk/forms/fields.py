"""How a field and a page of the form are declared."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.document import DocumentKind
from kiosk.forms.conditions import Condition, always, never
from kiosk.forms.facts import Facts
from kiosk.forms.views import Answer, FieldKind, Option, Source, Text

ALL_DOCUMENTS = frozenset(DocumentKind)

Prefill = Callable[[Facts], tuple[Answer, Source] | None]
"""an answer that nobody needs to give, and where it came from"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Something wrong with an answer.

    Args:
        says: what, and how to mend it.
        beyond_typing: no further character can make it right, so it is said at once; the rest
            is said when the person wants to go on.
    """

    says: Text
    beyond_typing: bool = False


Rule = Callable[[Facts, str], Verdict | None]
"""looks at an answer that is not empty"""


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen now.

    Args:
        options: in order.
        codes: of the options, for looking up.
    """

    options: tuple[Option, ...]
    codes: dict[str, Option]

    @classmethod
    def of(cls, options: tuple[Option, ...]) -> "Choices":
        """With the codes of the options."""
        return cls(options, {option.code: option for option in options})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One fact, declared once.

    Args:
        key: of the field; its label is `form.field.<key>`.
        kind: how it is asked.
        needed_by: documents that need it.
        document: the only document it is about, None for facts that all share.
        when: asked for only then.
        settled: known for sure, so shown but not asked.
        required: must have an answer.
        prefill: where an answer comes from before the citizen gives one.
        choices: for the kinds that choose.
        rules: looked at in order; the first verdict counts.
        hint: a line of help.
        max_length: in characters.
        in_review: shown there.
        masked: only the ends of the answer are shown.
    """

    key: str
    kind: FieldKind
    needed_by: frozenset[DocumentKind] = ALL_DOCUMENTS
    document: DocumentKind | None = None
    when: Condition = always
    settled: Condition = never
    required: Condition = always
    prefill: Prefill | None = None
    choices: Callable[[Facts], Choices] | None = None
    rules: tuple[Rule, ...] = ()
    hint: Callable[[Facts], Text | None] | None = None
    max_length: int = 0
    in_review: bool = True
    masked: bool = False

    @property
    def empty(self) -> Answer:
        """What stands for no answer."""
        return () if self.kind is FieldKind.CHOICES else ""


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page; its title is `form.page.<key>`.

    Args:
        key: of the page.
        fields: asked on it, in order.
        lead: whether `form.page.<key>.lead` stands under the title.
    """

    key: str
    fields: tuple[str, ...]
    lead: bool = False
