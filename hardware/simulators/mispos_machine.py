"""A MIS-POS card terminal without its wire: a customer may pay, and it may misbehave as set.

A transaction runs on a thread of its own and ends whatever becomes of the cable: money taken while
the line is down stands in the book, and nobody hears of it.
"""

import random
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hardware.codecs.ecr_frame import BadFrameError, Control, EcrParser, frame
from hardware.codecs.mispos import (
    BadRecordError,
    Kind,
    Request,
    Response,
    ResultCode,
    decode_request,
    encode_response,
)
from hardware.simulators.faults import CountedFaults, fragments, last_byte_wrong
from hardware.simulators.terminal_book import TerminalBook

CUSTOMERS: dict[str, str] = {
    "pays": ResultCode.SUCCESS,
    "cancels": ResultCode.CUSTOMER_CANCELLED,
    "walks_away": ResultCode.CUSTOMER_TOO_SLOW,
    "forgets_pin": ResultCode.WRONG_PIN,
    "lacks_money": ResultCode.INSUFFICIENT_FUNDS,
    "has_expired_card": ResultCode.EXPIRED_CARD,
}
"""What the customer does, and what the terminal says then."""

LONGEST_RESENDS = 3


@dataclass
class Misbehaviour(CountedFaults):
    """What customer, bank, terminal and line do; counts run down, the rest stays as set.

    Args:
        customer: key of `CUSTOMERS`.
        customer_delay_ms: until the customer has done it.
        host_away: the terminal does not reach the bank.
        silent_after_ack: sales to come that are receipted and then forgotten, without money.
        lost_replies: answers to come that never leave, though everything was done.
        lost_acks: receipts to come that never leave, though everything is done.
        acks_as_naks: receipts to come that the line turns into refusals, though everything is done.
        naks: requests to come that are refused, unread.
        double_charges: sales to come that are booked twice.
        garbage_replies: answers to come that are noise instead.
        cut_replies: answers to come that end in the middle.
        wrong_lrcs: answers to come with a wrong check byte.
        stale_replies: answers to come that repeat the answer before instead.
        wrong_amounts: answers to come that name one fen more than was booked.
        noise: stray bytes before every answer.
        fragmented: answers leave in small pieces with pauses.
        silent: nothing answers, nothing is done.
    """

    customer: str = "pays"
    customer_delay_ms: int = 1500
    host_away: bool = False
    silent_after_ack: int = 0
    lost_replies: int = 0
    lost_acks: int = 0
    acks_as_naks: int = 0
    naks: int = 0
    double_charges: int = 0
    garbage_replies: int = 0
    cut_replies: int = 0
    wrong_lrcs: int = 0
    stale_replies: int = 0
    wrong_amounts: int = 0
    noise: bool = False
    fragmented: bool = False
    silent: bool = False


class MisPosMachine:
    """Answers requests as hardware facts 4.2 and 4.3 say.

    Args:
        book: what it has booked; kept when the machine in front of it is killed.
        send: carries bytes to the till.
    """

    def __init__(self, book: TerminalBook, send: Callable[[bytes], None]) -> None:
        self.misbehaviour = Misbehaviour()
        self.book = book
        self._send = send
        self._parser = EcrParser()
        self._lock = threading.Lock()
        self._running: threading.Thread | None = None
        self._stopping = threading.Event()
        self._hurry = threading.Event()
        self._last_frame = b""
        self._resends = 0
        # Its numbers decide where answers are cut, not who may do what.
        self._random = random.Random(20260101)  # noqa: S311 - repeatable noise, no secret

    @property
    def busy(self) -> bool:
        """Whether a transaction runs."""
        with self._lock:
            return self._running is not None

    def hurry_customer(self) -> None:
        """The customer does it now."""
        self._hurry.set()

    def start(self) -> None:
        """Power up; a transaction of the life before is gone."""
        self._stopping.clear()

    def stop(self) -> None:
        """Cut the power: a transaction that has not reached the bank never will."""
        self._stopping.set()
        self._hurry.set()
        with self._lock:
            running = self._running
        if running:
            running.join()
        self._parser.clear()

    def answer(self, data: bytes) -> Iterator[bytes]:
        """Bytes to send back at once for bytes that arrived; answers to requests follow later."""
        self._parser.feed(data)
        while True:
            try:
                heard = self._parser.next()
            except BadFrameError:
                yield self._byte(Control.NAK)
                continue
            if heard is None:
                return
            if self.misbehaviour.silent:
                continue
            if isinstance(heard, Control):
                yield self._control(heard)
            else:
                yield from self._hear(heard)

    def _control(self, heard: Control) -> bytes:
        if heard is Control.ENQ:
            return self._byte(Control.NAK if self.busy else Control.ACK)
        if heard is Control.NAK and self._resends < LONGEST_RESENDS:
            self._resends += 1
            self._emit(self._last_frame)
        return b""

    def _hear(self, data: bytes) -> Iterator[bytes]:
        wrong = self.misbehaviour
        if wrong.due("naks"):
            yield self._byte(Control.NAK)
            return
        if not wrong.due("lost_acks"):
            yield self._byte(Control.NAK if wrong.due("acks_as_naks") else Control.ACK)
        try:
            request = decode_request(data)
        except BadRecordError:
            self._say(Response(ResultCode.FORMAT, "100"))
            return
        with self._lock:
            if self._running is None:
                thread = threading.Thread(target=self._transact, args=(request,), daemon=True)
                self._running = thread
                thread.start()
                return
        self._say(Response(ResultCode.IN_PROGRESS, request.check, message="交易处理中"))

    def _transact(self, request: Request) -> None:
        response = self._do(request)
        with self._lock:
            self._running = None
        if response and not self._stopping.is_set():
            self._say(response)

    def _do(self, request: Request) -> Response | None:
        wrong = self.misbehaviour
        needs_bank = request.kind is not Kind.REPRINT
        if needs_bank and wrong.host_away and request.kind is not Kind.SALE:
            return Response(ResultCode.HOST_AWAY, request.check, message="通讯失败")
        if request.kind is not Kind.SALE or not self.book.signed_on:
            return self.book.obey(request)
        if wrong.due("silent_after_ack"):
            return None
        self._hurry.clear()
        self._hurry.wait(wrong.customer_delay_ms / 1000)
        if self._stopping.is_set():
            return None
        code = ResultCode.HOST_AWAY if wrong.host_away else CUSTOMERS[wrong.customer]
        if code != ResultCode.SUCCESS:
            self.book.use_up_voucher()
            return Response(code, request.check, message="交易失败")
        if wrong.due("double_charges"):
            self.book.obey(request)
        return self.book.obey(request)

    def _say(self, response: Response) -> None:
        wrong = self.misbehaviour
        if wrong.due("wrong_amounts"):
            response = replace(response, amount_fen=response.amount_fen + 1)
        whole = frame(encode_response(response))
        stale, self._last_frame = self._last_frame, whole
        self._resends = 0
        if wrong.silent or wrong.due("lost_replies"):
            return
        self._emit(stale if wrong.due("stale_replies") else whole)

    def _emit(self, whole: bytes) -> None:
        wrong = self.misbehaviour
        if wrong.due("garbage_replies"):
            whole = bytes(self._random.randrange(0x20, 0x7F) for _ in whole)
        if wrong.due("cut_replies"):
            whole = whole[: len(whole) // 2]
        if wrong.due("wrong_lrcs"):
            whole = last_byte_wrong(whole)
        noise = self._random.randbytes(5) if wrong.noise else b""
        for piece in self._pieces(noise + whole):
            self._send(piece)

    def _pieces(self, whole: bytes) -> Iterator[bytes]:
        if not self.misbehaviour.fragmented:
            yield whole
            return
        for piece in fragments(whole, 40, self._random):
            yield piece
            self._stopping.wait(self._random.uniform(0.001, 0.01))

    def _byte(self, control: Control) -> bytes:
        return bytes([control])
