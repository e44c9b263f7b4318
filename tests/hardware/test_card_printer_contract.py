"""What every card path promises, over an ideal, a slow and a faulty line.

The path under test is the driver; what it moves is the simulator at the wire, or, with the marker
`hardware`, whatever KIOSK_CARD_PRINTER_PORT names.
"""

import io
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PIL import Image

from hardware.drivers.card_path.card_printer import EasyPrinterCardPath
from hardware.interfaces.card_printer import (
    CardMoved,
    CardNotMoved,
    CardPosition,
    FaceArea,
    FaceJob,
    FaceLine,
    FaceNotPrinted,
    FacePrinted,
    PathTrouble,
    Probe,
)
from hardware.simulators.card_face import PlainCard
from hardware.simulators.card_printer import CardPrinterSimulator
from hardware.simulators.whole_card import WholeCard
from hardware.status import Bin, DeviceState, Media, Supply
from tests.kit.patience import PATIENCE_S, until

NEVER = threading.Event()
QUICK = {
    "answer_timeout_s": 0.3,
    "gap_timeout_s": 0.01,
    "poll_interval_s": 0.005,
    "move_timeout_s": 1.0,
    "print_timeout_s": 4.0,
    "reboot_timeout_s": 2.0,
}
BACK = FaceArea(0, 80, 520, 128)
JOB = FaceJob("K1-000123", BACK, (FaceLine("香港 G 1年2次"), FaceLine("2026.12.01-2027.11.30")))


@dataclass
class Bed:
    """A path and its far end."""

    path: EasyPrinterCardPath
    peer: CardPrinterSimulator

    def with_card(self) -> WholeCard:
        card = self.peer.wallet.card_of("adult")
        assert self.peer.machine.insert(card)
        assert self.path.accept(NEVER, lambda: None) == CardMoved(CardPosition.PRINT)
        return card


@pytest.fixture(params=["ideal", "slow and fragmented", "faulty"])
def bed(request: pytest.FixtureRequest) -> Iterator[Bed]:
    slow = request.param == "slow and fragmented"
    wire: dict[str, str | int | float] = {"connection": "network"}
    if slow:
        wire = {"connection": "serial", "baudrate": 115200}
    peer = CardPrinterSimulator("card_printer", wire)
    path = EasyPrinterCardPath("card_printer", {**QUICK, **wire, **peer.start()})
    path.open()
    if slow:
        peer.machine.condition.move_ms = 50
        peer.machine.condition.print_ms = 100
    elif request.param == "faulty":
        peer.misbehaviour.noisy = True
        peer.misbehaviour.cut_answers = 1
        peer.misbehaviour.lost_commands = 1
    yield Bed(path, peer)
    path.close()
    peer.stop()


def test_it_says_who_and_how_it_is(bed: Bed) -> None:
    identity = bed.path.identity()
    assert (identity.firmware, identity.serial) == ("EP000226", "SIM00000001")
    status = bed.path.status()
    assert status.state is DeviceState.ONLINE
    assert status.media is Media.NOT_PRESENT
    assert status.bins == {"retain": Bin.OK}
    assert status.supplies == {"head": Supply.FULL}
    bed.path.reset()


def test_a_card_goes_its_whole_way(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    card = bed.with_card()
    assert bed.path.move_to(CardPosition.CHIP, NEVER) == CardMoved(CardPosition.CHIP)
    assert bed.peer.at_chip() is card
    assert bed.peer.chip_at_station() is card.permit.chip
    assert bed.path.where().media is Media.LATCHED
    assert bed.path.print_face(JOB, NEVER) == FacePrinted()
    assert bed.peer.chip_at_station() is None
    assert bed.path.probe_face(JOB) is Probe.DONE
    assert bed.path.eject(NEVER) == CardMoved(CardPosition.ENTRY)
    assert not bed.path.wait_until_taken(0.0, NEVER)
    assert bed.peer.machine.take() is card
    assert bed.path.wait_until_taken(PATIENCE_S, NEVER)
    assert bed.peer.machine.jobs_done == 1
    assert bed.peer.protocol.unknown == []


def test_a_move_lost_on_the_line_is_sent_once_more(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    bed.with_card()
    bed.peer.misbehaviour.lost_commands = 1
    assert bed.path.move_to(CardPosition.CHIP, NEVER) == CardMoved(CardPosition.CHIP)


def test_printing_changes_the_area_and_nothing_else(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    card = bed.with_card()
    before = card.face
    assert bed.path.print_face(JOB, NEVER) == FacePrinted()
    below = (0, BACK.top + BACK.height, 960, 560)
    assert card.face.crop(below).tobytes() == before.crop(below).tobytes()
    right = (BACK.width, 0, 960, 560)
    assert card.face.crop(right).tobytes() == before.crop(right).tobytes()
    area = card.face.crop((0, BACK.top, BACK.width, BACK.top + BACK.height))
    assert set(area.tobytes()) == {0, 255}, "the old endorsement is gone"


def test_erasing_alone_leaves_a_white_area(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    card = bed.with_card()
    wipe = FaceJob("K1-000123", BACK)
    assert bed.path.print_face(wipe, NEVER) == FacePrinted()
    area = card.face.crop((0, BACK.top, BACK.width, BACK.top + BACK.height))
    assert set(area.tobytes()) == {255}
    assert bed.path.probe_face(wipe) is Probe.DONE
    assert bed.path.probe_face(JOB) is Probe.NOT_DONE


def test_the_picture_is_the_face_of_the_card_under_the_camera(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    card = bed.with_card()
    bed.path.print_face(JOB, NEVER)
    png = bed.path.face_picture()
    assert png is not None
    assert Image.open(io.BytesIO(png)).convert("L").tobytes() == card.face.tobytes()
    bed.path.eject(NEVER)
    assert bed.path.face_picture() is None


def test_it_waits_for_a_card_and_tells_when_one_comes(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    heard, moved = list[str](), list[object]()
    thread = threading.Thread(
        target=lambda: moved.append(bed.path.accept(NEVER, lambda: heard.append("entering")))
    )
    thread.start()
    bed.peer.machine.insert(PlainCard())
    thread.join(PATIENCE_S)
    assert moved == [CardMoved(CardPosition.PRINT)]
    assert heard == ["entering"]


def test_a_withdrawn_wait_shuts_the_mouth(bed: Bed) -> None:
    cancel = threading.Event()
    cancel.set()
    assert bed.path.accept(cancel, lambda: None) is None
    bed.peer.machine.insert(PlainCard())
    assert bed.path.where().position is CardPosition.ENTRY


def test_a_card_the_wrong_way_round_comes_back(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    bed.peer.machine.insert(PlainCard(), wrong_way=True)
    outcome = bed.path.accept(NEVER, lambda: None)
    assert outcome == CardNotMoved(PathTrouble.WRONG_WAY, CardPosition.ENTRY)


def test_what_is_no_card_stays_outside(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    bed.peer.machine.insert(None)
    outcome = bed.path.accept(NEVER, lambda: None)
    assert outcome == CardNotMoved(PathTrouble.NOT_A_CARD, CardPosition.ENTRY)
    bed.peer.machine.take()
    bed.with_card()


def test_a_card_nobody_takes_is_kept(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    bed.with_card()
    bed.path.eject(NEVER)
    assert bed.path.retain(NEVER) == CardMoved(CardPosition.NONE)
    assert len(bed.peer.machine.bin) == 1


def test_moves_without_a_card_say_so(bed: Bed) -> None:
    none = CardNotMoved(PathTrouble.NO_CARD, CardPosition.NONE)
    assert bed.path.eject(NEVER) == none
    assert bed.path.retain(NEVER) == none
    assert bed.path.move_to(CardPosition.CHIP, NEVER) == none
    assert bed.path.print_face(JOB, NEVER) == FaceNotPrinted(PathTrouble.NO_CARD)


def test_the_cable_pulled_and_plugged_in_again(bed: Bed) -> None:
    bed.peer.misbehaviour.lost_commands = 0
    bed.with_card()
    bed.peer.unplug()
    assert bed.path.where().position is CardPosition.UNKNOWN
    assert bed.path.status().state is DeviceState.NO_DEVICE
    lost = CardNotMoved(PathTrouble.LINK_LOST, CardPosition.UNKNOWN)
    assert bed.path.eject(NEVER) == lost
    bed.peer.plug()
    bed.path.close()
    bed.path.open()
    assert bed.path.where().position is CardPosition.PRINT
    assert bed.path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


@pytest.mark.hardware
@pytest.mark.skipif("KIOSK_CARD_PRINTER_PORT" not in os.environ, reason="no port is named")
def test_a_real_path_takes_a_card_in_and_gives_it_back() -> None:
    path = EasyPrinterCardPath("card_printer", {"port": os.environ["KIOSK_CARD_PRINTER_PORT"]})
    path.open()
    assert isinstance(path.accept(NEVER, lambda: None), CardMoved)
    assert path.eject(NEVER) == CardMoved(CardPosition.ENTRY)
    until(lambda: path.where().position is CardPosition.NONE, 30)
    path.close()
