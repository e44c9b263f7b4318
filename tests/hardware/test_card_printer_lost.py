"""Replies, links and power lost on a card's way: what the next question finds out."""

import threading
from collections.abc import Iterator

import pytest

from hardware.interfaces.card_printer import (
    CardMoved,
    CardNotMoved,
    CardPosition,
    FaceDoubtful,
    FaceJob,
    FaceNotPrinted,
    FaceOutcome,
    FacePrinted,
    PathTrouble,
    Probe,
)
from hardware.simulators.card_face import PlainCard
from hardware.status import DeviceState
from tests.kit.card_path import AREA, JOB, NEVER, OTHER, PathBed
from tests.kit.patience import PATIENCE_S, until


@pytest.fixture
def bed() -> Iterator[PathBed]:
    made = PathBed({})
    yield made
    made.stop()


@pytest.fixture
def blind() -> Iterator[PathBed]:
    """No camera: what is known comes from the printer alone."""
    made = PathBed({"face_camera": "none"})
    yield made
    made.stop()


def test_the_release_is_lost_with_the_link_after_it_took_effect(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.lose_link_after = "GO"
    assert bed.path.print_face(JOB, NEVER) == FaceDoubtful(PathTrouble.LINK_LOST)
    bed.peer.plug()
    assert bed.restarted().probe_face(JOB) is Probe.DONE
    assert bed.path.probe_face(OTHER) is Probe.NOT_DONE
    assert bed.peer.machine.jobs_done == 1


def test_without_a_camera_the_printer_is_believed(blind: PathBed) -> None:
    blind.with_card()
    blind.peer.misbehaviour.lose_link_after = "GO"
    blind.path.print_face(JOB, NEVER)
    blind.peer.plug()
    assert blind.path.probe_face(JOB) is Probe.DONE
    assert blind.restarted().probe_face(JOB) is Probe.DONE


@pytest.mark.parametrize("after", [1, 40, 300, 2000])
def test_a_link_cut_within_the_rows_prints_nothing(bed: PathBed, after: int) -> None:
    card = bed.with_card()
    bed.path.where()
    bed.path.move_to(CardPosition.PRINT, NEVER)
    bed.peer.misbehaviour.cut_after_bytes = after
    outcome = bed.path.print_face(JOB, NEVER)
    assert outcome in (
        FaceNotPrinted(PathTrouble.LINK_LOST),
        FaceDoubtful(PathTrouble.LINK_LOST),
    )
    bed.peer.plug()
    assert bed.restarted().probe_face(JOB) is Probe.NOT_DONE
    assert bed.peer.machine.jobs_done == 0
    assert set(card.face.tobytes()) == {255}
    # Rows that were left waiting do not come out with the next job.
    assert bed.path.print_face(OTHER, NEVER) == FacePrinted()
    assert bed.path.probe_face(OTHER) is Probe.DONE


def test_rows_left_by_a_dead_process_do_not_reach_the_next_card(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.cut_after_bytes = 2000
    bed.path.print_face(JOB, NEVER)
    bed.peer.plug()
    bed.restarted().eject(NEVER)
    bed.peer.machine.take()
    card = bed.with_card()
    assert bed.path.print_face(FaceJob("K1-9", AREA), NEVER) == FacePrinted()
    assert set(card.face.tobytes()) == {255}


def test_without_a_camera_rows_cut_off_leave_it_unknown(blind: PathBed) -> None:
    blind.with_card()
    assert blind.path.probe_face(JOB) is Probe.NOT_DONE
    blind.peer.misbehaviour.cut_after_bytes = 400
    blind.path.print_face(JOB, NEVER)
    blind.peer.plug()
    assert blind.path.probe_face(JOB) is Probe.UNKNOWN
    assert blind.restarted().probe_face(JOB) is Probe.UNKNOWN


@pytest.mark.parametrize(
    ("command", "position"),
    [("EJECT", CardPosition.ENTRY), ("MOVE_TO_CHIP", CardPosition.CHIP)],
)
def test_a_move_whose_link_is_lost_has_happened_and_can_be_asked_for(
    bed: PathBed, command: str, position: CardPosition
) -> None:
    bed.with_card()
    bed.peer.misbehaviour.lose_link_after = command
    move = {
        "EJECT": lambda: bed.path.eject(NEVER),
        "MOVE_TO_CHIP": lambda: bed.path.move_to(CardPosition.CHIP, NEVER),
    }[command]
    assert move() == CardNotMoved(PathTrouble.LINK_LOST, CardPosition.UNKNOWN)
    bed.peer.plug()
    assert bed.restarted().where().position is position


def test_a_link_lost_while_the_mouth_waits_leaves_it_shut_after_the_restart(
    bed: PathBed,
) -> None:
    bed.peer.misbehaviour.lose_link_after = "FEED_FROM_FRONT"
    lost = CardNotMoved(PathTrouble.LINK_LOST, CardPosition.UNKNOWN)
    assert bed.path.accept(NEVER, lambda: None) == lost
    bed.peer.plug()
    path = bed.restarted()
    bed.peer.machine.insert(PlainCard())
    assert path.where().position is CardPosition.ENTRY


def test_a_card_swallowed_while_nobody_looked_is_found(bed: PathBed) -> None:
    bed.peer.misbehaviour.lose_link_after = "FEED_FROM_FRONT"
    bed.path.accept(NEVER, lambda: None)
    bed.peer.machine.insert(PlainCard())
    bed.peer.plug()
    path = bed.restarted()
    assert path.where().position is CardPosition.PRINT
    assert path.accept(NEVER, lambda: None) == CardMoved(CardPosition.PRINT)
    assert path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


# Power.


def test_power_lost_with_a_card_inside_keeps_the_card(bed: PathBed) -> None:
    card = bed.with_card()
    bed.path.move_to(CardPosition.CHIP, NEVER)
    bed.peer.power_off()
    assert bed.path.status().state is DeviceState.NO_DEVICE
    bed.peer.power_on()
    path = bed.restarted()
    assert path.where().position is CardPosition.CHIP
    assert bed.peer.at_chip() is card
    assert path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


def test_power_lost_within_a_job_leaves_half_a_face(bed: PathBed) -> None:
    card = bed.with_card()
    bed.peer.machine.condition.print_ms = 60000
    outcome: list[FaceOutcome] = []
    thread = threading.Thread(target=lambda: outcome.append(bed.path.print_face(JOB, NEVER)))
    thread.start()
    until(lambda: bed.peer.machine.short_status().printing)
    bed.peer.power_cycle()
    thread.join(PATIENCE_S)
    assert isinstance(outcome[0], FaceDoubtful)
    assert 0 in card.face.tobytes()
    assert bed.restarted().probe_face(JOB) is Probe.NOT_DONE


def test_power_makes_the_printer_forget_and_only_the_camera_remembers(bed: PathBed) -> None:
    bed.with_card()
    bed.path.print_face(JOB, NEVER)
    bed.peer.power_cycle()
    path = bed.restarted()
    assert not path.where().printed
    assert path.probe_face(JOB) is Probe.DONE


def test_without_a_camera_a_forgetful_printer_is_not_taken_for_not_printed(
    blind: PathBed,
) -> None:
    blind.with_card()
    blind.path.print_face(JOB, NEVER)
    blind.peer.power_cycle()
    assert blind.restarted().probe_face(JOB) is Probe.UNKNOWN


def test_a_blind_camera_leaves_the_printers_word(bed: PathBed) -> None:
    bed.peer.camera_blind = True
    bed.with_card()
    bed.path.print_face(JOB, NEVER)
    assert bed.path.face_picture() is None
    assert bed.path.probe_face(JOB) is Probe.DONE
    assert bed.path.probe_face(OTHER) is Probe.UNKNOWN


# Cancel.


def test_a_print_withdrawn_before_its_release_prints_nothing(bed: PathBed) -> None:
    bed.with_card()
    cancel = threading.Event()
    cancel.set()
    assert bed.path.print_face(JOB, cancel) == FaceNotPrinted(PathTrouble.WITHDRAWN)
    assert bed.peer.machine.jobs_done == 0


def test_a_print_withdrawn_after_its_release_is_doubtful_and_goes_on(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.machine.condition.print_ms = 300
    cancel, outcome = threading.Event(), list[FaceOutcome]()
    thread = threading.Thread(target=lambda: outcome.append(bed.path.print_face(JOB, cancel)))
    thread.start()
    until(lambda: bed.peer.machine.short_status().printing)
    cancel.set()
    thread.join(PATIENCE_S)
    assert outcome == [FaceDoubtful(PathTrouble.WITHDRAWN)]
    assert bed.path.probe_face(JOB) is Probe.UNKNOWN, "a job runs right now"
    until(lambda: not bed.path.where().printing)
    assert bed.path.probe_face(JOB) is Probe.DONE


def test_a_card_that_goes_in_as_the_wait_is_withdrawn_is_accepted(bed: PathBed) -> None:
    bed.peer.machine.condition.move_ms = 200
    cancel, moved = threading.Event(), list[object]()
    thread = threading.Thread(target=lambda: moved.append(bed.path.accept(cancel, cancel.set)))
    thread.start()
    bed.peer.machine.insert(PlainCard())
    thread.join(PATIENCE_S)
    assert moved == [CardMoved(CardPosition.PRINT)]


def test_a_withdrawn_move_says_where_the_card_was_seen_last(bed: PathBed) -> None:
    bed.with_card()
    bed.peer.machine.condition.move_ms = 30000
    cancel = threading.Event()
    cancel.set()
    outcome = bed.path.eject(cancel)
    assert outcome == CardNotMoved(PathTrouble.WITHDRAWN, CardPosition.TRANSPORT)


def test_a_card_drawn_out_while_it_should_be_kept_was_not_kept(bed: PathBed) -> None:
    card = bed.with_card()
    bed.path.eject(NEVER)
    bed.peer.misbehaviour.lost_commands = 1
    moved = list[object]()
    thread = threading.Thread(target=lambda: moved.append(bed.path.retain(NEVER)))
    thread.start()
    until(lambda: bed.peer.misbehaviour.lost_commands == 0)
    assert bed.peer.machine.take() is card
    thread.join(PATIENCE_S)
    assert moved == [CardNotMoved(PathTrouble.NO_CARD, CardPosition.NONE)]
    assert bed.peer.machine.bin == []
