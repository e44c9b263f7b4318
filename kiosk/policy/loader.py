"""Reads the dated tables; every mistake in all of them is reported at once."""

import hashlib
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from kiosk.errors import KioskError
from kiosk.policy import (
    booking_rows,
    guide_rows,
    machine_rows,
    queue_rows,
    rating_rows,
    rows,
    staff_rows,
)
from kiosk.policy.day import DayPolicy

_FOLDER = Path(__file__).parent
_KINDS: dict[str, dict[str, type[rows.Row]]] = {
    "hall.toml": {"hall": rows.Hall},
    "fees.toml": {"document_fee": rows.DocumentFee, "endorsement_fee": rows.EndorsementFee},
    "endorsements.toml": {"grant": rows.Grant, "endorsement": rows.Endorsement},
    "deadlines.toml": {"processing": rows.Processing},
    "ages.toml": {"age": rows.Age, "validity": rows.Validity},
    "materials.toml": {"material": rows.Material},
    "cards.toml": {"card": rows.Card},
    "codes.toml": {"code": rows.Code},
    "regions.toml": {"region": rows.Region},
    "staff.toml": {"staff": staff_rows.StaffRules},
    "queue.toml": {
        "queue_class": queue_rows.QueueClass,
        "queue_need": queue_rows.QueueNeed,
        "queue_rules": queue_rows.QueueRules,
    },
    "bookings.toml": {
        "booking_hours": booking_rows.BookingHours,
        "booking_peak": booking_rows.BookingPeak,
        "booking_rules": booking_rows.BookingRules,
    },
    "machine.toml": {
        "machine_kind": machine_rows.MachineKind,
        "open_city": machine_rows.OpenCity,
        "machine_limit": machine_rows.MachineLimit,
        "issuer": machine_rows.Issuer,
        "machine_proof": machine_rows.MachineProof,
        "fee_item": machine_rows.FeeItem,
    },
    "ratings.toml": {
        "rules": rating_rows.RatingRules,
        "reason": rating_rows.RatingReason,
        "call": rating_rows.RatingCall,
        "signals": rating_rows.RatingSignals,
    },
    "guide.toml": {"guide_topic": guide_rows.GuideTopic, "hotline": guide_rows.Hotline},
    "holidays.toml": {
        "holiday": rating_rows.Holiday,
        "made_up_day": rating_rows.MadeUpDay,
    },
}
_IDENTITY: dict[type[rows.Row], tuple[str, ...]] = {
    rows.Hall: (),
    rows.DocumentFee: ("document", "apply_kind"),
    rows.EndorsementFee: ("document", "entries", "months_from"),
    rows.Grant: ("code",),
    rows.Endorsement: ("destination", "kind"),
    rows.Processing: ("documents", "at_home"),
    rows.Age: ("name",),
    rows.Validity: ("document", "age_from"),
    rows.Card: ("card",),
    rows.Code: ("table", "of"),
    rows.Region: ("code",),
    staff_rows.StaffRules: (),
    queue_rows.QueueClass: ("ticket_class",),
    queue_rows.QueueNeed: ("need",),
    queue_rows.QueueRules: (),
    booking_rows.BookingHours: ("part", "halls", "services"),
    booking_rows.BookingPeak: ("name",),
    booking_rows.BookingRules: (),
    machine_rows.MachineKind: ("kind",),
    machine_rows.OpenCity: ("code",),
    machine_rows.MachineLimit: ("name",),
    machine_rows.Issuer: (),
    machine_rows.FeeItem: ("entries", "months_from"),
    rating_rows.RatingRules: (),
    rating_rows.RatingReason: ("code",),
    rating_rows.RatingCall: ("level",),
    rating_rows.RatingSignals: (),
    guide_rows.GuideTopic: ("topic",),
    guide_rows.Hotline: ("hotline",),
    rating_rows.Holiday: (),
    rating_rows.MadeUpDay: (),
}
AGES = ("guardian_under", "guardian_from")
MACHINE_LIMITS = (
    "permit_months_left",
    "old_enough",
    "recent_days",
    "recent_hkg",
    "recent_mac",
    "approved_minutes",
)


class PolicyError(KioskError):
    """The policy tables are wrong.

    Args:
        mistakes: each with its file and row.
    """

    def __init__(self, mistakes: Sequence[str]) -> None:
        super().__init__("policy: " + "; ".join(mistakes))
        self.mistakes = tuple(mistakes)


class Policy:
    """All tables, of all days.

    Args:
        tables: every row of every day, checked.
        version: edition and fingerprint of the files.
    """

    def __init__(self, tables: Sequence[rows.Row], version: str) -> None:
        self.rows = tuple(tables)
        self.version = version
        self._days: dict[date, DayPolicy] = {}

    def on(self, day: date) -> DayPolicy:
        """What is in force on a day."""
        found = self._days.get(day)
        if found is None:
            found = DayPolicy(day, self.rows, self.version)
            self._days = {day: found}
        return found


@cache
def shipped() -> Policy:
    """The tables that come with the product, read once."""
    return load(_FOLDER)


def load(folder: Path) -> Policy:
    """Read all tables of a folder.

    Raises:
        PolicyError: a file, a table or a row is missing or wrong; lists all mistakes.
    """
    mistakes: list[str] = []
    found: list[rows.Row] = []
    print_of_files = hashlib.sha256()
    for name, kinds in _KINDS.items():
        raw = _bytes_of(folder / name, mistakes)
        print_of_files.update(raw)
        found.extend(_rows_of(name, raw, kinds, mistakes))
    mistakes.extend(_cross_mistakes(found))
    if mistakes:
        raise PolicyError(mistakes)
    edition = next(row.edition for row in found if isinstance(row, rows.Hall))
    return Policy(found, f"{edition}+{print_of_files.hexdigest()[:8]}")


def _bytes_of(path: Path, mistakes: list[str]) -> bytes:
    try:
        return path.read_bytes()
    except OSError as away:
        mistakes.append(f"{path.name}: cannot be read ({type(away).__name__})")
        return b""


def _rows_of(
    name: str, raw: bytes, kinds: dict[str, type[rows.Row]], mistakes: list[str]
) -> Iterator[rows.Row]:
    try:
        content: dict[str, Any] = tomllib.loads(raw.decode())
    except ValueError as wrong:
        mistakes.append(f"{name}: {wrong}")
        return
    mistakes.extend(f"{name}: unknown table {table}" for table in content if table not in kinds)
    for table, kind in kinds.items():
        lines = content.get(table)
        if not isinstance(lines, list) or not lines:
            mistakes.append(f"{name}: no [[{table}]]")
            continue
        for n, line in enumerate(lines):
            try:
                yield kind.model_validate(line)
            except ValidationError as wrong:
                mistakes.extend(_said(f"{name}: {table}[{n}]", wrong))


def _said(where: str, wrong: ValidationError) -> Iterator[str]:
    for error in wrong.errors():
        path = ".".join([where, *(str(part) for part in error["loc"])])
        yield f"{path}: {error['msg']}"


def _cross_mistakes(found: Sequence[rows.Row]) -> Iterator[str]:
    yield from _overlaps(found)
    grants = {row.code for row in found if isinstance(row, rows.Grant)}
    for row in found:
        if isinstance(row, rows.Endorsement):
            where = f"endorsement {row.destination} {row.kind}"
            yield from (f"{where}: unknown grant {one}" for one in row.grants if one not in grants)
    ages = {row.name for row in found if isinstance(row, rows.Age)}
    yield from (f"age {name} is missing" for name in AGES if name not in ages)
    limits = {row.name for row in found if isinstance(row, machine_rows.MachineLimit)}
    yield from (f"limit {name} is missing" for name in MACHINE_LIMITS if name not in limits)


def _overlaps(found: Iterable[rows.Row]) -> Iterator[str]:
    seen: dict[tuple[Any, ...], list[rows.Row]] = {}
    for row in found:
        fields = _IDENTITY.get(type(row))
        if fields is None:
            continue
        identity = (type(row).__name__, *(getattr(row, field) for field in fields))
        earlier = seen.setdefault(identity, [])
        if any(_meet(row, other) for other in earlier):
            yield f"two rows in force at once: {' '.join(map(str, identity))}"
        earlier.append(row)


def _meet(one: rows.Row, other: rows.Row) -> bool:
    ends = (one.valid_to or date.max, other.valid_to or date.max)
    return max(one.valid_from, other.valid_from) <= min(ends)
