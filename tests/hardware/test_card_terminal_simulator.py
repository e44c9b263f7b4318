"""The simulated terminal without the driver: its knobs, its words and its book."""

from hardware.codecs.mispos import Kind, Request, ResultCode
from hardware.simulators.card_terminal import CardTerminalSimulator
from hardware.simulators.terminal_book import DAY, YEAR, TerminalBook


def test_the_book_outlives_terminal_and_driver() -> None:
    book = TerminalBook()
    book.obey(Request(Kind.SALE, 1500))
    second = CardTerminalSimulator("terminal", {}, book=book)
    assert second.book.taken_fen == 1500


def test_a_book_gives_back_a_sale_once_and_only_a_sale() -> None:
    book = TerminalBook()
    sale = book.obey(Request(Kind.SALE, 1500))
    void = Request(Kind.VOID, 1500, original_voucher=sale.voucher)
    other_amount = Request(Kind.VOID, 1, original_voucher=sale.voucher)
    assert book.obey(other_amount).code == ResultCode.INVALID
    voided = book.obey(void)
    assert voided.code == ResultCode.SUCCESS
    assert book.obey(void).code == ResultCode.ALREADY_DONE
    void_of_void = Request(Kind.VOID, 1500, original_voucher=voided.voucher)
    assert book.obey(void_of_void).code == ResultCode.INVALID
    assert book.taken_fen == 0


def test_a_settled_sale_is_refunded_by_day_and_reference() -> None:
    book = TerminalBook()
    sale = book.obey(Request(Kind.SALE, 1500))
    book.obey(Request(Kind.SETTLE))
    void = Request(Kind.VOID, 1500, original_voucher=sale.voucher)
    assert book.obey(void).code == ResultCode.NO_SUCH_ENTRY
    day = f"{YEAR}{DAY}"
    refund = Request(Kind.REFUND, 1500, original_date=day, original_reference=sale.reference)
    assert book.obey(refund).code == ResultCode.SUCCESS
    assert book.obey(refund).code == ResultCode.ALREADY_DONE
    assert book.taken_fen == 0


def test_balance_is_not_modelled_and_says_so() -> None:
    assert TerminalBook().obey(Request(Kind.BALANCE)).code == ResultCode.INVALID
