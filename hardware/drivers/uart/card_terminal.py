"""Bank card terminal that speaks MIS-POS records in STX/LEN/ETX/LRC frames (hardware facts 4).

Decides what an answer, or its absence, means for the money. It keeps no book: what was charged
stands in the terminal, what was asked for in the journal of whoever uses this. MIS-POS has no
"cancel by key"; `cancel_order` takes its place, and docs/devices/card-terminal.md says why no
charge can land after it.
"""

import logging
import secrets
from dataclasses import dataclass, replace

from hardware.codecs.mispos import LARGEST_FEN, Kind, Request, ResultCode
from hardware.drivers.life_cycle import status_behind, taken
from hardware.drivers.uart.ecr_exchange import EcrExchange, EcrPatience
from hardware.drivers.uart.mispos_book import TerminalBookReader
from hardware.drivers.uart.mispos_dialogue import CHECKS, MisPosDialogue, Till
from hardware.drivers.uart.mispos_money import MisPosMoney, MoneyPatience
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import DeviceError
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
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus

BAUDRATES = (9600, 19200, 38400, 57600, 115200)
LONGEST_TEXT = 8
"""Characters of `till` and `operator` in a record."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Settings:
    line: SerialLine
    till: Till
    exchange: EcrPatience
    patience: MoneyPatience


class MisPosCardTerminal:
    """Implements `CardTerminal`.

    Args:
        name: of the device in the configuration.
        options: `port`, `baudrate` (bit/s), `till` and `operator` (up to 8 characters each),
            `receipt_timeout_s`, `answer_timeout_s`, `bank_timeout_s`, `customer_timeout_s`,
            `gap_timeout_s`, `tries`.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        settings = _read(name, options)
        self._name = name
        self._tries = settings.exchange.tries
        self._line = settings.line
        self._exchange = EcrExchange(name, self._line, settings.exchange)
        # Another start in each life, so that an answer to an earlier life's question does not fit.
        dialogue = MisPosDialogue(name, self._exchange, settings.till, secrets.randbelow(CHECKS))
        self._book = TerminalBookReader(dialogue, settings.patience.answer_s, self._tries)
        self._money = MisPosMoney(dialogue, settings.patience)
        self._in_doubt = ""
        self._cancelled: set[str] = set()
        self._signed_on = True

    def open(self) -> None:
        """Take the port and ask whether the terminal is there; it may be busy.

        Raises:
            DeviceError: the port is not there, or nobody answers.
        """
        with taken(self._line):
            self._exchange.is_ready()

    def close(self) -> None:
        """Let go of the port."""
        self._line.close()

    def status(self) -> DeviceStatus:
        """Ask whether the terminal is there; disturbs no customer."""
        try:
            ready = self._exchange.is_ready()
        except DeviceError as error:
            return status_behind(error)
        if not ready:
            return DeviceStatus(DeviceState.DEVICE_BUSY)
        return DeviceStatus(DeviceState.ONLINE, detail="" if self._signed_on else "signOnNeeded")

    def reset(self) -> None:
        """Ask whether the terminal is there; the protocol has nothing to reset.

        Raises:
            DeviceError: it is not.
        """
        self._exchange.is_ready()

    def identity(self) -> DeviceIdentity:
        """The protocol only; each charge names its terminal."""
        return DeviceIdentity("MIS-POS")

    def open_order(self, order_key: str, amount_fen: int, cancel: Cancel) -> CardOrder | Declined:
        """Look where the terminal's book stands; see `CardTerminal.open_order`."""
        assert 0 < amount_fen <= LARGEST_FEN, "an amount that no record holds"
        if self._in_doubt not in ("", order_key):
            return Declined(DeclineReason.EARLIER_ORDER_OPEN)
        place = self._book.place(cancel)
        if isinstance(place, BookPlace):
            return CardOrder(order_key, amount_fen, place)
        busy = place.doubt is Doubt.BUSY
        return Declined(DeclineReason.BUSY if busy else DeclineReason.NOT_REACHED)

    def sale(self, order: CardOrder, cancel: Cancel) -> SaleOutcome:
        """Let the customer pay; see `CardTerminal.sale`."""
        if order.order_key in self._cancelled:
            return Declined(DeclineReason.ORDER_CANCELLED)
        if not self._line.is_open:
            return Declined(DeclineReason.NOT_REACHED)
        outcome: SaleOutcome = Declined(DeclineReason.NOT_REACHED)
        for _ in range(self._tries):
            sold = self._money.sell(order, cancel)
            # A receipt can be garbled into a refusal: before anything is sent again, the book must
            # say that this sale is not in it.
            look = sold is None or isinstance(sold, Approved)
            found = self.query(order, cancel) if look else NotCharged()
            outcome = _agreed(sold, found)
            if sold is not None or not isinstance(outcome, Declined):
                break
        self._in_doubt = order.order_key if isinstance(outcome, Unknown) else ""
        if isinstance(outcome, Declined) and outcome.reason is DeclineReason.SIGN_ON_NEEDED:
            self._signed_on = False
        return outcome

    def query(self, order: CardOrder, cancel: Cancel) -> QueryAnswer:
        """Look the order up in the terminal's book; see `CardTerminal.query`."""
        entries = self._book.behind(order.after, cancel)
        if isinstance(entries, Unknown):
            return entries
        ours = [one for one in entries if one.amount_fen == order.amount_fen]
        if len(ours) < len(entries):
            # Somebody sold by hand, or an amount is wrong: the machine cannot tell which.
            log.warning("%s: the book has entries that are not ours", self._name)
            if not ours:
                return Unknown(Doubt.CONTRADICTION)
        if self._in_doubt == order.order_key:
            self._in_doubt = ""
        return Charged(ours[0], tuple(ours[1:])) if ours else NotCharged()

    def cancel_order(self, order: CardOrder, cancel: Cancel) -> GiveBackOutcome:
        """Make sure that the order costs nothing; see `CardTerminal.cancel_order`."""
        self._cancelled.add(order.order_key)
        found = self.query(order, cancel)
        if isinstance(found, Unknown):
            return found
        if isinstance(found, NotCharged):
            return NothingToGiveBack()
        amount_fen, entries = 0, list[Charge]()
        for charge in (found.charge, *found.others):
            outcome = self.void(charge, cancel)
            if amount_fen and outcome == NotGivenBack(ResultCode.INVALID):
                # Not a sale but the entry of an earlier void, which has the same amount.
                continue
            if not isinstance(outcome, GivenBack):
                return outcome
            amount_fen += outcome.amount_fen
            entries += outcome.by
        return GivenBack(amount_fen, tuple(entries))

    def void(self, charge: Charge, cancel: Cancel) -> GiveBackOutcome:
        """Take one charge back in its batch; see `CardTerminal.void`."""
        request = Request(Kind.VOID, original_voucher=f"{charge.place.voucher:06d}")
        return self._money.give_back(request, charge, cancel)

    def refund(self, charge: Charge, year: int, cancel: Cancel) -> GiveBackOutcome:
        """Pay one charge back after settlement; see `CardTerminal.refund`."""
        day = f"{year:04d}{charge.date_mmdd}"
        request = Request(Kind.REFUND, original_date=day, original_reference=charge.reference)
        return self._money.give_back(request, charge, cancel)

    def sign_on(self, cancel: Cancel) -> SignedOn | Declined:
        """Fetch the day's keys; see `CardTerminal.sign_on`."""
        refused = self._money.manage(Kind.SIGN_ON, cancel)
        if isinstance(refused, Unknown):
            return Declined(DeclineReason.NOT_REACHED)
        self._signed_on = refused is None
        return refused or SignedOn()

    def settle(self, cancel: Cancel) -> Settled | Declined | Unknown:
        """Close the batch; see `CardTerminal.settle`."""
        if self._in_doubt:
            return Declined(DeclineReason.EARLIER_ORDER_OPEN)
        return self._money.manage(Kind.SETTLE, cancel) or Settled()


def _agreed(sold: SaleOutcome | None, found: QueryAnswer) -> SaleOutcome:
    """What the terminal's answer and its book say together.

    Args:
        sold: its answer; None when it refused to take the record.
        found: its book after an approval or a refusal, else nothing.
    """
    if isinstance(sold, Approved):
        return replace(sold, others=found.others) if isinstance(found, Charged) else sold
    if sold is not None:
        return sold
    if isinstance(found, Charged):
        return Approved(found.charge, found.others)
    return found if isinstance(found, Unknown) else Declined(DeclineReason.NOT_REACHED)


def _read(name: str, options: Options) -> _Settings:
    table = OptionReader(f"devices.{name}", options)
    settings = _Settings(
        line=SerialLine.configured(name, table, BAUDRATES),
        till=Till(table.text("till", "1"), table.text("operator", "1")),
        exchange=EcrPatience(
            receipt_s=table.number("receipt_timeout_s", 2.0, 0.01, 10),
            gap_s=table.number("gap_timeout_s", 0.5, 0.01, 5),
            tries=table.one_of("tries", 3, range(1, 11)),
        ),
        patience=MoneyPatience(
            answer_s=table.number("answer_timeout_s", 5.0, 0.01, 60),
            bank_s=table.number("bank_timeout_s", 90.0, 0.01, 300),
            customer_s=table.number("customer_timeout_s", 180.0, 0.01, 600),
        ),
    )
    for key, text in (("till", settings.till.number), ("operator", settings.till.operator)):
        if len(text) > LONGEST_TEXT or not text.isascii():
            table.reject(key, f"{text!r}, must be up to {LONGEST_TEXT} ASCII characters")
    table.end()
    return settings
