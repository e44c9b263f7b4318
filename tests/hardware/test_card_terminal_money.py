"""Whatever goes wrong on the line, what the driver says of the money is true."""

from contextlib import ExitStack

from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.drivers.uart.card_terminal import MisPosCardTerminal
from hardware.interfaces.card_terminal import (
    Approved,
    CardOrder,
    Charged,
    Declined,
    GivenBack,
    NotCharged,
    NothingToGiveBack,
)
from hardware.simulators.card_terminal import CardTerminalSimulator
from hardware.simulators.mispos_machine import CUSTOMERS
from tests.kit.card_terminal_bed import NEVER

QUICK = {
    "receipt_timeout_s": 0.05,
    "answer_timeout_s": 0.3,
    "bank_timeout_s": 0.3,
    "customer_timeout_s": 0.1,
    "gap_timeout_s": 0.03,
}
WRONG = (
    "silent_after_ack",
    "lost_replies",
    "lost_acks",
    "acks_as_naks",
    "naks",
    "garbage_replies",
    "cut_replies",
    "wrong_lrcs",
    "stale_replies",
    "wrong_amounts",
)


@given(
    faults=st.lists(st.sampled_from(WRONG), max_size=5),
    customer=st.sampled_from(tuple(CUSTOMERS)),
    restarts=st.booleans(),
    goes_on=st.booleans(),
)
@settings(max_examples=60)
def test_whatever_goes_wrong_what_is_said_of_the_money_is_true(
    faults: list[str], customer: str, restarts: bool, goes_on: bool
) -> None:
    with ExitStack() as stack:
        peer = CardTerminalSimulator("terminal", {}, paced=False)
        stack.callback(peer.stop)
        peer.misbehaviour.customer_delay_ms = 0
        options = {**QUICK, **peer.start()}
        terminal = MisPosCardTerminal("terminal", options)
        terminal.open()
        order = terminal.open_order("order-1", 1500, NEVER)
        assert isinstance(order, CardOrder)
        peer.misbehaviour.customer = customer
        for fault in faults:
            setattr(peer.misbehaviour, fault, getattr(peer.misbehaviour, fault) + 1)
        outcome = terminal.sale(order, NEVER)
        if restarts:
            terminal.close()
            terminal = MisPosCardTerminal("terminal", options)
            terminal.open()
        stack.callback(terminal.close)
        if not goes_on:
            for fault in faults:
                setattr(peer.misbehaviour, fault, 0)
        answer = terminal.query(order, NEVER)
        taken_fen = peer.book.taken_fen
        assert taken_fen in (0, 1500)
        if isinstance(outcome, Approved) or isinstance(answer, Charged):
            assert taken_fen == 1500
        if isinstance(outcome, Declined) or isinstance(answer, NotCharged):
            assert taken_fen == 0
        if not goes_on:
            assert isinstance(answer, Charged | NotCharged)
            assert isinstance(terminal.cancel_order(order, NEVER), GivenBack | NothingToGiveBack)
            assert peer.book.taken_fen == 0
