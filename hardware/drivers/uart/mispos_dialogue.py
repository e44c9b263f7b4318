"""A MIS-POS request and the answer that belongs to it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from hardware.codecs.mispos import (
    FIRST_CHECK,
    LAST_CHECK,
    BadRecordError,
    Request,
    Response,
    ResultCode,
    decode_response,
    encode_request,
)
from hardware.drivers.uart.ecr_exchange import EcrExchange, Miss
from hardware.interfaces.card_terminal import (
    BookPlace,
    Charge,
    DeclineReason,
    Doubt,
)
from hardware.interfaces.device import Cancel

_REASONS: Mapping[str, DeclineReason] = {
    ResultCode.CARD_REFUSED: DeclineReason.CARD_REFUSED,
    ResultCode.UNKNOWN_CARD: DeclineReason.CARD_REFUSED,
    ResultCode.EXPIRED_CARD: DeclineReason.CARD_REFUSED,
    ResultCode.ABOVE_LIMIT: DeclineReason.CARD_REFUSED,
    ResultCode.TOO_MANY_PINS: DeclineReason.CARD_REFUSED,
    ResultCode.INSUFFICIENT_FUNDS: DeclineReason.INSUFFICIENT_FUNDS,
    ResultCode.WRONG_PIN: DeclineReason.WRONG_PIN,
    ResultCode.CUSTOMER_CANCELLED: DeclineReason.CANCELLED_BY_CUSTOMER,
    ResultCode.CUSTOMER_TOO_SLOW: DeclineReason.CUSTOMER_TOO_SLOW,
    ResultCode.HOST_AWAY: DeclineReason.HOST_AWAY,
    ResultCode.SIGN_ON_NEEDED: DeclineReason.SIGN_ON_NEEDED,
}
_DOUBTS: Mapping[str, Doubt] = {
    ResultCode.IN_PROGRESS: Doubt.BUSY,
    ResultCode.ANSWER_TOO_LATE: Doubt.HOST_SILENT,
    ResultCode.NO_ANSWER_FROM_BANK: Doubt.HOST_SILENT,
}
CHECKS = LAST_CHECK - FIRST_CHECK + 1
"""Different check digits."""

log = logging.getLogger(__name__)


def reason_of(code: str) -> DeclineReason:
    """A result code in our words."""
    return _REASONS.get(code, DeclineReason.OTHER)


def doubt_of(answer: Response | Miss) -> Doubt | None:
    """Why an answer says nothing of the money; None when it does."""
    if isinstance(answer, Response):
        return _DOUBTS.get(answer.code)
    return Doubt.WITHDRAWN if answer is Miss.WITHDRAWN else Doubt.SILENCE


def charge_of(response: Response) -> Charge | None:
    """The entry that an answer names; None when it lacks its place or amount."""
    if not (response.voucher and response.batch and response.amount_fen):
        return None
    return Charge(
        place=BookPlace(response.batch, int(response.voucher)),
        amount_fen=response.amount_fen,
        reference=response.reference,
        auth_code=response.auth_code,
        card_masked=response.card,
        date_mmdd=response.date,
        time_hhmmss=response.time,
        terminal_id=response.terminal,
        merchant_id=response.merchant,
    )


@dataclass(frozen=True, slots=True)
class Till:
    """What a record says of this machine.

    Args:
        number: of the till.
        operator: who sells.
    """

    number: str
    operator: str


class MisPosDialogue:
    """Asks a terminal.

    Args:
        device: name for the log.
        exchange: carries the records.
        till: who asks.
        start: any number; where the check digits begin.
    """

    def __init__(self, device: str, exchange: EcrExchange, till: Till, start: int) -> None:
        self._device = device
        self._exchange = exchange
        self._till = till
        self._asked = start

    def once(self, request: Request, limit_s: float, cancel: Cancel) -> Response | Miss:
        """Send a request once.

        Args:
            request: till and check digits are filled in here; the digits count up, so that the
                answers to 900 requests in a row can be told apart.
            limit_s: for the answer.
            cancel: ends the wait.

        Raises:
            NotConnectedError: the port is gone.
        """
        wanted = str(FIRST_CHECK + self._asked % CHECKS)
        self._asked += 1
        whole = replace(request, check=wanted, till=self._till.number, operator=self._till.operator)

        def fits(record: bytes) -> bool:
            try:
                return decode_response(record).check == wanted
            except BadRecordError as error:
                log.warning("%s: %s", self._device, error)
                return False

        answer = self._exchange.ask(encode_request(whole), fits, limit_s, cancel)
        if isinstance(answer, Miss):
            log.warning("%s: %s: %s", self._device, request.kind.name, answer.value)
            return answer
        response = decode_response(answer)
        log.info("%s: %s: code %s", self._device, request.kind.name, response.code)
        return response
