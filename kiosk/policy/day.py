"""What is in force on one day, ready to be looked up."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from kiosk.domain.application import ApplyKind, Destination
from kiosk.domain.document import DocumentKind
from kiosk.domain.person import IdCardKind
from kiosk.domain.region import province_of
from kiosk.policy import rows

T = TypeVar("T", bound=rows.Row)


class DayPolicy:
    """The tables of one day; immutable.

    Args:
        day: that is asked for.
        tables: all rows, checked by the loader.
        version: of the tables.
    """

    def __init__(self, day: date, tables: Sequence[rows.Row], version: str) -> None:
        self.day = day
        self.version = version
        now = [row for row in tables if row.in_force(day)]
        self._now = now
        self._document_fees = {
            (row.document, row.apply_kind): row.fen for row in _of(rows.DocumentFee, now)
        }
        self._endorsement_fees = _of(rows.EndorsementFee, now)
        self._grants = {row.code: row for row in _of(rows.Grant, now)}
        self._endorsements = {
            (row.destination, row.kind): row for row in _of(rows.Endorsement, now) if row.offered
        }
        self._processing = _of(rows.Processing, now)
        self._ages = {row.name: row.years for row in _of(rows.Age, now)}
        self._validity = _of(rows.Validity, now)
        self.materials = tuple(_of(rows.Material, now))
        self._cards = {row.card: row for row in _of(rows.Card, now)}
        self._codes = {(row.table, row.of): row.code for row in _of(rows.Code, now)}
        self.regions = tuple(_of(rows.Region, now))
        self._halls = _of(rows.Hall, now)

    def document_fee_fen(self, document: DocumentKind, kind: ApplyKind) -> int | None:
        """Price of the card or book in fen, None when the table does not say."""
        return self._document_fees.get((document, kind))

    def endorsement_fee_fen(self, document: DocumentKind, grant: str) -> int | None:
        """Price of an endorsement in fen, None when the table does not say."""
        row = self._grants.get(grant)
        if row is None:
            return None
        return next(
            (
                fee.fen
                for fee in self._endorsement_fees
                if fee.document is document
                and fee.entries == row.entries
                and fee.months_from <= row.months <= fee.months_to
            ),
            None,
        )

    def one_entry_fee_fen(self, document: DocumentKind) -> int | None:
        """Lowest price of an endorsement for one entry in fen, None when the table has none."""
        fees = self._endorsement_fees
        return min(
            (fee.fen for fee in fees if fee.document is document and fee.entries == 1),
            default=None,
        )

    def kinds(self, destination: Destination) -> tuple[str, ...]:
        """Letters of the endorsement kinds offered for a destination, in the table's order."""
        return tuple(kind for place, kind in self._endorsements if place is destination)

    def grants(self, destination: Destination, kind: str) -> tuple[str, ...]:
        """Grants to choose from; empty where the approval decides or the kind is not offered."""
        row = self._endorsements.get((destination, kind))
        return row.grants if row else ()

    def grant(self, code: str) -> rows.Grant | None:
        """Period and entries of a grant."""
        return self._grants.get(code)

    def processing(self, document: DocumentKind, region: str) -> rows.Processing | None:
        """How long it takes for a household region; an unknown one counts as at home."""
        province = province_of(region)
        at_home = province in ("", self.home_province)
        return next(
            (
                row
                for row in self._processing
                if document in row.documents and row.at_home is at_home
            ),
            None,
        )

    @property
    def home_province(self) -> str:
        """Province of the hall."""
        return self._halls[0].province if self._halls else ""

    def age_limit(self, name: str) -> int:
        """A limit in years; the loader makes sure that it is there on every day of the tables."""
        return self._ages[name]

    def validity_years(self, document: DocumentKind, age: int) -> int | None:
        """Years a new document is valid for a person of this age."""
        return next(
            (
                row.years
                for row in self._validity
                if row.document is document and row.age_from <= age <= row.age_to
            ),
            None,
        )

    def refusal_of(self, card: IdCardKind) -> str | None:
        """Why a card's holder cannot use this form, None when they can."""
        row = self._cards.get(card)
        return row.reason if row else "not_for_this_form"

    def table(self, kind: type[T]) -> tuple[T, ...]:
        """The rows of one kind in force, for an area that keeps its own kinds of rows."""
        return _of(kind, self._now)

    def code(self, table: str, of: str) -> str:
        """The receiving system's word for ours; ours where the table has none."""
        return self._codes.get((table, of), of)


def _of(kind: type[T], found: Iterable[rows.Row]) -> tuple[T, ...]:
    return tuple(row for row in found if isinstance(row, kind))
