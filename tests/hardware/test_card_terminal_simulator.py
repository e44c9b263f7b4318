"""The simulated terminal without the driver: its knobs, its words and its book."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hardware.codecs.mispos import Kind, Request, ResultCode
from hardware.simulators.base import KnobKind
from hardware.simulators.card_terminal import CardTerminalSimulator
from hardware.simulators.terminal_book import DAY, YEAR, TerminalBook

LOCALES = Path(__file__).resolve().parents[2] / "locales"


def test_every_knob_turns_and_stays_as_it_was_set() -> None:
    peer = CardTerminalSimulator("terminal", {})
    peer.start()
    knobs = {knob.key: knob for knob in peer.knobs()}
    for knob in knobs.values():
        if knob.kind is KnobKind.SWITCH:
            knob.set(True)
            assert knob.get() is True, knob.key
            knob.set(False)
            assert knob.get() is False, knob.key
        elif knob.kind is KnobKind.NUMBER:
            knob.set(7)
            assert knob.get() == 7, knob.key
            knob.set(-1)
            assert knob.get() == 0, knob.key
        elif knob.kind is KnobKind.CHOICE:
            for choice in knob.choices:
                knob.set(choice.value)
                assert knob.get() == choice.value
            knob.set("nobody")
            assert knob.get() != "nobody"
        else:
            knob.set(None)
    assert not peer.book.signed_on
    assert peer.pictures() == ()
    peer.stop()


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_Hant"])
def test_every_knob_has_a_name_on_the_bench(language: str) -> None:
    path = LOCALES / language / "LC_MESSAGES" / "bench_card_terminal.po"
    with path.open("rb") as file:
        named = {message.id for message in read_po(file) if message.string}
    wanted = {"bench.card_terminal.title"}
    for knob in CardTerminalSimulator("terminal", {}).knobs():
        wanted |= {knob.label_key, *(choice.label_key for choice in knob.choices)}
    assert wanted == named - {""}


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
