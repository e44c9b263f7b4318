"""The bank terminal of the world: its book and the bank's outlive everything."""

from dataclasses import dataclass, field

from hardware.interfaces.card_terminal import (
    Approved,
    BookPlace,
    CardOrder,
    Charge,
    Charged,
    Declined,
    DeclineReason,
    Doubt,
    GiveBackOutcome,
    GivenBack,
    NotCharged,
    NotGivenBack,
    NothingToGiveBack,
    QueryAnswer,
    SaleOutcome,
    Settled,
    SignedOn,
    Unknown,
)
from hardware.interfaces.device import Cancel
from tests.kit.saga_world.device import WorldDevice
from tests.kit.saga_world.world import World


@dataclass
class BookEntry:
    """A sale in the terminal's book.

    Args:
        voucher: its number.
        order_key: ours; a real terminal does not know it, and only laws look at it here.
        amount_fen: charged.
        given_back: whether it was voided or refunded.
    """

    voucher: int
    order_key: str
    amount_fen: int
    given_back: bool = False


@dataclass
class _Late:
    """A sale that the bank has not answered yet."""

    order: CardOrder
    asks_left: int
    lands: bool


@dataclass
class WorldTerminal(WorldDevice):
    """Obeys `CardTerminal`.

    Args:
        world: it is part of.
        book: every approved sale.
        sales: order keys of which a sale was begun, in order.
    """

    world: World
    book: list[BookEntry] = field(default_factory=list)
    sales: list[str] = field(default_factory=list)
    late: _Late | None = None
    signed_on: bool = True

    def open_order(self, order_key: str, amount_fen: int, cancel: Cancel) -> CardOrder | Declined:
        """Where the book stands."""
        if self.late:
            self.world.breaks("an order was opened while the outcome of another is unknown")
        return CardOrder(order_key, amount_fen, BookPlace("1", len(self.book)))

    def sale(self, order: CardOrder, cancel: Cancel) -> SaleOutcome:
        """The customer pays, or does not; faults decide what is heard of it."""
        if order.order_key in self.sales and self.signed_on:
            self.world.breaks("a sale was repeated")
        self.sales.append(order.order_key)
        if not self.signed_on or self.world.strikes("bank.sign_on"):
            self.signed_on = False
            self.sales.pop()
            return Declined(DeclineReason.SIGN_ON_NEEDED)
        if self.world.strikes("bank.declined"):
            return Declined(DeclineReason.INSUFFICIENT_FUNDS, "51")
        unheard = self._unheard(order)
        if unheard:
            return unheard
        self.world.point("bank.sale")
        self.world.needs_central()
        entry = self._charge(order)
        self.world.point("bank.charged")
        twice = self.world.strikes("bank.charged_twice")
        others = (_charge_of(self._charge(order)),) if twice else ()
        if self.world.strikes("bank.reply_lost"):
            return Unknown(Doubt.LINK_LOST)
        return Approved(_charge_of(entry), others)

    def _unheard(self, order: CardOrder) -> Unknown | None:
        """Nothing is heard of the sale, and nothing, or nothing yet, is charged."""
        if self.world.strikes("bank.silent_not_charged"):
            return Unknown(Doubt.SILENCE)
        for fault, lands in (("bank.late_charge", True), ("bank.late_nothing", False)):
            if self.world.strikes(fault):
                self.late = _Late(order, 3, lands)
                return Unknown(Doubt.BUSY)
        return None

    def query(self, order: CardOrder, cancel: Cancel) -> QueryAnswer:
        """Look into the book."""
        if self.world.strikes("bank.stale_answer"):
            return Unknown(Doubt.CONTRADICTION)
        if self.world.strikes("bank.query_unknown") or self._busy():
            return Unknown(Doubt.BUSY)
        found = self._of(order)
        if not found:
            return NotCharged()
        return Charged(_charge_of(found[0]), tuple(_charge_of(one) for one in found[1:]))

    def cancel_order(self, order: CardOrder, cancel: Cancel) -> GiveBackOutcome:
        """Give back everything behind the order's place."""
        if self.world.strikes("bank.batch_closed"):
            return Unknown(Doubt.BATCH_CLOSED)
        if self.world.strikes("bank.cancel_unknown") or self._busy():
            return Unknown(Doubt.BUSY)
        found = self._of(order)
        if not found:
            return NothingToGiveBack()
        if self.world.strikes("bank.refund_refused"):
            return NotGivenBack("12")
        for entry in found:
            if not entry.given_back:
                self.world.point("bank.giving_back")
                self.world.happened("bank.give_back", key=order.order_key, fen=-entry.amount_fen)
                entry.given_back = True
                self.world.point("bank.given_back")
        return GivenBack(sum(entry.amount_fen for entry in found))

    def void(self, charge: Charge, cancel: Cancel) -> GiveBackOutcome:
        """Not used by transactions."""
        raise NotImplementedError

    def refund(self, charge: Charge, year: int, cancel: Cancel) -> GiveBackOutcome:
        """Not used by transactions."""
        raise NotImplementedError

    def sign_on(self, cancel: Cancel) -> SignedOn | Declined:
        """Fetch keys."""
        self.signed_on = True
        return SignedOn()

    def settle(self, cancel: Cancel) -> Settled | Declined | Unknown:
        """Not used by transactions."""
        raise NotImplementedError

    def net_fen(self, order_key: str) -> int:
        """Money that the bank holds for an order."""
        return sum(
            one.amount_fen for one in self.book if one.order_key == order_key and not one.given_back
        )

    def _busy(self) -> bool:
        """Whether the bank has still not answered a late sale; asking lets time pass."""
        if self.late is None:
            return False
        self.late.asks_left -= 1
        if self.late.asks_left > 0:
            return True
        late, self.late = self.late, None
        if late.lands:
            self._charge(late.order)
        return False

    def _charge(self, order: CardOrder) -> BookEntry:
        saga = order.order_key.rsplit("-p", 1)[0]
        self.world.happened("bank.charge", saga=saga, key=order.order_key, fen=order.amount_fen)
        entry = BookEntry(len(self.book) + 1, order.order_key, order.amount_fen)
        self.book.append(entry)
        return entry

    def _of(self, order: CardOrder) -> list[BookEntry]:
        return [
            one
            for one in self.book
            if one.voucher > order.after.voucher and one.amount_fen == order.amount_fen
        ]


def _charge_of(entry: BookEntry) -> Charge:
    return Charge(
        place=BookPlace("1", entry.voucher),
        amount_fen=entry.amount_fen,
        reference=f"R{entry.voucher:06d}",
        auth_code="",
        card_masked="",
        date_mmdd="1124",
        time_hhmmss="093000",
        terminal_id="T1",
        merchant_id="M1",
    )
