"""What every fingerprint reader promises, over an ideal, a slow and a faulty line.

The reader under test is the driver; what it talks to is the simulator at the wire, or, with the
marker `hardware`, whatever hangs on the port that KIOSK_FINGERPRINT_PORT names.
"""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from hardware.drivers.uart.fingerprint_reader import R30xFingerprintReader
from hardware.errors import NoAnswerError, NotConnectedError, ProtocolError, RefusedError
from hardware.interfaces.fingerprint_reader import (
    FingerCaptured,
    FingerCompared,
    FingerGuidance,
    FingerTemplate,
    FingerTrouble,
)
from hardware.simulators.fingerprint_reader import FingerprintReaderSimulator
from hardware.simulators.people.fingers import enrolled
from hardware.status import DeviceState
from tests.kit.patience import PATIENCE_S, until

QUICK = {"answer_timeout_s": 0.4, "gap_timeout_s": 0.05, "poll_interval_s": 0.01}
ON_FILE = FingerTemplate("zfm", enrolled("adult"))
BLANK = bytes(512)


@dataclass
class Bed:
    """A reader and its far end."""

    reader: R30xFingerprintReader
    peer: FingerprintReaderSimulator
    told: list[FingerGuidance] = field(default_factory=list)
    cancel: threading.Event = field(default_factory=threading.Event)

    def capture(self, within_s: float = 5.0) -> FingerCaptured | FingerTrouble | None:
        return self.reader.capture(within_s, self.cancel, self.told.append)

    def enrol(self, within_s: float = 5.0) -> FingerTemplate | FingerTrouble | None:
        return self.reader.enrol(within_s, self.cancel, self.told.append)

    def compare(
        self, template: FingerTemplate = ON_FILE, within_s: float = 5.0
    ) -> FingerCompared | FingerTrouble | None:
        return self.reader.compare(template, within_s, self.cancel, self.told.append)


@pytest.fixture(params=["ideal", "slow and fragmented", "faulty"])
def bed(request: pytest.FixtureRequest) -> Iterator[Bed]:
    slow = request.param == "slow and fragmented"
    peer = FingerprintReaderSimulator("finger", {"baudrate": 460800}, paced=slow)
    wrong = peer.module.misbehaviour
    wrong.image_delay_ms = 0
    reader = R30xFingerprintReader("finger", {**QUICK, **peer.start()})
    reader.open()
    if slow:
        wrong.image_delay_ms = 20
        wrong.fragmented = True
    elif request.param == "faulty":
        wrong.noise = True
        wrong.wrong_checksums = 1
    yield Bed(reader, peer)
    reader.close()
    peer.stop()
    # Whatever a test did: flash was never written, and no template stayed behind.
    assert peer.module.flash_writes == 0
    if not wrong.keeps_buffers and not wrong.silent:
        assert set(peer.module.buffers.values()) == {BLANK}


def test_it_says_who_and_how_it_is(bed: Bed) -> None:
    assert bed.reader.identity().model == "R30x system 0009"
    assert bed.reader.status().state is DeviceState.ONLINE
    bed.reader.reset()


def test_a_good_finger_is_captured(bed: Bed) -> None:
    bed.peer.place("adult")
    assert bed.capture() == FingerCaptured()
    assert bed.told == [FingerGuidance.PLACE, FingerGuidance.HOLD]


def test_the_right_finger_matches_the_template_on_file(bed: Bed) -> None:
    bed.peer.place("adult")
    result = bed.compare()
    assert isinstance(result, FingerCompared)
    assert result.matched
    assert result.score >= result.threshold == 50


def test_another_finger_does_not(bed: Bed) -> None:
    bed.peer.place("elder")
    assert bed.compare() == FingerCompared(matched=False, score=0, threshold=50)


def test_a_worn_finger_scores_lower(bed: Bed) -> None:
    bed.peer.place("adult")
    good = bed.compare()
    bed.peer.place("adult", "worn")
    worn = bed.compare()
    assert isinstance(good, FingerCompared)
    assert isinstance(worn, FingerCompared)
    assert 0 < worn.score < good.score


def test_two_prints_of_one_finger_make_a_template_that_matches_it(bed: Bed) -> None:
    bed.peer.place("elder")
    template = bed.enrol()
    assert isinstance(template, FingerTemplate)
    assert bed.told[2:4] == [FingerGuidance.LIFT, FingerGuidance.PLACE_AGAIN]
    result = bed.compare(template)
    assert isinstance(result, FingerCompared)
    assert result.matched
    bed.peer.place("adult")
    assert bed.compare(template) == FingerCompared(matched=False, score=0, threshold=50)


def test_prints_of_two_fingers_make_no_template(bed: Bed) -> None:
    bed.peer.place("elder")

    def on_finger(guidance: FingerGuidance) -> None:
        if guidance is FingerGuidance.PLACE_AGAIN:
            bed.peer.place("adult")

    result = bed.reader.enrol(5.0, bed.cancel, on_finger)
    assert result is FingerTrouble.DIFFERENT_FINGERS


@pytest.mark.parametrize(
    ("condition", "trouble"), [("wet", FingerTrouble.MESSY), ("partial", FingerTrouble.PARTIAL)]
)
def test_a_print_of_no_use_is_told_by_its_kind(
    bed: Bed, condition: str, trouble: FingerTrouble
) -> None:
    bed.peer.place("adult", condition)
    assert bed.capture() is trouble
    assert bed.enrol() is trouble
    assert bed.compare() is trouble


def test_nobody_touches_it_in_time(bed: Bed) -> None:
    assert bed.capture(within_s=0.1) is FingerTrouble.NO_FINGER


def test_a_finger_that_is_never_lifted_is_not_enrolled(bed: Bed) -> None:
    bed.peer.place("adult")
    bed.peer.module.touch.lifts_by_itself = False
    assert bed.enrol(within_s=0.5) is FingerTrouble.NO_FINGER


def test_it_waits_for_a_finger(bed: Bed) -> None:
    got: list[object] = []
    thread = threading.Thread(target=lambda: got.append(bed.capture()))
    thread.start()
    until(lambda: bed.told)
    bed.peer.place("adult")
    thread.join(PATIENCE_S)
    assert got == [FingerCaptured()]


def test_a_withdrawn_wait_ends_without_a_result(bed: Bed) -> None:
    got: list[object] = []
    thread = threading.Thread(target=lambda: got.append(bed.compare()))
    thread.start()
    until(lambda: bed.told)
    bed.cancel.set()
    thread.join(PATIENCE_S)
    assert got == [None]


@pytest.mark.parametrize(
    "template",
    [
        FingerTemplate("iso19794-2", bytes(512)),
        FingerTemplate("zfm", b"short"),
        FingerTemplate("zfm", bytes(4096)),
    ],
    ids=["format", "short", "long"],
)
def test_a_template_of_another_maker_is_not_tried(bed: Bed, template: FingerTemplate) -> None:
    assert bed.compare(template) is FingerTrouble.FOREIGN_TEMPLATE


def test_a_template_that_the_module_changes_is_not_used(bed: Bed) -> None:
    bed.peer.place("adult")
    bed.peer.module.misbehaviour.alters_templates = True
    assert bed.compare() is FingerTrouble.FOREIGN_TEMPLATE


def test_a_module_that_does_not_forget_is_refused(bed: Bed) -> None:
    bed.peer.place("adult")
    bed.peer.module.misbehaviour.keeps_buffers = True
    with pytest.raises(RefusedError):
        bed.capture()
    with pytest.raises(RefusedError):
        bed.reader.open()


def test_a_lost_answer_is_asked_for_again(bed: Bed) -> None:
    bed.peer.place("adult")
    bed.peer.module.misbehaviour.lost_answers = 1
    result = bed.compare()
    assert isinstance(result, FingerCompared)
    assert result.matched


def test_packets_that_never_come_across_whole_are_an_error(bed: Bed) -> None:
    bed.peer.place("adult")
    bed.peer.module.misbehaviour.wrong_checksums = 1000
    with pytest.raises(ProtocolError):
        bed.capture()
    assert bed.reader.status().state is DeviceState.HARDWARE_ERROR
    bed.peer.module.misbehaviour.wrong_checksums = 0
    assert bed.capture() == FingerCaptured()


def test_a_sensor_that_takes_no_image_looks_like_no_finger(bed: Bed) -> None:
    bed.peer.place("adult")
    bed.peer.module.misbehaviour.sensor_fails = True
    assert bed.capture(within_s=0.1) is FingerTrouble.NO_FINGER


def test_a_wrong_password_is_refused(bed: Bed) -> None:
    bed.peer.module.misbehaviour.wrong_password = True
    with pytest.raises(RefusedError):
        bed.reader.open()


def test_a_module_that_falls_silent_is_offline(bed: Bed) -> None:
    bed.peer.module.misbehaviour.silent = True
    assert bed.reader.status().state is DeviceState.OFFLINE
    with pytest.raises(NoAnswerError):
        bed.capture()


def test_the_cable_pulled_while_waiting_and_plugged_in_again(bed: Bed) -> None:
    raised: list[object] = []

    def wait() -> None:
        with pytest.raises(NotConnectedError) as caught:
            bed.compare()
        raised.append(caught.value)

    thread = threading.Thread(target=wait)
    thread.start()
    until(lambda: bed.told)
    bed.peer.unplug()
    thread.join(PATIENCE_S)
    assert len(raised) == 1
    assert bed.reader.status().state is DeviceState.NO_DEVICE
    with pytest.raises(NotConnectedError):
        bed.reader.open()
    bed.peer.plug()
    bed.reader.open()
    bed.peer.place("adult")
    assert bed.capture() == FingerCaptured()


@pytest.mark.hardware
@pytest.mark.skipif(
    "KIOSK_FINGERPRINT_PORT" not in os.environ, reason="KIOSK_FINGERPRINT_PORT is not set"
)
def test_a_real_module_enrols_and_knows_the_finger_again() -> None:
    reader = R30xFingerprintReader("finger", {"port": os.environ["KIOSK_FINGERPRINT_PORT"]})
    reader.open()
    template = reader.enrol(30.0, threading.Event(), lambda _: None)
    assert isinstance(template, FingerTemplate)
    result = reader.compare(template, 30.0, threading.Event(), lambda _: None)
    assert isinstance(result, FingerCompared)
    assert result.matched
    reader.close()
