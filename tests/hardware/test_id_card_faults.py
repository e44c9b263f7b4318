"""What goes wrong between driver and reader, fault by fault."""

import logging
import os
import threading
import tty
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from hardware.codecs.samv import Command, FrameParser, Reply, Sw3, encode_reply
from hardware.drivers.uart.id_card_reader import SamVIdCardReader
from hardware.errors import (
    DeviceError,
    NoAnswerError,
    NotConnectedError,
    ProtocolError,
    RefusedError,
)
from hardware.interfaces.id_card_reader import CardTrouble
from hardware.settings import Options
from hardware.simulators.id_card_reader import IdCardReaderSimulator
from hardware.simulators.people import people
from hardware.simulators.people.portrait import unpack
from hardware.simulators.wire import PtyPeer
from hardware.status import DeviceState
from hardware.timing import monotonic_s

QUICK = {
    "answer_timeout_s": 0.1,
    "read_timeout_s": 0.2,
    "gap_timeout_s": 0.05,
    "poll_interval_s": 0.01,
}


@pytest.fixture
def peer() -> Iterator[IdCardReaderSimulator]:
    peer = IdCardReaderSimulator("reader", {}, paced=False)
    peer.misbehaviour.card_delay_ms = 0
    yield peer
    peer.stop()


@pytest.fixture
def options(peer: IdCardReaderSimulator) -> Options:
    return {**QUICK, **peer.start()}


@pytest.fixture
def reader(options: Options) -> Iterator[SamVIdCardReader]:
    reader = SamVIdCardReader("reader", options, unpack)
    reader.open()
    yield reader
    reader.close()


class Scripted:
    """A reader that gives each command the status it is told to, and otherwise works."""

    def __init__(self, statuses: dict[Command, int]) -> None:
        self.statuses = statuses
        self.asked: list[Command] = []
        self._parser = FrameParser()

    def __call__(self, data: bytes) -> bytes:
        self._parser.feed(data)
        answers = b""
        while (body := self._parser.next_body()) is not None:
            command = Command(body[:2])
            self.asked.append(command)
            good = Sw3.CARD_FOUND if command is Command.FIND_CARD else Sw3.SUCCESS
            data = bytes(16) if command is Command.READ_SAM_NUMBER else b""
            answers += encode_reply(Reply(self.statuses.get(command, good), data))
        return answers


@pytest.fixture
def scripted() -> Iterator[tuple[Scripted, SamVIdCardReader]]:
    with ExitStack() as stack:
        script = Scripted({})
        wire = PtyPeer(script, name="scripted")
        stack.callback(wire.stop)
        reader = SamVIdCardReader("reader", {**QUICK, "port": wire.start()})
        stack.callback(reader.close)
        yield script, reader


def read(reader: SamVIdCardReader) -> object:
    return reader.read_card(threading.Event(), lambda: None)


def test_a_reader_that_falls_silent_is_no_answer_not_a_missing_card(
    peer: IdCardReaderSimulator, reader: SamVIdCardReader
) -> None:
    peer.misbehaviour.silent = True
    with pytest.raises(NoAnswerError, match="FIND_CARD: silence"):
        read(reader)
    assert reader.status().state is DeviceState.OFFLINE
    peer.misbehaviour.silent = False
    assert reader.status().state is DeviceState.ONLINE
    peer.lay("adult")
    assert read(reader) == people()["adult"].card


def test_the_rest_of_a_cut_off_answer_is_not_awaited_for_long(
    peer: IdCardReaderSimulator, options: Options
) -> None:
    reader = SamVIdCardReader("reader", {**options, "read_timeout_s": 20.0})
    reader.open()
    peer.lay("adult")
    peer.misbehaviour.pull_after_bytes = 100
    began_s = monotonic_s()
    assert read(reader) is CardTrouble.MOVED
    assert monotonic_s() - began_s < 10
    reader.close()


def test_late_answers_to_earlier_commands_are_not_taken_for_new_ones(
    peer: IdCardReaderSimulator, reader: SamVIdCardReader
) -> None:
    peer.misbehaviour.stale_answers = True
    peer.lay("adult")
    # Every answer now comes behind a copy of the one before, so no reading can be trusted.
    assert read(reader) in (CardTrouble.UNREADABLE, CardTrouble.MOVED)
    peer.misbehaviour.stale_answers = False
    assert read(reader) == people()["adult"].card


def test_a_module_that_failed_its_self_test_is_broken(
    peer: IdCardReaderSimulator, reader: SamVIdCardReader
) -> None:
    peer.misbehaviour.self_test_fails = True
    status = reader.status()
    assert status.state is DeviceState.HARDWARE_ERROR
    assert status.detail == "selfTestFailed"
    with pytest.raises(RefusedError, match="selfTestFailed"):
        read(reader)
    with pytest.raises(RefusedError):
        reader.reset()
    reader.close()
    with pytest.raises(RefusedError):
        reader.open()


@pytest.mark.parametrize(
    ("step", "sw3", "outcome"),
    [
        (Command.SELECT_CARD, Sw3.CARD_REJECTS_READER, CardTrouble.NOT_AUTHENTIC),
        (Command.SELECT_CARD, Sw3.READER_REJECTS_CARD, CardTrouble.NOT_AUTHENTIC),
        (Command.READ_TEXT_AND_PHOTO, Sw3.VERIFICATION_FAILED, CardTrouble.NOT_AUTHENTIC),
        (Command.READ_TEXT_AND_PHOTO, Sw3.WRONG_CARD_TYPE, CardTrouble.NOT_AN_ID_CARD),
        (Command.READ_TEXT_AND_PHOTO, Sw3.READ_FAILED, CardTrouble.UNREADABLE),
        (Command.SELECT_CARD, Sw3.SELECT_FAILED, CardTrouble.UNREADABLE),
        (Command.SELECT_CARD, Sw3.RANDOM_NUMBER_FAILED, CardTrouble.UNREADABLE),
        (Command.READ_TEXT_AND_PHOTO, Sw3.NO_SUCH_ITEM, CardTrouble.UNREADABLE),
        (Command.READ_TEXT_AND_PHOTO, 0x77, CardTrouble.UNREADABLE),
        (Command.READ_TEXT_AND_PHOTO, Sw3.SUCCESS, CardTrouble.UNREADABLE),
    ],
)
def test_each_status_is_the_trouble_it_means(
    scripted: tuple[Scripted, SamVIdCardReader], step: Command, sw3: int, outcome: CardTrouble
) -> None:
    script, reader = scripted
    reader.open()
    script.statuses[step] = sw3
    assert read(reader) is outcome
    tries = 3 if outcome is CardTrouble.UNREADABLE else 1
    assert script.asked.count(step) == tries


@pytest.mark.parametrize(
    ("sw3", "error"),
    [
        (Sw3.COMMAND_WRONG, RefusedError),
        (Sw3.NOT_PERMITTED, RefusedError),
        (Sw3.SELF_TEST_FAILED, RefusedError),
        (Sw3.NOT_AUTHORISED, RefusedError),
        (Sw3.NOT_RECOGNISED, RefusedError),
    ],
)
def test_each_status_of_a_broken_module_is_an_error(
    scripted: tuple[Scripted, SamVIdCardReader], sw3: int, error: type[DeviceError]
) -> None:
    script, reader = scripted
    reader.open()
    script.statuses[Command.READ_TEXT_AND_PHOTO] = sw3
    with pytest.raises(error):
        read(reader)


def test_a_request_that_arrives_garbled_is_sent_again(
    scripted: tuple[Scripted, SamVIdCardReader],
) -> None:
    script, reader = scripted
    reader.open()
    script.statuses[Command.FIND_CARD] = Sw3.REQUEST_CHECKSUM_WRONG
    with pytest.raises(ProtocolError):
        read(reader)
    assert script.asked.count(Command.FIND_CARD) == 9


def test_a_module_without_the_radio_command_opens_all_the_same(
    scripted: tuple[Scripted, SamVIdCardReader],
) -> None:
    script, reader = scripted
    script.statuses[Command.SET_MAX_RF_BYTES] = Sw3.COMMAND_WRONG
    reader.open()
    assert reader.status().state is DeviceState.ONLINE


def test_a_port_that_is_not_there_is_not_connected() -> None:
    reader = SamVIdCardReader("reader", {"port": "/nonexistent/port"})
    with pytest.raises(NotConnectedError, match="cannot open the port"):
        reader.open()
    assert reader.status().state is DeviceState.NO_DEVICE
    reader.close()


def test_a_port_on_which_nobody_speaks_is_no_answer() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    reader = SamVIdCardReader("reader", {**QUICK, "port": os.ttyname(slave)})
    with pytest.raises(NoAnswerError):
        reader.open()
    assert reader.status().state is DeviceState.NO_DEVICE
    os.close(slave)
    os.close(master)


def test_a_port_that_another_driver_holds_is_not_taken(
    options: Options, reader: SamVIdCardReader
) -> None:
    second = SamVIdCardReader("second", options)
    with pytest.raises(NotConnectedError):
        second.open()
    assert reader.status().state is DeviceState.ONLINE


def test_nothing_of_a_card_is_ever_logged(
    peer: IdCardReaderSimulator, reader: SamVIdCardReader, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        peer.lay("adult")
        read(reader)
        peer.misbehaviour.wrong_checksums = 2
        read(reader)
        peer.misbehaviour.authentication_fails = True
        read(reader)
    card = people()["adult"].card
    for personal in (card.name, card.number, card.birth, card.address):
        assert personal not in caplog.text
    assert "try 2" in caplog.text
    assert "not_authentic" in caplog.text
