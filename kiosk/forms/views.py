"""What screens and papers see of the form: values, ready to be shown in any language."""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.document import DocumentKind
from kiosk.domain.text import Text as Text  # noqa: PLC0414 - the word every view is made of

Answer = str | tuple[str, ...] | bool
"""A text, a code, a date as YYYYMMDD; several codes; or yes/no. An empty text is no answer."""


class FieldKind(StrEnum):
    """How a fact is asked."""

    CHINESE_TEXT = "chinese_text"
    """pinyin keyboard"""
    PROSE = "prose"
    """pinyin keyboard with marks: whole sentences"""
    LATIN_TEXT = "latin_text"
    """capital letters"""
    DIGITS = "digits"
    """number pad: phones, postcodes"""
    DOCUMENT_NUMBER = "document_number"
    """letters and digits"""
    CHOICE = "choice"
    """one of a few big buttons"""
    LONG_CHOICE = "long_choice"
    """one of many, in pages or groups: ethnicity, region"""
    CHOICES = "choices"
    """any of a few"""
    YES_NO = "yes_no"
    DATE = "date"
    """YYYYMMDD on the number pad"""


class Source(StrEnum):
    """Where an answer came from."""

    ID_CARD = "id_card"
    DERIVED = "derived"
    """worked out from another answer, for example pinyin from the name"""
    CITIZEN = "citizen"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose.

    Args:
        code: what is stored.
        label: what is shown.
        note: a second, smaller line (fee, stay), or None.
        group: label of the group it stands in, for long choices.
    """

    code: str
    label: Text
    note: Text | None = None
    group: Text | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to mend in an answer.

    Args:
        field: key of the field.
        says: what is wrong and how to mend it, in a citizen's words.
    """

    field: str
    says: Text


@dataclass(frozen=True, slots=True)
class FieldView:
    """One fact on a page.

    Args:
        key: of the field.
        kind: how it is asked.
        label: the question.
        value: the answer so far; empty text, empty tuple or False where there is none.
        shown: the answer as a person reads it (masked, named), None when it is `value` itself.
        hint: a line of help below the question.
        options: to choose from.
        source: where the answer came from, None when there is none.
        locked: read from the card and not to be changed here.
        optional: may stay empty.
        max_length: in characters, 0 for no limit.
        finding: what is wrong with it, shown once the person has answered or asked to go on.
    """

    key: str
    kind: FieldKind
    label: Text
    value: Answer = field(repr=False)
    shown: Text | None = None
    hint: Text | None = None
    options: tuple[Option, ...] = ()
    source: Source | None = None
    locked: bool = False
    optional: bool = False
    max_length: int = 0
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class PageView:
    """One page of the form.

    Args:
        key: of the page.
        title: one question or instruction.
        fields: in order; few.
        index: from 0.
        count: of pages as the answers stand.
        lead: a sentence under the title, or None.
    """

    key: str
    title: Text
    fields: tuple[FieldView, ...]
    index: int
    count: int
    lead: Text | None = None


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One fact in the review.

    Args:
        label: name of the fact.
        shown: the answer as a person reads it.
        page: key of the page where it can be changed, empty for what the card says.
    """

    label: Text
    shown: Text
    page: str = ""


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """The facts of one document, or those that all share.

    Args:
        title: name of the document or "about you".
        document: the kind, None for shared facts.
        lines: its facts.
        fee_fen: what it will cost at the window, None when unknown.
        materials: what to bring for it (一次告知).
        fee_note: what the fee does not hold yet, or None.
        processing: how long the hall takes, or None.
    """

    title: Text
    document: DocumentKind | None
    lines: tuple[ReviewLine, ...]
    fee_fen: int | None = None
    materials: tuple[Text, ...] = ()
    fee_note: Text | None = None
    processing: Text | None = None
