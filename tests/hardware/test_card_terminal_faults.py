"""What goes wrong between driver and card terminal, fault by fault, and where the money then is."""

import logging
import os
import threading
import tty
from collections.abc import Iterator

import pytest

from hardware.codecs.mispos import Kind, Request
from hardware.drivers.uart.card_terminal import MisPosCardTerminal
from hardware.errors import NoAnswerError, NotConnectedError, SettingsError
from hardware.interfaces.card_terminal import (
    Approved,
    BookPlace,
    CardOrder,
    Charged,
    Declined,
    DeclineReason,
    Doubt,
    GivenBack,
    NotCharged,
    SignedOn,
    Unknown,
)
from hardware.settings import Options
from hardware.simulators.card_terminal import CardTerminalSimulator
from hardware.status import DeviceState
from tests.kit.patience import PATIENCE_S, until

QUICK: Options = {
    "receipt_timeout_s": 0.15,
    "answer_timeout_s": 0.3,
    "bank_timeout_s": 0.3,
    "customer_timeout_s": 0.3,
    "gap_timeout_s": 0.03,
}
NEVER = threading.Event()


@pytest.fixture
def peer() -> Iterator[CardTerminalSimulator]:
    peer = CardTerminalSimulator("terminal", {}, paced=False)
    peer.misbehaviour.customer_delay_ms = 0
    yield peer
    peer.stop()


@pytest.fixture
def options(peer: CardTerminalSimulator) -> Options:
    return {**QUICK, **peer.start()}


@pytest.fixture
def terminal(options: Options) -> Iterator[MisPosCardTerminal]:
    terminal = MisPosCardTerminal("terminal", options)
    terminal.open()
    yield terminal
    terminal.close()


def order_of(terminal: MisPosCardTerminal, key: str = "order-1", fen: int = 1500) -> CardOrder:
    order = terminal.open_order(key, fen, NEVER)
    assert isinstance(order, CardOrder), order
    return order


def test_a_request_that_arrives_garbled_is_sent_again_after_a_look_at_the_book(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    peer.misbehaviour.naks = 1
    assert isinstance(terminal.sale(order, NEVER), Approved)
    assert peer.book.taken_fen == 1500


def test_a_receipt_garbled_into_a_refusal_charges_nobody_twice(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    peer.misbehaviour.acks_as_naks = 1
    outcome = terminal.sale(order, NEVER)
    assert isinstance(outcome, Approved | Unknown)
    # It may still be at it: whoever asks too early is told that it is busy.
    until(lambda: terminal.query(order, NEVER) != Unknown(Doubt.BUSY), PATIENCE_S)
    assert isinstance(terminal.query(order, NEVER), Charged)
    assert peer.book.taken_fen == 1500


def test_a_terminal_that_takes_no_request_is_not_reached(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    peer.misbehaviour.naks = 1000
    assert terminal.sale(order, NEVER) == Unknown(Doubt.SILENCE)
    peer.misbehaviour.naks = 0
    assert terminal.query(order, NEVER) == NotCharged()
    assert terminal.sign_on(NEVER) == SignedOn()


def test_an_answer_without_a_receipt_before_it_counts(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    peer.misbehaviour.lost_acks = 1
    assert isinstance(terminal.sale(order, NEVER), Approved)


@pytest.mark.parametrize("fault", ["garbage_replies", "cut_replies", "wrong_lrcs"])
def test_a_damaged_answer_is_asked_for_again_and_never_sold_again(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal, fault: str
) -> None:
    order = order_of(terminal)
    setattr(peer.misbehaviour, fault, 2)
    assert isinstance(terminal.sale(order, NEVER), Approved)
    other = order_of(terminal, "order-2")
    setattr(peer.misbehaviour, fault, 1000)
    assert terminal.sale(other, NEVER) == Unknown(Doubt.SILENCE)
    setattr(peer.misbehaviour, fault, 0)
    assert isinstance(terminal.query(other, NEVER), Charged)
    assert peer.book.taken_fen == 3000


def test_the_answer_to_an_earlier_order_is_not_taken_for_this_one(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    first = order_of(terminal)
    assert isinstance(terminal.sale(first, NEVER), Approved)
    second = order_of(terminal, "order-2")
    peer.misbehaviour.customer = "lacks_money"
    peer.misbehaviour.stale_replies = 1
    assert terminal.sale(second, NEVER) == Unknown(Doubt.SILENCE)
    assert terminal.query(second, NEVER) == NotCharged()
    assert peer.book.taken_fen == 1500


def test_another_amount_than_was_asked_for_is_never_called_paid(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    peer.misbehaviour.wrong_amounts = 1
    assert terminal.sale(order, NEVER) == Unknown(Doubt.CONTRADICTION)
    assert isinstance(terminal.query(order, NEVER), Charged)


def test_no_other_order_is_opened_while_one_is_in_doubt(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    peer.misbehaviour.lost_replies = 1
    assert isinstance(terminal.sale(order, NEVER), Unknown)
    refused = Declined(DeclineReason.EARLIER_ORDER_OPEN)
    assert terminal.open_order("order-2", 1500, NEVER) == refused
    assert terminal.settle(NEVER) == refused
    assert isinstance(terminal.query(order, NEVER), Charged)
    assert isinstance(terminal.open_order("order-2", 1500, NEVER), CardOrder)


def test_an_entry_of_another_amount_makes_the_book_a_contradiction_not_an_answer(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    peer.book.obey(Request(Kind.SALE, 9900))
    assert terminal.query(order, NEVER) == Unknown(Doubt.CONTRADICTION)
    assert terminal.cancel_order(order, NEVER) == Unknown(Doubt.CONTRADICTION)
    assert peer.book.taken_fen == 9900
    # Ours is still found beside it.
    peer.book.obey(Request(Kind.SALE, 1500))
    assert isinstance(terminal.query(order, NEVER), Charged)


def test_a_book_that_went_backwards_is_a_contradiction(
    terminal: MisPosCardTerminal,
) -> None:
    order = CardOrder("order-1", 1500, BookPlace("000001", 7))
    assert terminal.query(order, NEVER) == Unknown(Doubt.CONTRADICTION)


def test_a_terminal_that_falls_silent_is_offline_and_the_money_in_doubt(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    peer.misbehaviour.silent = True
    assert terminal.sale(order, NEVER) == Unknown(Doubt.SILENCE)
    assert terminal.status().state is DeviceState.OFFLINE
    assert terminal.query(order, NEVER) == Unknown(Doubt.SILENCE)
    with pytest.raises(NoAnswerError):
        terminal.reset()
    peer.misbehaviour.silent = False
    assert terminal.query(order, NEVER) == NotCharged()


def test_a_sale_on_a_closed_port_is_surely_none(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    order = order_of(terminal)
    terminal.close()
    outcome = terminal.sale(order, NEVER)
    assert outcome == Declined(DeclineReason.NOT_REACHED)
    assert terminal.open_order("order-2", 1, NEVER) == outcome
    assert terminal.sign_on(NEVER) == outcome
    assert peer.book.entries == ()


def test_a_withdrawn_sale_is_in_doubt_even_before_the_receipt(
    terminal: MisPosCardTerminal,
) -> None:
    order = order_of(terminal)
    cancel = threading.Event()
    cancel.set()
    assert terminal.sale(order, cancel) == Unknown(Doubt.WITHDRAWN)
    assert terminal.query(order, cancel) == Unknown(Doubt.WITHDRAWN)


def test_a_bank_away_refuses_sign_on_and_void(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal
) -> None:
    paid = terminal.sale(order_of(terminal), NEVER)
    assert isinstance(paid, Approved)
    peer.misbehaviour.host_away = True
    signed = terminal.sign_on(NEVER)
    assert isinstance(signed, Declined)
    assert signed.reason is DeclineReason.HOST_AWAY
    assert not isinstance(terminal.void(paid.charge, NEVER), GivenBack)
    peer.misbehaviour.host_away = False
    assert isinstance(terminal.void(paid.charge, NEVER), GivenBack)


def test_a_port_that_is_not_there_is_not_connected() -> None:
    terminal = MisPosCardTerminal("terminal", {"port": "/nonexistent/port"})
    with pytest.raises(NotConnectedError):
        terminal.open()
    assert terminal.status().state is DeviceState.NO_DEVICE


def test_a_port_on_which_nobody_speaks_is_no_answer() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    terminal = MisPosCardTerminal("terminal", {**QUICK, "port": os.ttyname(slave)})
    with pytest.raises(NoAnswerError):
        terminal.open()
    os.close(slave)
    os.close(master)


def test_every_wrong_option_is_named() -> None:
    options = {"baudrate": 300, "tries": 0, "till": "123456789", "operator": "收银", "prot": "x"}
    with pytest.raises(SettingsError) as caught:
        MisPosCardTerminal("terminal", options)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {f"devices.terminal.{key}" for key in ("port", *options)}


def test_no_card_is_ever_logged(
    peer: CardTerminalSimulator, terminal: MisPosCardTerminal, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    peer.misbehaviour.wrong_lrcs = 1
    assert isinstance(terminal.sale(order_of(terminal), NEVER), Approved)
    assert caplog.records
    assert "622848" not in caplog.text
