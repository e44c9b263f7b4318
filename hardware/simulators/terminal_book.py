"""The money side of a simulated card terminal: its batch, its entries, and the bank behind it.

It outlives machine, driver and simulator: a test keeps one book while everything else is killed
and started again, and compares it with the journal at the end.
"""

import threading
from dataclasses import dataclass, replace

from hardware.codecs.mispos import Kind, Request, Response, ResultCode

TERMINAL_ID = "99420299"
MERCHANT_ID = "999420299990001"
CARD = "622848******0018"
"""No bank has given this number to anybody: what a terminal would show of it."""
DAY = "0102"
YEAR = 2026


@dataclass(frozen=True, slots=True)
class Entry:
    """One approved transaction.

    Args:
        batch: six digits.
        voucher: in its batch.
        kind: sale, void or refund.
        amount_fen: always above zero.
        reference: of the bank.
        given_back: whether a sale was voided or refunded.
    """

    batch: str
    voucher: int
    kind: Kind
    amount_fen: int
    reference: str
    given_back: bool = False


class TerminalBook:
    """Every approved transaction, in order."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._batch = 1
        self._voucher = 0
        self._entries: list[Entry] = []
        self.signed_on = True

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Oldest first, those of closed batches included."""
        with self._lock:
            return tuple(self._entries)

    @property
    def taken_fen(self) -> int:
        """What customers have paid and not got back."""
        return sum(
            one.amount_fen if one.kind is Kind.SALE else -one.amount_fen for one in self.entries
        )

    def obey(self, request: Request) -> Response:
        """Do what a request says, as far as it needs no customer.

        Args:
            request: a sale is approved at once; whether it comes to that is decided before.
        """
        with self._lock:
            answer = self._obey(request)
        return replace(
            answer,
            check=request.check,
            terminal=TERMINAL_ID,
            merchant=MERCHANT_ID,
            batch=answer.batch or self._batch_id,
        )

    def use_up_voucher(self) -> None:
        """A declined try takes a voucher, too."""
        with self._lock:
            self._voucher += 1

    @property
    def _batch_id(self) -> str:
        return f"{self._batch:06d}"

    def _obey(self, request: Request) -> Response:
        match request.kind:
            case Kind.REPRINT:
                return self._reprint(request.original_voucher)
            case Kind.SIGN_ON:
                self.signed_on = True
                return _said(ResultCode.SUCCESS, "签到成功")
            case Kind.SETTLE:
                self._batch, self._voucher = self._batch + 1, 0
                return _said(ResultCode.SUCCESS, "结算成功")
            case _ if not self.signed_on:
                return _said(ResultCode.SIGN_ON_NEEDED, "请先签到")
            case Kind.SALE:
                return self._write(Kind.SALE, request.amount_fen)
            case Kind.VOID | Kind.REFUND:
                return self._give_back(request)
            case _:
                return _said(ResultCode.INVALID, "无此交易")

    def _reprint(self, voucher: str) -> Response:
        for one in reversed(self._entries):
            if one.batch == self._batch_id and voucher in ("", f"{one.voucher:06d}"):
                return _shown(one)
        return _said(ResultCode.NO_SUCH_ENTRY, "无此交易记录")

    def _give_back(self, request: Request) -> Response:
        at = next((n for n, one in enumerate(self._entries) if self._meant(one, request)), None)
        if at is None:
            return _said(ResultCode.NO_SUCH_ENTRY, "无此交易记录")
        sale = self._entries[at]
        if sale.kind is not Kind.SALE or sale.amount_fen != request.amount_fen:
            return _said(ResultCode.INVALID, "无效交易")
        if sale.given_back:
            return _said(ResultCode.ALREADY_DONE, "原交易已撤销")
        self._entries[at] = replace(sale, given_back=True)
        return self._write(request.kind, sale.amount_fen)

    def _meant(self, entry: Entry, request: Request) -> bool:
        if request.kind is Kind.VOID:
            here = entry.batch == self._batch_id
            return here and request.original_voucher == f"{entry.voucher:06d}"
        return (
            request.original_date == f"{YEAR}{DAY}"
            and request.original_reference == entry.reference
        )

    def _write(self, kind: Kind, amount_fen: int) -> Response:
        self._voucher += 1
        reference = f"{self._batch:06d}{self._voucher:06d}"
        entry = Entry(self._batch_id, self._voucher, kind, amount_fen, reference)
        self._entries.append(entry)
        return _shown(entry)


def _said(code: str, message: str) -> Response:
    return Response(code, "100", message=message)


def _shown(entry: Entry) -> Response:
    return Response(
        ResultCode.SUCCESS,
        "100",
        bank="0104",
        card=CARD,
        voucher=f"{entry.voucher:06d}",
        amount_fen=entry.amount_fen,
        message="交易成功",
        batch=entry.batch,
        date=DAY,
        time=f"09{entry.voucher // 60 % 60:02d}{entry.voucher % 60:02d}",
        reference=entry.reference,
        auth_code=f"{entry.voucher:06d}",
        settled_on=DAY,
    )
