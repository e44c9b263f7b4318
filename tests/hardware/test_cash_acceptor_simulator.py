"""The simulated cash acceptor without the driver: its knobs, their words, and its box."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from hardware.codecs.ccnet import Command, State, request
from hardware.simulators.base import KnobKind
from hardware.simulators.cash_acceptor import CashAcceptorSimulator
from hardware.simulators.cash_box import CashBox
from hardware.simulators.ccnet_machine import CcnetMachine

LOCALES = Path(__file__).resolve().parents[2] / "locales"


def test_every_knob_turns_and_stays_as_it_was_set() -> None:
    peer = CashAcceptorSimulator("cash", {}, CcnetMachine)
    peer.start()
    for knob in peer.knobs():
        if knob.kind is KnobKind.SWITCH:
            knob.set(True)
            assert knob.get() is True, knob.key
            knob.set(False)
            assert knob.get() is False, knob.key
        elif knob.kind is KnobKind.NUMBER:
            knob.set(7)
            assert knob.get() == 7, knob.key
        else:
            knob.set(None)
    # Nobody wanted the notes that the knobs held to the mouth.
    assert peer.box.returned == [100, 500, 1000, 2000, 5000, 10_000]
    assert peer.pictures() == ()
    peer.stop()


@pytest.mark.parametrize("language", ["zh_CN", "en", "zh_Hant"])
def test_every_knob_has_a_name_on_the_bench(language: str) -> None:
    path = LOCALES / language / "LC_MESSAGES" / "bench_cash_acceptor.po"
    with path.open("rb") as file:
        named = {message.id for message in read_po(file) if message.string}
    knobs = CashAcceptorSimulator("cash", {}, CcnetMachine).knobs()
    wanted = {"bench.cash_acceptor.title", *(knob.label_key for knob in knobs)}
    assert wanted == named - {""}


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
