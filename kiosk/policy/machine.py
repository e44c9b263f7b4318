"""What the endorsement machine may make for a person on one day (domain facts 2.3, 3, 5)."""

from collections.abc import Iterable, Iterator
from datetime import date

from kiosk.domain.age import full_years
from kiosk.domain.application import Destination
from kiosk.domain.document import DocumentKind
from kiosk.domain.endorsement import Holder, NotServed, Offer
from kiosk.domain.period import last_day, months_later
from kiosk.policy import machine_rows, rows
from kiosk.policy.loader import Policy

PLACES = (Destination.HONG_KONG, Destination.MACAO)
_RECENT = {Destination.HONG_KONG: "recent_hkg", Destination.MACAO: "recent_mac"}


class MachineRules:
    """The rules of one day.

    Args:
        policy: all tables.
        day: that is asked for.
    """

    def __init__(self, policy: Policy, day: date) -> None:
        self.day = day
        self._prices = policy.on(day)
        now = [row for row in policy.rows if row.in_force(day)]
        self._kinds = [row for row in now if isinstance(row, machine_rows.MachineKind)]
        self._cities = tuple(row.code for row in now if isinstance(row, machine_rows.OpenCity))
        self._limits = {
            row.name: row.n for row in now if isinstance(row, machine_rows.MachineLimit)
        }
        self._items = [row for row in now if isinstance(row, machine_rows.FeeItem)]
        self._grants = {
            (row.destination, row.kind): row.grants
            for row in now
            if isinstance(row, rows.Endorsement)
        }
        self.issuer = next((row.name for row in now if isinstance(row, machine_rows.Issuer)), "")
        self.proofs = tuple(
            frozenset(row.proofs) for row in now if isinstance(row, machine_rows.MachineProof)
        )

    def limit(self, name: str) -> int:
        """A number of the tables; that it is there is checked when they are read."""
        return self._limits[name]

    def proven(self, proofs: Iterable[str]) -> bool:
        """Whether these proofs together prove who somebody is; no rule, no proof."""
        shown = frozenset(proofs)
        return any(wanted <= shown for wanted in self.proofs)

    def refusal(self, holder: Holder) -> NotServed | None:
        """Why the machine serves this person nothing at all; None when it may.

        What a person may know comes first: an expired permit is said even to someone whom only a
        window may serve, for it tells nothing of the other.
        """
        if holder.permit_until < self.day:
            return NotServed.PERMIT_EXPIRED
        if holder.permit_until <= months_later(self.day, self.limit("permit_months_left")):
            return NotServed.PERMIT_EXPIRING
        if full_years(holder.birth, self.day) < self.limit("old_enough"):
            return NotServed.TOO_YOUNG
        return NotServed.WINDOW if holder.restricted else None

    def offers(self, holder: Holder) -> tuple[Offer, ...] | NotServed:
        """Everything the machine may make for a person, or why nothing."""
        refused = self.refusal(holder)
        if refused is not None:
            return refused
        open_places = [place for place in PLACES if not self._too_soon(holder, place)]
        if not open_places:
            return NotServed.TOO_SOON
        found = tuple(offer for place in open_places for offer in self._for_place(holder, place))
        return found or NotServed.NOTHING_OFFERED

    def fee_code(self, entries: int, months: int) -> str:
        """Code of the fee in the non-tax revenue system; empty where the tables have none."""
        return next(
            (
                row.code
                for row in self._items
                if row.entries == entries and row.months_from <= months <= row.months_to
            ),
            "",
        )

    def _too_soon(self, holder: Holder, place: Destination) -> bool:
        return holder.recent.get(place, 0) >= self.limit(_RECENT[place])

    def _for_place(self, holder: Holder, place: Destination) -> Iterator[Offer]:
        cancels = tuple(
            one.number
            for one in holder.held
            if one.destination is place and one.unused_on(self.day)
        )
        for row in self._kinds:
            if place not in row.destinations or not self._suits(holder, row):
                continue
            for code in self._grants.get((place, row.kind), ()):
                offer = self._offer(holder, row, code)
                if offer is not None:
                    yield Offer(place, row.kind, code, *offer, cancels)

    def _offer(
        self, holder: Holder, row: machine_rows.MachineKind, code: str
    ) -> tuple[int, int, date, int] | None:
        grant = self._prices.grant(code)
        fee_fen = self._prices.endorsement_fee_fen(DocumentKind.HK_MACAO_PERMIT, code)
        if grant is None or fee_fen is None:
            return None
        if row.only == "multiple" and grant.entries != rows.MULTIPLE:
            return None
        until = min(last_day(self.day, grant.months), holder.permit_until)
        return grant.months, grant.entries, until, fee_fen

    def _suits(self, holder: Holder, row: machine_rows.MachineKind) -> bool:
        facts = {
            "open_city": bool(self._cities)
            and any(
                region.startswith(self._cities) for region in (holder.household, holder.residence)
            ),
            "filed_unit": holder.filed_unit,
        }
        return all(facts[need] for need in row.needs)
