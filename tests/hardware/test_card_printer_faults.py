"""What goes wrong on a card's way, fault by fault, and what is honestly known afterwards."""

from collections.abc import Iterator

import pytest

from hardware.drivers.card_path.card_printer import EasyPrinterCardPath
from hardware.errors import NoAnswerError, NotConnectedError, RefusedError
from hardware.interfaces.card_printer import (
    CardMoved,
    CardNotMoved,
    CardPosition,
    FaceDoubtful,
    FaceJob,
    FaceLine,
    FaceNotPrinted,
    FacePrinted,
    PathTrouble,
    Probe,
)
from hardware.simulators.card_face import PlainCard
from hardware.status import Bin, DeviceState, Media, Supply
from tests.kit.card_path import AREA, JOB, NEVER, PathBed


@pytest.fixture
def bed() -> Iterator[PathBed]:
    made = PathBed({})
    yield made
    made.stop()


@pytest.mark.parametrize(
    ("place", "position"),
    [
        ("mouth", CardPosition.ENTRY),
        ("transport", CardPosition.TRANSPORT),
        ("print", CardPosition.PRINT),
    ],
)
def test_a_jam_on_the_way_in_says_where(bed: PathBed, place: str, position: CardPosition) -> None:
    bed.peer.machine.condition.jam_at = place
    bed.peer.machine.insert(PlainCard())
    assert bed.path.accept(NEVER, lambda: None) == CardNotMoved(PathTrouble.JAMMED, position)
    status = bed.path.status()
    assert (status.state, status.media) == (DeviceState.USER_ERROR, Media.JAMMED)
    assert bed.path.where().position is position
    bed.peer.machine.open_and_clear()
    assert bed.path.status().state is DeviceState.ONLINE
    bed.with_card()


@pytest.mark.parametrize(
    ("place", "position"),
    [
        ("chip", CardPosition.CHIP),
        ("exit", CardPosition.TRANSPORT),
        ("bin", CardPosition.TRANSPORT),
    ],
)
def test_a_jam_further_on_says_where(bed: PathBed, place: str, position: CardPosition) -> None:
    bed.with_card()
    bed.peer.machine.condition.jam_at = place
    moves = {
        "chip": lambda: bed.path.move_to(CardPosition.CHIP, NEVER),
        "exit": lambda: bed.path.eject(NEVER),
        "bin": lambda: bed.path.retain(NEVER),
    }
    assert moves[place]() == CardNotMoved(PathTrouble.JAMMED, position)
    assert bed.path.eject(NEVER) == CardNotMoved(PathTrouble.JAMMED, position)


def test_a_jam_under_the_head_leaves_the_face_in_doubt(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.machine.condition.jam_at = "print"
    assert bed.path.print_face(JOB, NEVER) == FaceDoubtful(PathTrouble.JAMMED)
    assert bed.path.probe_face(JOB) is Probe.NOT_DONE


def test_a_job_that_stops_half_is_seen_and_can_be_printed_again(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.machine.condition.job_stops_half = True
    assert bed.path.print_face(JOB, NEVER) == FaceDoubtful(PathTrouble.HARDWARE)
    assert bed.path.probe_face(JOB) is Probe.NOT_DONE
    bed.path.reset()
    assert bed.path.print_face(JOB, NEVER) == FacePrinted()
    assert bed.path.probe_face(JOB) is Probe.DONE


def test_a_card_comes_back_even_after_a_job_that_broke_off(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.machine.condition.job_stops_half = True
    bed.path.print_face(JOB, NEVER)
    assert bed.path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


def test_rows_garbled_on_the_line_print_and_only_the_camera_sees_it(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.machine.condition.garbled = True
    assert bed.path.print_face(JOB, NEVER) == FacePrinted()
    assert bed.path.probe_face(JOB) is Probe.NOT_DONE


def test_a_head_at_its_end_prints_nothing(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.machine.condition.head_percent = 0
    assert bed.path.print_face(JOB, NEVER) == FaceNotPrinted(PathTrouble.HEAD_WORN)
    assert bed.path.status().supplies == {"head": Supply.OUT}
    assert not bed.path.status().usable
    assert bed.peer.machine.jobs_done == 0


def test_a_full_bin_keeps_nothing_and_the_card_still_comes_back(bed: PathBed) -> None:
    bed.peer.machine.condition.bin_capacity = 0
    bed.with_card()
    assert bed.path.retain(NEVER) == CardNotMoved(PathTrouble.BIN_FULL, CardPosition.PRINT)
    assert bed.path.status().bins == {"retain": Bin.FULL}
    assert not bed.path.status().usable
    assert bed.path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


def test_a_card_drawn_out_at_the_last_moment_was_not_kept(bed: PathBed) -> None:
    bed.with_card()
    bed.path.eject(NEVER)
    bed.peer.machine.take()
    assert bed.path.retain(NEVER) == CardNotMoved(PathTrouble.NO_CARD, CardPosition.NONE)


def test_lines_that_do_not_fit_are_refused_before_anything_moves(bed: PathBed) -> None:
    bed.with_card()
    long = FaceJob("K1-3", AREA, (FaceLine("很长" * 30),))
    assert bed.path.print_face(long, NEVER) == FaceNotPrinted(PathTrouble.DOES_NOT_FIT)
    many = FaceJob("K1-3", AREA, (FaceLine("一"),) * 4)
    assert bed.path.print_face(many, NEVER) == FaceNotPrinted(PathTrouble.DOES_NOT_FIT)


# Lines that lie.


def test_a_silent_printer_is_offline_and_leaves_nothing_certain(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.silent = True
    assert bed.path.status().state is DeviceState.OFFLINE
    assert bed.path.where().position is CardPosition.UNKNOWN
    assert bed.path.probe_face(JOB) is Probe.UNKNOWN
    assert bed.path.print_face(JOB, NEVER) == FaceNotPrinted(PathTrouble.LINK_LOST)
    assert not bed.path.wait_until_taken(0.1, NEVER)
    with pytest.raises(NoAnswerError):
        bed.path.reset()
    with pytest.raises(NoAnswerError):
        bed.restarted()


def test_garbage_is_never_taken_for_an_answer(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.garbage = True
    assert bed.path.status().state is DeviceState.HARDWARE_ERROR
    assert bed.path.where().position is CardPosition.UNKNOWN
    assert bed.path.probe_face(JOB) is Probe.UNKNOWN


def test_a_status_with_an_older_one_in_front_is_not_believed(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.stale_answers = True
    assert bed.path.eject(NEVER) == CardNotMoved(PathTrouble.LINK_LOST, CardPosition.UNKNOWN)
    bed.peer.misbehaviour.stale_answers = False
    assert bed.path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


def test_an_error_the_machine_does_not_explain_is_hardware(bed: PathBed) -> None:
    bed.peer.machine.condition.broken = True
    assert bed.path.status().state is DeviceState.HARDWARE_ERROR
    outcome = bed.path.accept(NEVER, lambda: None)
    assert outcome == CardNotMoved(PathTrouble.HARDWARE, CardPosition.NONE)
    with pytest.raises(RefusedError):
        bed.path.reset()


def test_a_machine_that_is_not_there_is_not_connected() -> None:
    path = EasyPrinterCardPath("card_printer", {"port": "/nonexistent/port"})
    with pytest.raises(NotConnectedError):
        path.open()
    assert path.status().state is DeviceState.NO_DEVICE
    path.close()


def test_the_bench_puts_cards_in_and_takes_them(bed: PathBed) -> None:
    knobs = {knob.key: knob for knob in bed.peer.knobs()}
    knobs["card"].set("elder")
    assert knobs["card"].get() == "elder"
    assert [one.name for one in bed.peer.pictures()] == ["face.png"]
    knobs["take"].set(None)
    assert knobs["card"].get() == "none"
    knobs["insert_wrong_way"].set(None)
    knobs["open_and_clear"].set(None)
    knobs["insert_foreign"].set(None)
    assert bed.peer.pictures() == ()
