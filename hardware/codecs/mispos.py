"""Records of MIS-POS, the till side of UnionPay card terminals (hardware facts 4.2).

Fixed ASCII and GBK columns, 59 bytes there and 148 back. Nothing in them names an order of ours;
the last three digits are made up by the till and must come back. Pure: no input/output.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType

REQUEST_BYTES = 59
RESPONSE_BYTES = 148
LARGEST_FEN = 10**12 - 1
FIRST_CHECK, LAST_CHECK = 100, 999

_REQUEST_COLUMNS: Mapping[str, int] = MappingProxyType(
    {
        "till": 8,
        "operator": 8,
        "kind": 2,
        "amount_fen": 12,
        "original_date": 8,
        "original_reference": 12,
        "original_voucher": 6,
        "check": 3,
    }
)
_RESPONSE_COLUMNS: Mapping[str, int] = MappingProxyType(
    {
        "code": 2,
        "bank": 4,
        "card": 20,
        "voucher": 6,
        "amount_fen": 12,
        "message": 40,
        "merchant": 15,
        "terminal": 8,
        "batch": 6,
        "date": 4,
        "time": 6,
        "reference": 12,
        "auth_code": 6,
        "settled_on": 4,
        "check": 3,
    }
)


class BadRecordError(ValueError):
    """Bytes that are not a record; the text never quotes them."""


class Kind(StrEnum):
    """What the till asks for."""

    SALE = "00"
    VOID = "01"
    REFUND = "02"
    BALANCE = "03"
    REPRINT = "04"
    """the entry with the given voucher, the last one without"""
    SIGN_ON = "05"
    SETTLE = "06"


class ResultCode(StrEnum):
    """Two characters of an answer.

    `00` is public; the others are the codes of card networks (ISO 8583, UnionPay) as generally
    known, to be checked against the terminal at hand.
    """

    SUCCESS = "00"
    CARD_REFUSED = "05"
    IN_PROGRESS = "09"
    INVALID = "12"
    UNKNOWN_CARD = "14"
    CUSTOMER_CANCELLED = "17"
    NO_SUCH_ENTRY = "25"
    FORMAT = "30"
    INSUFFICIENT_FUNDS = "51"
    EXPIRED_CARD = "54"
    WRONG_PIN = "55"
    ABOVE_LIMIT = "61"
    ANSWER_TOO_LATE = "68"
    TOO_MANY_PINS = "75"
    SIGN_ON_NEEDED = "77"
    HOST_AWAY = "91"
    ALREADY_DONE = "94"
    NO_ANSWER_FROM_BANK = "98"
    CUSTOMER_TOO_SLOW = "TO"


@dataclass(frozen=True, slots=True)
class Request:
    """What the till sends.

    Args:
        kind: what for.
        amount_fen: 0 where the kind has no amount.
        till: number of the till, up to 8 ASCII characters.
        operator: who sells, up to 8 ASCII characters.
        original_date: YYYYMMDD of the sale, for a refund.
        original_reference: bank's reference of the sale, for a refund.
        original_voucher: of the sale for a void, of the entry for a reprint.
        check: three digits made up for this request, 100 to 999.
    """

    kind: Kind
    amount_fen: int = 0
    till: str = ""
    operator: str = ""
    original_date: str = ""
    original_reference: str = ""
    original_voucher: str = ""
    check: str = "100"


@dataclass(frozen=True, slots=True)
class Response:
    """What the terminal answers; columns it leaves blank are empty, amounts 0.

    Args:
        code: `00` for success; see `ResultCode`.
        check: the request's three digits.
        bank: of the card.
        card: number, masked by the terminal to six and four digits.
        voucher: six digits, the terminal's trace number.
        amount_fen: as booked.
        message: for people, up to 40 GBK bytes.
        merchant: number of the merchant.
        terminal: number of the terminal.
        batch: six digits.
        date: MMDD.
        time: HHMMSS.
        reference: bank's reference number.
        auth_code: authorisation of the card's bank.
        settled_on: MMDD.
    """

    code: str
    check: str
    bank: str = ""
    card: str = ""
    voucher: str = ""
    amount_fen: int = 0
    message: str = ""
    merchant: str = ""
    terminal: str = ""
    batch: str = ""
    date: str = ""
    time: str = ""
    reference: str = ""
    auth_code: str = ""
    settled_on: str = ""

    def __repr__(self) -> str:
        return f"Response(code={self.code!r}, voucher={self.voucher!r})"


def encode_request(request: Request) -> bytes:
    """The 59 bytes."""
    return _join(request, _REQUEST_COLUMNS)


def decode_request(data: bytes) -> Request:
    """Read the 59 bytes.

    Raises:
        BadRecordError: another length, or columns that no till fills like this.
    """
    texts = _split(data, _REQUEST_COLUMNS, REQUEST_BYTES)
    try:
        kind = Kind(texts.pop("kind"))
    except ValueError:
        raise BadRecordError("an unknown kind of request") from None
    return Request(
        kind=kind, amount_fen=_amount(texts.pop("amount_fen")), check=_check(texts), **texts
    )


def encode_response(response: Response) -> bytes:
    """The 148 bytes; a message too long is cut at a whole character."""
    return _join(response, _RESPONSE_COLUMNS)


def decode_response(data: bytes) -> Response:
    """Read the 148 bytes.

    Raises:
        BadRecordError: another length, or columns that no terminal fills like this.
    """
    texts = _split(data, _RESPONSE_COLUMNS, RESPONSE_BYTES)
    if len(texts["code"]) != 2 or not (texts["code"].isascii() and texts["code"].isalnum()):
        raise BadRecordError("no result code")
    for key in ("voucher", "batch"):
        if texts[key] and not _digits(texts[key], 6):
            raise BadRecordError(f"a {key} that is not six digits")
    return Response(amount_fen=_amount(texts.pop("amount_fen")), check=_check(texts), **texts)


def _join(record: Request | Response, columns: Mapping[str, int]) -> bytes:
    values = {one.name: getattr(record, one.name) for one in fields(record)}
    return b"".join(_column(values[key], width) for key, width in columns.items())


def _column(value: str | int, width: int) -> bytes:
    if isinstance(value, int):
        assert 0 <= value <= LARGEST_FEN, "an amount that no record holds"
        return b"%0*d" % (width, value)
    data = value.encode("gbk", errors="replace")
    if len(data) > width:
        data = data[:width].decode("gbk", errors="ignore").encode("gbk")
    return data.ljust(width)


def _split(data: bytes, columns: Mapping[str, int], length: int) -> dict[str, str]:
    if len(data) != length:
        raise BadRecordError(f"a record of {len(data)} bytes, not {length}")
    texts, start = {}, 0
    for key, width in columns.items():
        column = data[start : start + width]
        start += width
        # A message cut in the middle of a character must not cost the answer (hardware facts 4.4).
        texts[key] = column.decode("gbk", errors="replace").strip(" \0")
    return texts


def _check(texts: dict[str, str]) -> str:
    check = texts.pop("check")
    if not _digits(check, 3):
        raise BadRecordError("check digits that are not three digits")
    return check


def _amount(text: str) -> int:
    if not text:
        return 0
    if not _digits(text, 12):
        raise BadRecordError("an amount that is not twelve digits")
    return int(text)


def _digits(text: str, count: int) -> bool:
    return len(text) == count and text.isascii() and text.isdigit()
