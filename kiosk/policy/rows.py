"""Rows of the policy tables, each with the days it is in force and where it comes from."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from kiosk.domain.application import ApplyKind, Destination
from kiosk.domain.document import DocumentKind
from kiosk.domain.person import IdCardKind

Key = Annotated[str, Field(pattern=r"^[a-z0-9_.]{1,60}$")]
KindCode = Annotated[str, Field(pattern=r"^[A-Z]$")]
RegionCode = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
Fen = Annotated[StrictInt, Field(ge=0, le=10_000_000)]
Months = Annotated[StrictInt, Field(ge=1, le=120)]
Years = Annotated[StrictInt, Field(ge=0, le=150)]
MULTIPLE = 0
"""number of entries that stands for any number of times"""


class Row(BaseModel):
    """One line of a table.

    Args:
        valid_from: first day in force.
        valid_to: last day in force, None while it goes on.
        source: where the value comes from.
    """

    # Most rows are first read long after the first picture is drawn.
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    valid_from: date
    valid_to: date | None = None
    source: Annotated[str, Field(min_length=3)]

    @model_validator(mode="after")
    def _days_in_order(self) -> "Row":
        if self.valid_to is not None and self.valid_to < self.valid_from:
            msg = "valid_to lies before valid_from"
            raise ValueError(msg)
        return self

    def in_force(self, day: date) -> bool:
        """Whether the row counts on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class DocumentFee(Row):
    """Price of a card or book."""

    document: DocumentKind
    apply_kind: ApplyKind
    fen: Fen


class EndorsementFee(Row):
    """Price of an endorsement, by entries and how long it is granted.

    Args:
        document: the permit that carries it.
        entries: 0 for any number.
        months_from: shortest period the row is for.
        months_to: longest.
        fen: price.
    """

    document: DocumentKind
    entries: Annotated[StrictInt, Field(ge=0, le=10)]
    months_from: Months
    months_to: Months
    fen: Fen


class Grant(Row):
    """A period and a number of entries.

    Args:
        code: as stored in an answer.
        months: how long it may be used.
        entries: how often; 0 for any number.
    """

    code: Annotated[str, Field(pattern=r"^[0-9]+[my][0-9M]$")]
    months: Months
    entries: Annotated[StrictInt, Field(ge=0, le=10)]


class Endorsement(Row):
    """A kind of endorsement for a destination.

    Args:
        destination: where it leads.
        kind: letter of the kind.
        offered: whether this hall's form offers it.
        grants: to choose from; empty where the approval decides.
    """

    destination: Destination
    kind: KindCode
    offered: StrictBool
    grants: tuple[str, ...] = ()


class Processing(Row):
    """How long a hall takes.

    Args:
        documents: it is for.
        at_home: household in the hall's own province, or outside.
        days: promised at most.
        working: working days, or calendar days.
    """

    documents: tuple[DocumentKind, ...]
    at_home: StrictBool
    days: Annotated[StrictInt, Field(ge=0, le=90)]
    working: StrictBool


class Age(Row):
    """A limit of age in years."""

    name: Key
    years: Years


class Validity(Row):
    """How long a new document is valid, by age on the day of application."""

    document: DocumentKind
    age_from: Years
    age_to: Years
    years: Years


class Material(Row):
    """Something to bring.

    Args:
        key: of the message `material.<key>`.
        documents: it is for.
        when: every word must hold for the applicant and the choices made (kiosk.forms.materials).
        kinds: only for these endorsement kinds; empty for all.
    """

    key: Key
    documents: tuple[DocumentKind, ...]
    when: tuple[Key, ...] = ()
    kinds: tuple[KindCode, ...] = ()


class Card(Row):
    """Whether a card's holder may use this form.

    Args:
        card: its layout.
        suited: yes or no.
        reason: message `card.<reason>` that says where to go instead.
    """

    card: IdCardKind
    suited: StrictBool
    reason: Key | None = None

    @model_validator(mode="after")
    def _refusal_has_reason(self) -> "Card":
        if self.suited == (self.reason is not None):
            msg = "a card that is not suited needs a reason, a suited one has none"
            raise ValueError(msg)
        return self


class Code(Row):
    """A code of the receiving system.

    Args:
        table: what is coded.
        of: our own word.
        code: theirs.
    """

    table: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.]{1,40}$")]
    of: Annotated[str, Field(min_length=1, max_length=40)]
    code: Annotated[str, Field(min_length=1, max_length=20)]


class Region(Row):
    """A region with its name as identity cards print it, to be found in an address.

    Args:
        code: GB/T 2260.
        name: in an address.
        group: message `region.group.<group>` it stands under.
    """

    code: RegionCode
    name: Annotated[str, Field(min_length=2, max_length=12)]
    group: Key


class Hall(Row):
    """The hall these tables are for.

    Args:
        edition: of the tables, goes with every application.
        province: the hall's own, decides processing times.
    """

    edition: Annotated[str, Field(pattern=r"^[A-Za-z0-9.-]{1,30}$")]
    province: RegionCode
