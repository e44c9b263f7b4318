"""What every identity card reader promises, over an ideal, a slow and a faulty line.

The reader under test is the driver; what it reads from is the simulator at the wire, or, with the
marker `hardware`, whatever hangs on the port that KIOSK_READER_PORT names.
"""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from hardware.drivers.uart.id_card_reader import SamVIdCardReader
from hardware.errors import NotConnectedError
from hardware.interfaces.id_card_reader import CardTrouble, IdCard
from hardware.simulators.id_card_reader import IdCardReaderSimulator
from hardware.simulators.people import people
from hardware.simulators.people.portrait import unpack
from hardware.status import DeviceState
from tests.kit.patience import PATIENCE_S, until

QUICK = {
    "answer_timeout_s": 0.2,
    "read_timeout_s": 0.6,
    "gap_timeout_s": 0.1,
    "poll_interval_s": 0.01,
}


@dataclass
class Bed:
    """A reader and its far end."""

    reader: SamVIdCardReader
    peer: IdCardReaderSimulator

    def read(self, on_found: Callable[[], None] = lambda: None) -> IdCard | CardTrouble | None:
        return self.reader.read_card(threading.Event(), on_found)


@pytest.fixture(params=["ideal", "slow and fragmented", "faulty"])
def bed(request: pytest.FixtureRequest) -> Iterator[Bed]:
    slow = request.param == "slow and fragmented"
    peer = IdCardReaderSimulator("reader", {"baudrate": 115200}, paced=slow)
    peer.misbehaviour.card_delay_ms = 0
    reader = SamVIdCardReader("reader", {**QUICK, **peer.start()}, unpack)
    reader.open()
    if slow:
        peer.misbehaviour.card_delay_ms = 50
        peer.misbehaviour.fragmented = True
    elif request.param == "faulty":
        peer.misbehaviour.noise = True
        peer.misbehaviour.wrong_checksums = 1
    yield Bed(reader, peer)
    reader.close()
    peer.stop()


def test_it_says_who_and_how_it_is(bed: Bed) -> None:
    assert bed.reader.identity().serial == "05.03-20260101-000000001-000000001"
    assert bed.reader.status().state is DeviceState.ONLINE
    bed.reader.reset()


def test_it_reads_the_card_that_lies_there_and_says_when_it_finds_it(bed: Bed) -> None:
    bed.peer.lay("adult")
    found: list[str] = []
    assert bed.read(lambda: found.append("found")) == people()["adult"].card
    assert found == ["found"]


@pytest.mark.parametrize("who", [key for key in people() if key != "adult"])
def test_it_reads_every_kind_of_card(bed: Bed, who: str) -> None:
    bed.peer.lay(who)
    assert bed.read() == people()[who].card


def test_it_waits_for_a_card(bed: Bed) -> None:
    read: list[object] = []
    thread = threading.Thread(target=lambda: read.append(bed.read()))
    thread.start()
    bed.peer.lay("elder")
    thread.join(PATIENCE_S)
    assert read == [people()["elder"].card]


def test_it_reads_one_card_after_another(bed: Bed) -> None:
    for who in ("adult", "minor", "adult"):
        bed.peer.lay(who)
        assert bed.read() == people()[who].card


def test_a_withdrawn_wait_ends_without_a_card(bed: Bed) -> None:
    cancel, read = threading.Event(), list[object]()
    thread = threading.Thread(
        target=lambda: read.append(bed.reader.read_card(cancel, lambda: None))
    )
    thread.start()
    cancel.set()
    thread.join(PATIENCE_S)
    assert read == [None]


def test_it_waits_until_the_card_is_gone(bed: Bed) -> None:
    bed.peer.lay("adult")
    gone: list[bool] = []
    thread = threading.Thread(
        target=lambda: gone.append(bed.reader.wait_for_removal(threading.Event()))
    )
    thread.start()
    bed.peer.pull()
    thread.join(PATIENCE_S)
    assert gone == [True]


def test_a_withdrawn_wait_for_removal_says_so(bed: Bed) -> None:
    bed.peer.lay("adult")
    cancel = threading.Event()
    cancel.set()
    assert not bed.reader.wait_for_removal(cancel)


def test_another_kind_of_card_is_told_from_an_identity_card(bed: Bed) -> None:
    bed.peer.lay("adult")
    bed.peer.misbehaviour.wrong_card_type = True
    assert bed.read() is CardTrouble.NOT_AN_ID_CARD


def test_a_card_that_does_not_prove_itself_is_not_read(bed: Bed) -> None:
    bed.peer.lay("adult")
    bed.peer.misbehaviour.authentication_fails = True
    assert bed.read() is CardTrouble.NOT_AUTHENTIC


@pytest.mark.parametrize("after", [1, 4, 9, 200, 1294])
def test_a_card_pulled_while_it_is_read_is_noticed(bed: Bed, after: int) -> None:
    bed.peer.lay("adult")
    bed.peer.misbehaviour.pull_after_bytes = after
    assert bed.read() is CardTrouble.MOVED
    bed.peer.misbehaviour.pull_after_bytes = 0
    bed.peer.lay("adult")
    assert bed.read() == people()["adult"].card


def test_a_card_pulled_before_it_answers_is_noticed(bed: Bed) -> None:
    bed.peer.lay("adult")
    bed.peer.misbehaviour.card_delay_ms = 200
    assert bed.read(bed.peer.pull) is CardTrouble.MOVED


def test_a_card_shifted_for_a_moment_is_read_all_the_same(bed: Bed) -> None:
    bed.peer.lay("adult")
    # Laid again between finding and selecting: the module has lost it and must find it again.
    assert bed.read(lambda: bed.peer.lay("adult")) == people()["adult"].card


def test_a_card_that_never_comes_across_whole_is_unreadable(bed: Bed) -> None:
    bed.peer.lay("adult")
    bed.peer.misbehaviour.wrong_checksums = 1000
    assert bed.read() is CardTrouble.UNREADABLE
    bed.peer.misbehaviour.wrong_checksums = 0
    assert bed.read() == people()["adult"].card


def test_a_card_whose_text_is_broken_is_unreadable(bed: Bed) -> None:
    bed.peer.lay(replace(people()["adult"].card, number=""))
    assert bed.read() is CardTrouble.UNREADABLE


def test_the_cable_pulled_while_waiting_and_plugged_in_again(bed: Bed) -> None:
    raised: list[BaseException] = []

    def read() -> None:
        with pytest.raises(NotConnectedError) as caught:
            bed.read()
        raised.append(caught.value)

    thread = threading.Thread(target=read)
    thread.start()
    bed.peer.unplug()
    thread.join(PATIENCE_S)
    assert len(raised) == 1
    assert bed.reader.status().state is DeviceState.NO_DEVICE
    with pytest.raises(NotConnectedError):
        bed.reader.open()
    bed.peer.plug()
    bed.reader.open()
    bed.peer.lay("adult")
    assert bed.read() == people()["adult"].card


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_READER_PORT" not in os.environ, reason="KIOSK_READER_PORT is not set")
def test_a_real_reader_opens_and_reads_the_card_that_lies_on_it() -> None:
    reader = SamVIdCardReader("reader", {"port": os.environ["KIOSK_READER_PORT"]})
    reader.open()
    found = threading.Event()
    assert reader.status().state is DeviceState.ONLINE
    card = reader.read_card(threading.Event(), found.set)
    assert isinstance(card, IdCard)
    until(found.is_set)
    reader.close()
