"""What goes wrong on a card's way, fault by fault, and what is honestly known afterwards."""

import threading
from collections.abc import Iterator

import pytest

from hardware.drivers.card_path.card_printer import EasyPrinterCardPath
from hardware.errors import NoAnswerError, NotConnectedError, RefusedError
from hardware.interfaces.card_printer import (
    CardMoved,
    CardNotMoved,
    CardPosition,
    FaceArea,
    FaceDoubtful,
    FaceJob,
    FaceLine,
    FaceNotPrinted,
    FaceOutcome,
    FacePrinted,
    PathTrouble,
    Probe,
)
from hardware.settings import Options
from hardware.simulators.base import KnobKind
from hardware.simulators.card_face import PlainCard
from hardware.simulators.card_printer import CardPrinterSimulator
from hardware.simulators.people import people
from hardware.status import Bin, DeviceState, Media, Supply
from tests.kit.patience import PATIENCE_S, until

NEVER = threading.Event()
QUICK = {
    "connection": "network",
    "answer_timeout_s": 0.1,
    "gap_timeout_s": 0.01,
    "poll_interval_s": 0.005,
    "move_timeout_s": 0.6,
    "print_timeout_s": 0.6,
    "reboot_timeout_s": 0.3,
    "tries": 2,
}
AREA = FaceArea(0, 80, 360, 64)
JOB = FaceJob("K1-1", AREA, (FaceLine("澳门 L 3个月1次", 36),))
OTHER = FaceJob("K1-2", AREA, (FaceLine("澳门 L 3个月2次", 36),))


class Bed:
    """A path, its far end, and a second process where one is needed."""

    def __init__(self, wire: Options) -> None:
        self.options: dict[str, str | int | float | bool] = {**QUICK, **wire}
        self.peer = CardPrinterSimulator("card_printer", self.options)
        self.options |= self.peer.start()
        self.path = EasyPrinterCardPath("card_printer", self.options)
        self.path.open()

    def with_card(self) -> PlainCard:
        card = PlainCard()
        assert self.peer.machine.insert(card)
        assert self.path.accept(NEVER, lambda: None) == CardMoved(CardPosition.PRINT)
        return card

    def restarted(self) -> EasyPrinterCardPath:
        """The kiosk's process died; a new one asks the same machine."""
        self.path.close()
        self.path = EasyPrinterCardPath("card_printer", self.options)
        self.path.open()
        return self.path

    def stop(self) -> None:
        self.path.close()
        self.peer.stop()


@pytest.fixture
def bed() -> Iterator[Bed]:
    made = Bed({})
    yield made
    made.stop()


@pytest.fixture
def blind() -> Iterator[Bed]:
    """No camera: what is known comes from the printer alone."""
    made = Bed({"face_camera": "none"})
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
def test_a_jam_on_the_way_in_says_where(bed: Bed, place: str, position: CardPosition) -> None:
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
def test_a_jam_further_on_says_where(bed: Bed, place: str, position: CardPosition) -> None:
    bed.with_card()
    bed.peer.machine.condition.jam_at = place
    moves = {
        "chip": lambda: bed.path.move_to(CardPosition.CHIP, NEVER),
        "exit": lambda: bed.path.eject(NEVER),
        "bin": lambda: bed.path.retain(NEVER),
    }
    assert moves[place]() == CardNotMoved(PathTrouble.JAMMED, position)
    assert bed.path.eject(NEVER) == CardNotMoved(PathTrouble.JAMMED, position)


def test_a_jam_under_the_head_leaves_the_face_in_doubt(bed: Bed) -> None:
    bed.with_card()
    bed.peer.machine.condition.jam_at = "print"
    assert bed.path.print_face(JOB, NEVER) == FaceDoubtful(PathTrouble.JAMMED)
    assert bed.path.probe_face(JOB) is Probe.NOT_DONE


def test_a_job_that_stops_half_is_seen_and_can_be_printed_again(bed: Bed) -> None:
    bed.with_card()
    bed.peer.machine.condition.job_stops_half = True
    assert bed.path.print_face(JOB, NEVER) == FaceDoubtful(PathTrouble.HARDWARE)
    assert bed.path.probe_face(JOB) is Probe.NOT_DONE
    bed.path.reset()
    assert bed.path.print_face(JOB, NEVER) == FacePrinted()
    assert bed.path.probe_face(JOB) is Probe.DONE


def test_a_card_comes_back_even_after_a_job_that_broke_off(bed: Bed) -> None:
    bed.with_card()
    bed.peer.machine.condition.job_stops_half = True
    bed.path.print_face(JOB, NEVER)
    assert bed.path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


def test_rows_garbled_on_the_line_print_and_only_the_camera_sees_it(bed: Bed) -> None:
    bed.with_card()
    bed.peer.machine.condition.garbled = True
    assert bed.path.print_face(JOB, NEVER) == FacePrinted()
    assert bed.path.probe_face(JOB) is Probe.NOT_DONE


def test_a_head_at_its_end_prints_nothing(bed: Bed) -> None:
    bed.with_card()
    bed.peer.machine.condition.head_percent = 0
    assert bed.path.print_face(JOB, NEVER) == FaceNotPrinted(PathTrouble.HEAD_WORN)
    assert bed.path.status().supplies == {"head": Supply.OUT}
    assert not bed.path.status().usable
    assert bed.peer.machine.jobs_done == 0


def test_a_full_bin_keeps_nothing_and_the_card_still_comes_back(bed: Bed) -> None:
    bed.peer.machine.condition.bin_capacity = 0
    bed.with_card()
    assert bed.path.retain(NEVER) == CardNotMoved(PathTrouble.BIN_FULL, CardPosition.PRINT)
    assert bed.path.status().bins == {"retain": Bin.FULL}
    assert not bed.path.status().usable
    assert bed.path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


def test_a_card_drawn_out_at_the_last_moment_was_not_kept(bed: Bed) -> None:
    bed.with_card()
    bed.path.eject(NEVER)
    bed.peer.machine.take()
    assert bed.path.retain(NEVER) == CardNotMoved(PathTrouble.NO_CARD, CardPosition.NONE)


def test_lines_that_do_not_fit_are_refused_before_anything_moves(bed: Bed) -> None:
    bed.with_card()
    long = FaceJob("K1-3", AREA, (FaceLine("很长" * 30),))
    assert bed.path.print_face(long, NEVER) == FaceNotPrinted(PathTrouble.DOES_NOT_FIT)
    many = FaceJob("K1-3", AREA, (FaceLine("一"),) * 4)
    assert bed.path.print_face(many, NEVER) == FaceNotPrinted(PathTrouble.DOES_NOT_FIT)


# Replies lost, after the effect and before it.


def test_the_release_is_lost_with_the_link_after_it_took_effect(bed: Bed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.lose_link_after = "GO"
    assert bed.path.print_face(JOB, NEVER) == FaceDoubtful(PathTrouble.LINK_LOST)
    bed.peer.plug()
    assert bed.restarted().probe_face(JOB) is Probe.DONE
    assert bed.path.probe_face(OTHER) is Probe.NOT_DONE
    assert bed.peer.machine.jobs_done == 1


def test_without_a_camera_the_printer_is_believed(blind: Bed) -> None:
    blind.with_card()
    blind.peer.misbehaviour.lose_link_after = "GO"
    blind.path.print_face(JOB, NEVER)
    blind.peer.plug()
    assert blind.path.probe_face(JOB) is Probe.DONE
    assert blind.restarted().probe_face(JOB) is Probe.DONE


@pytest.mark.parametrize("after", [1, 40, 300, 2000])
def test_a_link_cut_within_the_rows_prints_nothing(bed: Bed, after: int) -> None:
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


def test_rows_left_by_a_dead_process_do_not_reach_the_next_card(bed: Bed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.cut_after_bytes = 2000
    bed.path.print_face(JOB, NEVER)
    bed.peer.plug()
    bed.restarted().eject(NEVER)
    bed.peer.machine.take()
    card = bed.with_card()
    assert bed.path.print_face(FaceJob("K1-9", AREA), NEVER) == FacePrinted()
    assert set(card.face.tobytes()) == {255}


def test_without_a_camera_rows_cut_off_leave_it_unknown(blind: Bed) -> None:
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
    bed: Bed, command: str, position: CardPosition
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


def test_a_link_lost_while_the_mouth_waits_leaves_it_shut_after_the_restart(bed: Bed) -> None:
    bed.peer.misbehaviour.lose_link_after = "FEED_FROM_FRONT"
    lost = CardNotMoved(PathTrouble.LINK_LOST, CardPosition.UNKNOWN)
    assert bed.path.accept(NEVER, lambda: None) == lost
    bed.peer.plug()
    path = bed.restarted()
    bed.peer.machine.insert(PlainCard())
    assert path.where().position is CardPosition.ENTRY


def test_a_card_swallowed_while_nobody_looked_is_found(bed: Bed) -> None:
    bed.peer.misbehaviour.lose_link_after = "FEED_FROM_FRONT"
    bed.path.accept(NEVER, lambda: None)
    bed.peer.machine.insert(PlainCard())
    bed.peer.plug()
    path = bed.restarted()
    assert path.where().position is CardPosition.PRINT
    assert path.accept(NEVER, lambda: None) == CardMoved(CardPosition.PRINT)
    assert path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


# Power.


def test_power_lost_with_a_card_inside_keeps_the_card(bed: Bed) -> None:
    card = bed.with_card()
    bed.path.move_to(CardPosition.CHIP, NEVER)
    bed.peer.power_off()
    assert bed.path.status().state is DeviceState.NO_DEVICE
    bed.peer.power_on()
    path = bed.restarted()
    assert path.where().position is CardPosition.CHIP
    assert bed.peer.at_chip() is card
    assert path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


def test_power_lost_within_a_job_leaves_half_a_face(bed: Bed) -> None:
    card = bed.with_card()
    bed.peer.machine.condition.print_s = 60
    outcome: list[FaceOutcome] = []
    thread = threading.Thread(target=lambda: outcome.append(bed.path.print_face(JOB, NEVER)))
    thread.start()
    until(lambda: bed.peer.machine.short_status().printing)
    bed.peer.power_cycle()
    thread.join(PATIENCE_S)
    assert isinstance(outcome[0], FaceDoubtful)
    assert 0 in card.face.tobytes()
    assert bed.restarted().probe_face(JOB) is Probe.NOT_DONE


def test_power_makes_the_printer_forget_and_only_the_camera_remembers(bed: Bed) -> None:
    bed.with_card()
    bed.path.print_face(JOB, NEVER)
    bed.peer.power_cycle()
    path = bed.restarted()
    assert not path.where().printed
    assert path.probe_face(JOB) is Probe.DONE


def test_without_a_camera_a_forgetful_printer_is_not_taken_for_not_printed(blind: Bed) -> None:
    blind.with_card()
    blind.path.print_face(JOB, NEVER)
    blind.peer.power_cycle()
    assert blind.restarted().probe_face(JOB) is Probe.UNKNOWN


def test_a_blind_camera_leaves_the_printers_word(bed: Bed) -> None:
    bed.peer.camera_blind = True
    bed.with_card()
    bed.path.print_face(JOB, NEVER)
    assert bed.path.face_picture() is None
    assert bed.path.probe_face(JOB) is Probe.DONE
    assert bed.path.probe_face(OTHER) is Probe.UNKNOWN


# Cancel.


def test_a_print_withdrawn_before_its_release_prints_nothing(bed: Bed) -> None:
    bed.with_card()
    cancel = threading.Event()
    cancel.set()
    assert bed.path.print_face(JOB, cancel) == FaceNotPrinted(PathTrouble.WITHDRAWN)
    assert bed.peer.machine.jobs_done == 0


def test_a_print_withdrawn_after_its_release_is_doubtful_and_goes_on(bed: Bed) -> None:
    bed.with_card()
    bed.peer.machine.condition.print_s = 0.3
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


def test_a_card_that_goes_in_as_the_wait_is_withdrawn_is_accepted(bed: Bed) -> None:
    bed.peer.machine.condition.move_s = 0.2
    cancel, moved = threading.Event(), list[object]()
    thread = threading.Thread(target=lambda: moved.append(bed.path.accept(cancel, cancel.set)))
    thread.start()
    bed.peer.machine.insert(PlainCard())
    thread.join(PATIENCE_S)
    assert moved == [CardMoved(CardPosition.PRINT)]


def test_a_withdrawn_move_says_where_the_card_was_seen_last(bed: Bed) -> None:
    bed.with_card()
    bed.peer.machine.condition.move_s = 30
    cancel = threading.Event()
    cancel.set()
    outcome = bed.path.eject(cancel)
    assert outcome == CardNotMoved(PathTrouble.WITHDRAWN, CardPosition.TRANSPORT)


# Lines that lie.


def test_a_silent_printer_is_offline_and_leaves_nothing_certain(bed: Bed) -> None:
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


def test_garbage_is_never_taken_for_an_answer(bed: Bed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.garbage = True
    assert bed.path.status().state is DeviceState.HARDWARE_ERROR
    assert bed.path.where().position is CardPosition.UNKNOWN
    assert bed.path.probe_face(JOB) is Probe.UNKNOWN


def test_a_status_with_an_older_one_in_front_is_not_believed(bed: Bed) -> None:
    bed.with_card()
    bed.peer.misbehaviour.stale_answers = True
    assert bed.path.eject(NEVER) == CardNotMoved(PathTrouble.LINK_LOST, CardPosition.UNKNOWN)
    bed.peer.misbehaviour.stale_answers = False
    assert bed.path.eject(NEVER) == CardMoved(CardPosition.ENTRY)


def test_an_error_the_machine_does_not_explain_is_hardware(bed: Bed) -> None:
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


def test_every_knob_turns_and_stays_as_it_was_set(bed: Bed) -> None:
    knobs = {knob.key: knob for knob in bed.peer.knobs()}
    for knob in knobs.values():
        if knob.kind is KnobKind.SWITCH:
            knob.set(True)
            assert knob.get() is True, knob.key
            knob.set(False)
            assert knob.get() is False, knob.key
        elif knob.kind is KnobKind.NUMBER:
            before = knob.get()
            knob.set(7)
            assert knob.get() == 7, knob.key
            knob.set(before)
        elif knob.kind is KnobKind.CHOICE and knob.key != "card":
            for choice in knob.choices:
                knob.set(choice.value)
                assert knob.get() == choice.value, knob.key
            knob.set("none")
    assert {choice.value for choice in knobs["card"].choices} == {"none", *people()}
    knobs["card"].set("elder")
    assert knobs["card"].get() == "elder"
    assert [one.name for one in bed.peer.pictures()] == ["face.png"]
    knobs["take"].set(None)
    assert knobs["card"].get() == "none"
    knobs["insert_wrong_way"].set(None)
    knobs["open_and_clear"].set(None)
    knobs["insert_foreign"].set(None)
    assert bed.peer.pictures() == ()
