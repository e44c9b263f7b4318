"""What every code scanner promises, over an ideal, a slow and a faulty line.

The scanner under test is the driver; what scans is the simulator at the wire, or, with the marker
`hardware`, whatever hangs on the port that KIOSK_SCANNER_PORT names.
"""

import logging
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from hardware.drivers.uart.code_scanner import SerialCodeScanner
from hardware.errors import NotConnectedError, SettingsError
from hardware.interfaces.code_scanner import ScannedCode, ScanTrouble
from hardware.simulators.code_scanner import ENDS, TICKET, CodeScannerSimulator
from hardware.status import DeviceState
from tests.kit.patience import PATIENCE_S, until

QUICK = {"quiet_s": 0.03, "gap_timeout_s": 0.1, "repeat_s": 30.0}


@dataclass
class Bed:
    """A scanner and its far end."""

    scanner: SerialCodeScanner
    peer: CodeScannerSimulator
    cancel: threading.Event = field(default_factory=threading.Event)
    heard: list[object] = field(default_factory=list)
    thread: threading.Thread | None = None

    def arm(self) -> None:
        """Wait for a code on a thread of its own; returns when the scanner listens."""
        armed = threading.Event()
        drop_stale = self.scanner._drop_stale

        def listening(cancel: threading.Event) -> None:
            drop_stale(cancel)
            armed.set()

        self.scanner._drop_stale = listening

        def run() -> None:
            try:
                self.heard.append(self.scanner.read_code(self.cancel))
            except NotConnectedError as error:
                self.heard.append(error)

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        assert armed.wait(PATIENCE_S)
        self.scanner._drop_stale = drop_stale

    def outcome(self) -> object:
        """What the wait came to."""
        assert self.thread
        self.thread.join(PATIENCE_S)
        return self.heard.pop()


@pytest.fixture(params=["ideal", "slow and fragmented", "faulty"])
def bed(request: pytest.FixtureRequest) -> Iterator[Bed]:
    slow = request.param == "slow and fragmented"
    peer = CodeScannerSimulator("scanner", {"baudrate": 9600}, paced=slow)
    scanner = SerialCodeScanner("scanner", {**QUICK, **peer.start()})
    scanner.open()
    peer.misbehaviour.fragmented = slow
    if request.param == "faulty":
        peer.misbehaviour.double_scans = True
        peer.misbehaviour.end = "crlf"
    bed = Bed(scanner, peer)
    yield bed
    bed.cancel.set()
    if bed.thread:
        bed.thread.join(PATIENCE_S)
    scanner.close()
    peer.stop()


def test_it_says_who_and_how_it_is(bed: Bed) -> None:
    assert bed.scanner.identity().model
    assert bed.scanner.status().state is DeviceState.ONLINE
    bed.scanner.reset()


@pytest.mark.parametrize("wallet", ["wechat", "alipay", "unionpay"])
def test_it_reads_each_wallets_code_as_it_is(bed: Bed, wallet: str) -> None:
    bed.arm()
    shown = bed.peer.pay(wallet)
    assert bed.outcome() == ScannedCode(shown)


@pytest.mark.parametrize("end", ENDS)
def test_every_line_end_ends_a_code(bed: Bed, end: str) -> None:
    bed.peer.misbehaviour.end = end
    bed.arm()
    bed.peer.show(TICKET)
    assert bed.outcome() == ScannedCode(TICKET)


def test_a_code_scanned_before_anybody_waited_is_never_used(bed: Bed) -> None:
    bed.peer.pay("wechat")
    bed.arm()
    fresh = bed.peer.pay("wechat")
    assert bed.outcome() == ScannedCode(fresh)


def test_the_tail_of_a_code_that_was_being_scanned_is_no_code(bed: Bed) -> None:
    bed.peer._peer.send(b"1234567")
    arming = threading.Thread(target=bed.arm)
    arming.start()
    bed.peer._peer.send(b"89012345\r")
    arming.join(PATIENCE_S)
    bed.peer.show(TICKET)
    assert bed.outcome() == ScannedCode(TICKET)


def test_a_code_that_is_still_held_there_is_not_read_again(bed: Bed) -> None:
    bed.arm()
    first = bed.peer.pay("alipay")
    assert bed.outcome() == ScannedCode(first)
    bed.arm()
    bed.peer.show(first)
    bed.peer.show(TICKET)
    assert bed.outcome() == ScannedCode(TICKET)


def test_a_withdrawn_wait_ends_without_a_code(bed: Bed) -> None:
    bed.arm()
    bed.cancel.set()
    assert bed.outcome() is None
    assert bed.scanner.read_code(bed.cancel) is None


@pytest.mark.parametrize(
    ("shown", "trouble"), [("7" * 400, ScanTrouble.TOO_LONG), ("乱码\x07", ScanTrouble.NOT_TEXT)]
)
def test_what_is_no_code_is_told_and_the_next_one_read(
    bed: Bed, shown: str, trouble: ScanTrouble
) -> None:
    bed.arm()
    bed.peer.show(shown)
    assert bed.outcome() is trouble
    bed.arm()
    bed.peer.show(TICKET)
    assert bed.outcome() == ScannedCode(TICKET)


@pytest.mark.parametrize("fault", ["lost_ends", "cut_codes", "flipped_bits"])
def test_a_damaged_code_is_never_taken_for_a_whole_one(bed: Bed, fault: str) -> None:
    bed.peer.misbehaviour.double_scans = False
    setattr(bed.peer.misbehaviour, fault, 1)
    bed.arm()
    bed.peer.pay("unionpay")
    assert bed.outcome() is ScanTrouble.NOT_TEXT
    bed.arm()
    fresh = bed.peer.pay("unionpay")
    assert bed.outcome() == ScannedCode(fresh)


def test_the_cable_pulled_while_waiting_and_plugged_in_again(bed: Bed) -> None:
    bed.arm()
    bed.peer.unplug()
    assert isinstance(bed.outcome(), NotConnectedError)
    assert bed.scanner.status().state is DeviceState.NO_DEVICE
    with pytest.raises(NotConnectedError):
        bed.scanner.open()
    bed.peer.plug()
    bed.scanner.open()
    bed.arm()
    bed.peer.show(TICKET)
    assert bed.outcome() == ScannedCode(TICKET)


def test_no_code_is_ever_logged(bed: Bed, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    bed.arm()
    shown = bed.peer.pay("wechat")
    assert bed.outcome() == ScannedCode(shown)
    assert caplog.records
    assert shown not in caplog.text


def test_a_code_may_be_shown_again_after_it_was_taken_away() -> None:
    peer = CodeScannerSimulator("scanner", {}, paced=False)
    scanner = SerialCodeScanner("scanner", {**QUICK, **peer.start(), "repeat_s": 0})
    scanner.open()
    bed = Bed(scanner, peer)
    for _ in range(2):
        bed.arm()
        peer.show(TICKET)
        assert bed.outcome() == ScannedCode(TICKET)
    scanner.close()
    peer.stop()


def test_every_wrong_option_is_named() -> None:
    options = {"baudrate": 300, "quiet_s": -1, "gap_timeout_s": 0, "repeat_s": "x", "prot": "x"}
    with pytest.raises(SettingsError) as caught:
        SerialCodeScanner("scanner", options)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {f"devices.scanner.{key}" for key in ("port", *options)}


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_SCANNER_PORT" not in os.environ, reason="KIOSK_SCANNER_PORT not set")
def test_a_real_scanner_reads_the_code_that_is_held_to_it() -> None:
    scanner = SerialCodeScanner("scanner", {"port": os.environ["KIOSK_SCANNER_PORT"]})
    scanner.open()
    heard = list[object]()
    cancel = threading.Event()
    thread = threading.Thread(target=lambda: heard.append(scanner.read_code(cancel)), daemon=True)
    thread.start()
    until(lambda: heard, 60)
    assert isinstance(heard[0], ScannedCode)
    scanner.close()
