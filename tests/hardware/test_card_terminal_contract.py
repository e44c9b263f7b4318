"""What every card terminal promises, over an ideal, a slow and a faulty line.

The terminal under test is the driver; what it sells on is the simulator at the wire, or, with the
marker `hardware`, whatever hangs on the port that KIOSK_TERMINAL_PORT names.
"""

import os
import threading
from collections.abc import Callable, Iterator

import pytest

from hardware.codecs.mispos import Kind
from hardware.drivers.uart.card_terminal import MisPosCardTerminal
from hardware.errors import NotConnectedError
from hardware.interfaces.card_terminal import (
    Approved,
    CardOrder,
    Charged,
    Declined,
    DeclineReason,
    Doubt,
    GivenBack,
    NotCharged,
    NotGivenBack,
    NothingToGiveBack,
    Settled,
    SignedOn,
    Unknown,
)
from hardware.simulators.card_terminal import CardTerminalSimulator
from hardware.simulators.terminal_book import YEAR
from hardware.status import DeviceState
from tests.kit.card_terminal_bed import NEVER, QUICK, TerminalBed
from tests.kit.patience import PATIENCE_S, until


@pytest.fixture(params=["ideal", "slow and fragmented", "faulty"])
def bed(request: pytest.FixtureRequest) -> Iterator[TerminalBed]:
    slow = request.param == "slow and fragmented"
    peer = CardTerminalSimulator("terminal", {"baudrate": 115200}, paced=slow)
    peer.misbehaviour.customer_delay_ms = 0
    options = {**QUICK, **peer.start()}
    terminal = MisPosCardTerminal("terminal", options)
    terminal.open()
    if slow:
        peer.misbehaviour.customer_delay_ms = 50
        peer.misbehaviour.fragmented = True
    elif request.param == "faulty":
        peer.misbehaviour.noise = True
        peer.misbehaviour.wrong_lrcs = 1
    bed = TerminalBed(terminal, peer, options)
    yield bed
    bed.terminal.close()
    peer.stop()


def test_it_says_who_and_how_it_is(bed: TerminalBed) -> None:
    assert bed.terminal.identity().model == "MIS-POS"
    assert bed.terminal.status().state is DeviceState.ONLINE
    bed.terminal.reset()
    assert bed.terminal.sign_on(NEVER) == SignedOn()


def test_a_sale_is_charged_once_and_told_with_everything_a_slip_needs(bed: TerminalBed) -> None:
    outcome = bed.sold()
    charge = outcome.charge
    assert (charge.amount_fen, charge.place.voucher) == (1500, 1)
    assert charge.reference
    assert charge.auth_code
    assert charge.card_masked == "622848******0018"
    assert "622848" not in repr(outcome)
    assert bed.peer.book.taken_fen == 1500
    assert outcome.others == ()


@pytest.mark.parametrize(
    ("customer", "reason"),
    [
        ("cancels", DeclineReason.CANCELLED_BY_CUSTOMER),
        ("walks_away", DeclineReason.CUSTOMER_TOO_SLOW),
        ("forgets_pin", DeclineReason.WRONG_PIN),
        ("lacks_money", DeclineReason.INSUFFICIENT_FUNDS),
        ("has_expired_card", DeclineReason.CARD_REFUSED),
    ],
)
def test_a_decline_says_why_and_takes_nothing(
    bed: TerminalBed, customer: str, reason: DeclineReason
) -> None:
    bed.peer.misbehaviour.customer = customer
    order = bed.order()
    outcome = bed.terminal.sale(order, NEVER)
    assert isinstance(outcome, Declined)
    assert outcome.reason is reason
    assert bed.peer.book.taken_fen == 0
    assert bed.terminal.query(order, NEVER) == NotCharged()


def test_a_declined_order_may_be_paid_with_another_card(bed: TerminalBed) -> None:
    bed.peer.misbehaviour.customer = "lacks_money"
    order = bed.order()
    assert isinstance(bed.terminal.sale(order, NEVER), Declined)
    bed.peer.misbehaviour.customer = "pays"
    outcome = bed.terminal.sale(order, NEVER)
    assert isinstance(outcome, Approved)
    assert bed.terminal.query(order, NEVER) == Charged(outcome.charge)
    assert bed.peer.book.taken_fen == 1500


def test_the_bank_away_is_a_decline(bed: TerminalBed) -> None:
    bed.peer.misbehaviour.host_away = True
    outcome = bed.terminal.sale(bed.order(), NEVER)
    assert isinstance(outcome, Declined)
    assert outcome.reason is DeclineReason.HOST_AWAY


def test_a_terminal_without_keys_asks_for_a_sign_on_and_sells_then(bed: TerminalBed) -> None:
    bed.peer.sign_off()
    order = bed.order()
    outcome = bed.terminal.sale(order, NEVER)
    assert isinstance(outcome, Declined)
    assert outcome.reason is DeclineReason.SIGN_ON_NEEDED
    assert bed.terminal.status().detail == "signOnNeeded"
    assert bed.terminal.sign_on(NEVER) == SignedOn()
    assert bed.terminal.status().detail == ""
    assert isinstance(bed.terminal.sale(order, NEVER), Approved)


def test_an_order_is_found_by_its_key_among_others(bed: TerminalBed) -> None:
    first = bed.order("order-1")
    paid = bed.terminal.sale(first, NEVER)
    assert isinstance(paid, Approved)
    second = bed.order("order-2")
    assert bed.terminal.query(second, NEVER) == NotCharged()
    assert bed.terminal.query(first, NEVER) == Charged(paid.charge)


def test_a_reply_lost_after_the_charge_is_unknown_and_found_after_a_restart(
    bed: TerminalBed,
) -> None:
    order = bed.order()
    bed.peer.misbehaviour.lost_replies = 1
    assert bed.terminal.sale(order, NEVER) == Unknown(Doubt.SILENCE)
    bed.restart()
    found = bed.terminal.query(order, NEVER)
    assert isinstance(found, Charged)
    assert found.charge.amount_fen == 1500
    assert bed.peer.book.taken_fen == 1500


def test_silence_without_a_charge_is_unknown_and_then_surely_not_charged(bed: TerminalBed) -> None:
    order = bed.order()
    bed.peer.misbehaviour.silent_after_ack = 1
    assert bed.terminal.sale(order, NEVER) == Unknown(Doubt.SILENCE)
    bed.restart()
    assert bed.terminal.query(order, NEVER) == NotCharged()


def test_while_the_customer_stands_there_nothing_is_sure(bed: TerminalBed) -> None:
    order = bed.order()
    bed.peer.misbehaviour.customer_delay_ms = 60_000
    cancel, outcomes = threading.Event(), list[object]()
    thread = threading.Thread(target=lambda: outcomes.append(bed.terminal.sale(order, cancel)))
    thread.start()
    until(lambda: bed.peer.busy)
    cancel.set()
    thread.join(PATIENCE_S)
    assert outcomes == [Unknown(Doubt.WITHDRAWN)]
    bed.restart()
    assert bed.terminal.status().state is DeviceState.DEVICE_BUSY
    assert bed.terminal.query(order, NEVER) == Unknown(Doubt.BUSY)
    assert bed.terminal.cancel_order(order, NEVER) == Unknown(Doubt.BUSY)
    bed.peer.hurry_customer()
    until(lambda: not bed.peer.busy)
    assert isinstance(bed.terminal.query(order, NEVER), Charged)
    assert isinstance(bed.terminal.cancel_order(order, NEVER), GivenBack)
    assert bed.peer.book.taken_fen == 0


def test_a_cancelled_order_costs_nothing_and_is_never_sold_again(bed: TerminalBed) -> None:
    order = bed.order()
    assert bed.terminal.cancel_order(order, NEVER) == NothingToGiveBack()
    outcome = bed.terminal.sale(order, NEVER)
    assert isinstance(outcome, Declined)
    assert outcome.reason is DeclineReason.ORDER_CANCELLED
    assert bed.peer.book.entries == ()


def test_a_charged_order_is_cancelled_once_however_often_it_is_asked(bed: TerminalBed) -> None:
    order = bed.order()
    assert isinstance(bed.terminal.sale(order, NEVER), Approved)
    first = bed.terminal.cancel_order(order, NEVER)
    assert isinstance(first, GivenBack)
    assert (first.amount_fen, len(first.by)) == (1500, 1)
    bed.restart()
    assert bed.terminal.cancel_order(order, NEVER) == GivenBack(1500)
    assert bed.peer.book.taken_fen == 0
    assert [one.kind for one in bed.peer.book.entries] == [Kind.SALE, Kind.VOID]


def test_a_void_whose_answer_was_lost_is_not_made_twice(bed: TerminalBed) -> None:
    charge = bed.sold().charge
    bed.peer.misbehaviour.lost_replies = 1
    assert bed.terminal.void(charge, NEVER) == Unknown(Doubt.SILENCE)
    bed.restart()
    assert bed.terminal.void(charge, NEVER) == GivenBack(1500)
    assert bed.peer.book.taken_fen == 0


def test_after_settlement_a_charge_is_refunded_once(bed: TerminalBed) -> None:
    order = bed.order()
    paid = bed.terminal.sale(order, NEVER)
    assert isinstance(paid, Approved)
    assert bed.terminal.settle(NEVER) == Settled()
    assert bed.terminal.query(order, NEVER) == Unknown(Doubt.BATCH_CLOSED)
    assert isinstance(bed.terminal.void(paid.charge, NEVER), NotGivenBack)
    refunded = bed.terminal.refund(paid.charge, YEAR, NEVER)
    assert isinstance(refunded, GivenBack)
    assert bed.terminal.refund(paid.charge, YEAR, NEVER) == GivenBack(1500)
    assert bed.peer.book.taken_fen == 0


def test_a_second_charge_for_the_same_order_is_told_and_given_back_with_the_first(
    bed: TerminalBed,
) -> None:
    order = bed.order()
    bed.peer.misbehaviour.double_charges = 1
    outcome = bed.terminal.sale(order, NEVER)
    assert isinstance(outcome, Approved)
    assert len(outcome.others) == 1
    assert bed.peer.book.taken_fen == 3000
    back = bed.terminal.cancel_order(order, NEVER)
    assert isinstance(back, GivenBack)
    assert back.amount_fen == 3000
    assert bed.peer.book.taken_fen == 0


def lost_while_paying(bed: TerminalBed, lose: Callable[[], None]) -> CardOrder:
    """The line is lost while the customer looks for a card; the order that is in doubt."""
    order = bed.order()
    bed.peer.misbehaviour.customer_delay_ms = 60_000
    outcomes = list[object]()
    thread = threading.Thread(target=lambda: outcomes.append(bed.terminal.sale(order, NEVER)))
    thread.start()
    until(lambda: bed.peer.busy)
    lose()
    thread.join(PATIENCE_S)
    assert outcomes == [Unknown(Doubt.LINK_LOST)]
    return order


def test_the_cable_pulled_while_the_customer_pays(bed: TerminalBed) -> None:
    order = lost_while_paying(bed, bed.peer.unplug)
    assert bed.terminal.query(order, NEVER) == Unknown(Doubt.LINK_LOST)
    assert bed.terminal.status().state is DeviceState.NO_DEVICE
    with pytest.raises(NotConnectedError):
        bed.terminal.open()
    bed.peer.hurry_customer()
    until(lambda: not bed.peer.busy)
    bed.peer.plug()
    bed.terminal.open()
    assert isinstance(bed.terminal.query(order, NEVER), Charged)


def test_power_lost_before_the_bank_was_asked_takes_nothing(bed: TerminalBed) -> None:
    order = lost_while_paying(bed, bed.peer.stop)
    bed.options = {**QUICK, **bed.peer.start()}
    bed.restart()
    assert bed.terminal.query(order, NEVER) == NotCharged()


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_TERMINAL_PORT" not in os.environ, reason="KIOSK_TERMINAL_PORT not set")
def test_a_real_terminal_signs_on_sells_one_fen_and_gives_it_back() -> None:
    terminal = MisPosCardTerminal("terminal", {"port": os.environ["KIOSK_TERMINAL_PORT"]})
    terminal.open()
    assert terminal.sign_on(NEVER) == SignedOn()
    order = terminal.open_order("order-1", 1, NEVER)
    assert isinstance(order, CardOrder)
    assert isinstance(terminal.sale(order, NEVER), Approved)
    assert isinstance(terminal.cancel_order(order, NEVER), GivenBack)
    assert isinstance(terminal.cancel_order(order, NEVER), GivenBack)
    terminal.close()
