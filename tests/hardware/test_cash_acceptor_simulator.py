"""The simulated cash acceptor without the driver: its knobs, their words, and its box."""

from hardware.codecs.ccnet import Command, State, request
from hardware.simulators.base import KnobKind
from hardware.simulators.cash_acceptor import CashAcceptorSimulator
from hardware.simulators.cash_box import CashBox
from hardware.simulators.ccnet_machine import CcnetMachine


def test_notes_that_nobody_wants_come_back() -> None:
    peer = CashAcceptorSimulator("cash", {}, CcnetMachine)
    peer.start()
    for knob in peer.knobs():
        if knob.kind is KnobKind.ACTION:
            knob.set(None)
    assert peer.box.returned == [100, 500, 1000, 2000, 5000, 10_000]
    peer.stop()


def test_the_box_outlives_acceptor_and_driver() -> None:
    box = CashBox()
    box.take(2_000)
    second = CashAcceptorSimulator("cash", {}, CcnetMachine, box=box)
    assert second.box.total_fen == 2_000
    assert second.box.counts() == {2_000: 1}


def test_orders_it_cannot_obey_are_illegal_and_unknown_ones_too() -> None:
    machine = CcnetMachine(CashBox(), lambda _seconds: True, lambda _data: None)
    for command in (Command.STACK, Command.RETURN, Command.HOLD):
        [answer] = machine.answer(request(command))
        assert answer[3] == State.ILLEGAL_COMMAND
    [answer] = machine.answer(request(Command.POLL))
    assert answer[3] == State.POWER_UP
    [answer] = machine.answer(request(Command.POLL)[:-1] + b"\0")
    assert answer[3] == State.NAK
    assert list(machine.answer(request(Command.NAK))) == []
