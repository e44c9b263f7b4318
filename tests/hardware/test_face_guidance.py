"""What a person is told, frame by frame, and which picture is kept: on drawings, without a wire."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hardware.drivers.opencv.face_finder import HaarFaceFinder, roll_deg
from hardware.drivers.opencv.face_seen import SeenFace
from hardware.drivers.opencv.face_watch import FaceWatch, Limits
from hardware.interfaces.camera import FaceCheck, FaceTrouble, Frame, Guidance, Interaction
from hardware.simulators.camera_scene import Painter, Scene

WIDTH, HEIGHT, FRAMES_PER_S = 320, 240, 10
SEVERAL = ("adult", "elder", "rare_name", "foreigner_2023")
"""Long hair, glasses, short hair, and skin as pale as the wall."""
AHEAD = SeenFace((110, 60, 100, 100), ((140.0, 95.0), (180.0, 95.0)), 0.0, 130, 50, 300)


def frame(number: int) -> Frame:
    return Frame(b"", WIDTH, HEIGHT, number, number / FRAMES_PER_S)


def watched(scene: Scene, *asked: Interaction, frames: int = 10) -> FaceWatch:
    """A check over a drawn scene, until it is done or the frames are used up."""
    painter, finder = Painter(WIDTH, HEIGHT), HaarFaceFinder()
    watch = FaceWatch(FaceCheck(asked, frames / FRAMES_PER_S), Limits())
    for number in range(1, frames + 1):
        faces = finder.look(painter.paint(scene, number / FRAMES_PER_S, number))
        watch.step(frame(number), faces, roll_deg(faces[0]) if faces else 0.0)
        if watch.best is not None:
            break
    return watch


def shown(*faces: SeenFace, asked: tuple[Interaction, ...] = ()) -> FaceWatch:
    """A check over faces as a finder would report them, one a frame."""
    watch = FaceWatch(FaceCheck(asked), Limits())
    for number, face in enumerate(faces, 1):
        watch.step(frame(number), (face,), 0.0)
    return watch


def seen(turn: float = 0.0, left: int = 110, **changes: Any) -> SeenFace:
    return replace(AHEAD, turn=turn, box=(left, 60, 100, 100), **changes)


@pytest.mark.parametrize("who", SEVERAL)
def test_a_person_can_turn_to_both_sides_and_be_taken(who: str) -> None:
    both = (Interaction.TURN_RIGHT, Interaction.TURN_LEFT)
    assert watched(Scene(who, turning_s=2.0), *both, frames=40).best is not None


@pytest.mark.parametrize("who", SEVERAL)
def test_a_print_turned_about_its_axis_never_counts_as_a_turned_head(who: str) -> None:
    finder, painter, scene = (
        HaarFaceFinder(),
        Painter(WIDTH, HEIGHT),
        Scene(who, photo=True, turning_s=1.2),
    )
    turns = [
        face.turn
        for number in range(1, 13)
        for face in finder.look(painter.paint(scene, number / FRAMES_PER_S, number))
    ]
    assert len(turns) >= 10
    assert max(map(abs, turns)) < Limits().turned / 2


@pytest.mark.parametrize(
    ("scene", "trouble", "guidance"),
    [
        (Scene(), FaceTrouble.NOBODY, Guidance.STAND_HERE),
        (Scene("adult", second="elder"), FaceTrouble.NOT_ALONE, Guidance.ONE_AT_A_TIME),
        (Scene("adult", "", "still", "dark"), FaceTrouble.POOR_PICTURE, Guidance.MORE_LIGHT),
        (Scene("elder", "", "still", "bright"), FaceTrouble.POOR_PICTURE, Guidance.LESS_LIGHT),
        (
            Scene("adult", movement="still", blurred=True),
            FaceTrouble.POOR_PICTURE,
            Guidance.HOLD_STILL,
        ),
        (
            Scene("adult", movement="still", distance="near"),
            FaceTrouble.POOR_PICTURE,
            Guidance.STEP_BACK,
        ),
        (
            Scene("adult", movement="still", distance="far"),
            FaceTrouble.POOR_PICTURE,
            Guidance.COME_CLOSER,
        ),
        (Scene("adult", "", "turn_left"), FaceTrouble.POOR_PICTURE, Guidance.LOOK_AHEAD),
        (Scene(second="adult"), FaceTrouble.POOR_PICTURE, Guidance.MOVE_TO_MIDDLE),
    ],
    ids=["nobody", "two", "dark", "bright", "blurred", "near", "far", "turned", "aside"],
)
def test_what_is_wrong_is_said(scene: Scene, trouble: FaceTrouble, guidance: Guidance) -> None:
    watch = watched(scene, frames=5)
    assert watch.best is None
    assert (watch.trouble(), watch.last_guidance) == (trouble, guidance)


def test_a_mask_is_advised_against_but_decides_nothing() -> None:
    assert watched(Scene("expired", mask=True, movement="still"), frames=4).last_guidance is (
        Guidance.UNCOVER_FACE
    )
    taken = watched(Scene("expired", mask=True, movement="still"), frames=20)
    assert taken.best is not None
    assert taken.best.face.covered


def test_shut_eyes_are_not_taken() -> None:
    # At every second second the eyes are shut for a quarter of one.
    shut = HaarFaceFinder().look(
        Painter(WIDTH, HEIGHT).paint(Scene("adult", movement="blinking"), 2.1, 1)
    )
    assert [face.eyes for face in shut] == [None]
    watch = shown(*shut * 5)
    assert watch.best is None
    assert watch.last_guidance is Guidance.SHOW_EYES


def test_the_sharpest_of_the_good_frames_is_kept() -> None:
    watch = shown(seen(sharpness=100.0), seen(sharpness=400.0), seen(sharpness=200.0))
    assert watch.best is not None
    assert watch.best.frame.number == 2


def test_frames_before_the_turn_are_never_taken() -> None:
    turned = seen(turn=-0.4)
    watch = shown(seen(sharpness=900.0), turned, *[AHEAD] * 3, asked=(Interaction.TURN_LEFT,))
    assert watch.best is not None
    assert watch.best.frame.number > 2


def test_a_turn_to_the_wrong_side_does_not_count() -> None:
    watch = shown(AHEAD, seen(turn=0.5), *[AHEAD] * 5, asked=(Interaction.TURN_LEFT,))
    assert watch.best is None
    assert watch.trouble() is FaceTrouble.NO_INTERACTION


def test_a_head_that_was_turned_before_it_was_asked_does_not_count() -> None:
    watch = shown(*[seen(turn=-0.5)] * 5, asked=(Interaction.TURN_LEFT,))
    assert watch.last_guidance is Guidance.LOOK_AHEAD


def test_each_of_two_turns_begins_from_looking_ahead() -> None:
    asked = (Interaction.TURN_LEFT, Interaction.TURN_LEFT)
    once = shown(AHEAD, seen(turn=-0.4), seen(turn=-0.4), *[AHEAD] * 4, asked=asked)
    assert once.best is None
    twice = shown(AHEAD, seen(turn=-0.4), AHEAD, seen(turn=-0.4), *[AHEAD] * 4, asked=asked)
    assert twice.best is not None


def test_a_face_that_jumps_begins_again() -> None:
    left_of_it = seen(left=10)
    watch = shown(AHEAD, seen(turn=-0.4), left_of_it, *[AHEAD] * 3, asked=(Interaction.TURN_LEFT,))
    assert watch.best is None
    assert watch.trouble() is FaceTrouble.NOT_THE_SAME


def test_a_face_lost_for_a_moment_goes_on_and_for_longer_begins_again() -> None:
    for missing, goes_on in ((5, True), (15, False)):
        watch = FaceWatch(FaceCheck((Interaction.TURN_LEFT,)), Limits())
        watch.step(frame(1), (AHEAD,), 0.0)
        watch.step(frame(2), (seen(turn=-0.4),), 0.0)
        for number in range(3, 3 + missing):
            watch.step(frame(number), (), 0.0)
        for number in range(3 + missing, 6 + missing):
            watch.step(frame(number), (AHEAD,), 0.0)
        assert (watch.best is not None) is goes_on


def test_somebody_looking_over_the_shoulder_begins_again() -> None:
    watch = FaceWatch(FaceCheck((Interaction.TURN_LEFT,)), Limits())
    for number, faces in enumerate(
        [(AHEAD,), (seen(turn=-0.4),), (AHEAD, seen(left=10)), (AHEAD,), (AHEAD,), (AHEAD,)], 1
    ):
        watch.step(frame(number), faces, 0.0)
    assert watch.best is None
    assert watch.last_guidance is Guidance.TURN_LEFT


def test_a_blink_counts_where_the_finder_sees_eyes() -> None:
    lids = [True, False, True, True, True, True]
    faces = [seen(eyes_open=one) for one in lids]
    assert shown(*faces, asked=(Interaction.BLINK,)).best is not None
    unseen = [seen(eyes_open=None)] * 6
    assert shown(*unseen, asked=(Interaction.BLINK,)).best is None


def test_a_tilted_head_is_asked_to_look_ahead() -> None:
    watch = FaceWatch(FaceCheck(), Limits())
    assert watch.step(frame(1), (AHEAD,), 20.0) is Guidance.LOOK_AHEAD


@pytest.mark.parametrize("size", [(1, 1), (12, 16), (48, 640), (640, 48), (480, 640)])
def test_no_picture_is_too_odd_to_be_looked_at(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (*size, 3)).astype(np.uint8)
    finder = HaarFaceFinder()
    for picture in (noise, np.zeros_like(noise), np.full_like(noise, 255)):
        assert len(finder.look(picture)) < 3


def test_a_face_at_the_very_edge_is_looked_at() -> None:
    whole = Painter(WIDTH, HEIGHT).paint(Scene("adult", movement="still"), 0.0, 1)
    finder = HaarFaceFinder()
    left, top, width, height = finder.look(whole)[0].box
    cut = np.ascontiguousarray(whole[top - 4 : top + height + 4, left - 4 : left + width + 4])
    assert all(-1 <= face.turn <= 1 for face in finder.look(cut))
