"""Judges what a face finder sees, frame after frame, until a live picture may be compared.

    nobody ─▶ one face ─▶ looks ahead ─▶ does what is asked, in order ─▶ a few good frames ─▶ done
                 ▲                                                              │
                 └───────── vanished too long, jumped, or a second face ◀───────┘

The picture always comes from the same unbroken presence as the interactions. Pure: no picture is
touched here, and time comes with the frames.
"""

from dataclasses import dataclass

from hardware.drivers.opencv.face_seen import Box, SeenFace
from hardware.interfaces.camera import (
    FaceCheck,
    FaceTrouble,
    Frame,
    Guidance,
    Interaction,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """From which measures on a frame is good enough; found on drawings, to be set on site.

    Args:
        least_face_share: of the frame's width.
        most_face_share: of the frame's width.
        off_centre: farthest from the middle, as a share of the frame's width.
        least_brightness: mean grey of the face.
        most_brightness: mean grey of the face.
        least_sharpness: see `FaceQuality`.
        most_roll_deg: slope of the eyes.
        ahead: largest turn that still looks ahead.
        turned: smallest turn that counts as turned.
        good_frames: as many must be good before the best is taken.
        lost_after_s: a face not seen for so long has gone; turned heads are not always found.
        jump: farthest way between two frames, in face widths, that one person can move.
    """

    least_face_share: float = 0.16
    most_face_share: float = 0.55
    off_centre: float = 0.22
    least_brightness: float = 55.0
    most_brightness: float = 215.0
    least_sharpness: float = 45.0
    most_roll_deg: float = 12.0
    ahead: float = 0.13
    turned: float = 0.27
    good_frames: int = 3
    lost_after_s: float = 1.0
    jump: float = 0.8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A frame that may be compared."""

    frame: Frame
    face: SeenFace
    roll_deg: float


class FaceWatch:
    """Follows one person through one check.

    Args:
        check: what is asked.
        limits: of quality and movement.
    """

    def __init__(self, check: FaceCheck, limits: Limits) -> None:
        self._check = check
        self._limits = limits
        self._counts = dict.fromkeys(FaceTrouble, 0)
        self._frames_of_one = 0
        self._advised_s: float | None = None
        self._box: Box | None = None
        self._best: Candidate | None = None
        self._last = Guidance.STAND_HERE
        self._begin_again()

    @property
    def best(self) -> Candidate | None:
        """The sharpest good frame, once everything asked was seen and enough frames were good."""
        done = not self._pending and self._good >= self._limits.good_frames
        return self._best if done else None

    @property
    def last_guidance(self) -> Guidance:
        """What the person was last told."""
        return self._last

    def step(self, frame: Frame, faces: tuple[SeenFace, ...], roll_deg: float) -> Guidance:
        """Take one frame into account.

        Args:
            frame: that was looked at.
            faces: found in it.
            roll_deg: of the largest face.

        Returns:
            What the person should do now.
        """
        self._last = self._judge(frame, faces, roll_deg)
        return self._last

    def trouble(self) -> FaceTrouble:
        """Why there is no picture, when the time has run out."""
        several = self._counts[FaceTrouble.NOT_ALONE]
        if not self._frames_of_one or self._last is Guidance.ONE_AT_A_TIME:
            return FaceTrouble.NOT_ALONE if several else FaceTrouble.NOBODY
        if self._counts[FaceTrouble.NOT_THE_SAME] > 1:
            return FaceTrouble.NOT_THE_SAME
        if self._pending and self._counts[FaceTrouble.NO_INTERACTION]:
            return FaceTrouble.NO_INTERACTION
        return FaceTrouble.POOR_PICTURE

    def _judge(self, frame: Frame, faces: tuple[SeenFace, ...], roll_deg: float) -> Guidance:
        if len(faces) > 1:
            self._counts[FaceTrouble.NOT_ALONE] += 1
            self._begin_again()
            return Guidance.ONE_AT_A_TIME
        if not faces:
            return self._unseen(frame)
        face = faces[0]
        self._frames_of_one += 1
        if not self._is_same(face.box):
            self._counts[FaceTrouble.NOT_THE_SAME] += 1
            self._begin_again()
        self._box, self._seen_s = face.box, frame.taken_s
        return _hindrance(self._limits, frame, face) or self._ask(frame, face, roll_deg)

    def _begin_again(self) -> None:
        self._box = None
        self._seen_s = 0.0
        self._pending = list(self._check.interactions)
        self._seen_ahead = False
        self._eyes_shut = False
        self._good = 0
        self._best = None

    def _unseen(self, frame: Frame) -> Guidance:
        if self._box is not None and frame.taken_s - self._seen_s <= self._limits.lost_after_s:
            return self._last
        if self._box is not None and self._seen_ahead:
            self._counts[FaceTrouble.NOT_THE_SAME] += 1
        self._begin_again()
        return Guidance.STAND_HERE

    def _is_same(self, box: Box) -> bool:
        if self._box is None:
            return True
        left, top, width, height = self._box
        moved_x = abs(box[0] + box[2] / 2 - left - width / 2) / width
        moved_y = abs(box[1] + box[3] / 2 - top - height / 2) / height
        return max(moved_x, moved_y) <= self._limits.jump and 0.5 < box[2] / width < 2

    def _ask(self, frame: Frame, face: SeenFace, roll_deg: float) -> Guidance:
        ahead = abs(face.turn) <= self._limits.ahead
        if self._pending:
            self._counts[FaceTrouble.NO_INTERACTION] += 1
            if self._seen_ahead and self._did(self._pending[0], face):
                self._pending.pop(0)
                # The next one counts only from looking ahead again.
                self._seen_ahead = False
            self._seen_ahead = self._seen_ahead or ahead
            if self._pending and self._seen_ahead:
                return Guidance(self._pending[0].value)
        if not ahead or abs(roll_deg) > self._limits.most_roll_deg:
            return Guidance.LOOK_AHEAD
        self._seen_ahead = True
        return self._keep(Candidate(frame, face, roll_deg))

    def _did(self, asked: Interaction, face: SeenFace) -> bool:
        match asked:
            case Interaction.TURN_LEFT:
                return face.turn <= -self._limits.turned
            case Interaction.TURN_RIGHT:
                return face.turn >= self._limits.turned
            case Interaction.BLINK:
                was_shut, self._eyes_shut = self._eyes_shut, face.eyes_open is False
                return was_shut and face.eyes_open is True

    def _keep(self, candidate: Candidate) -> Guidance:
        if candidate.face.eyes is None:
            return Guidance.SHOW_EYES
        covered = candidate.face.covered
        if self._best is None or _rank(candidate) > _rank(self._best):
            self._best = candidate
        if not covered or self._patience_ends(candidate.frame):
            self._good += 1
        if self.best is not None:
            return Guidance.DONE
        return Guidance.UNCOVER_FACE if covered else Guidance.HOLD_STILL

    def _patience_ends(self, frame: Frame) -> bool:
        """Whether advice about a covered face has been given for half of the time."""
        if self._advised_s is None:
            self._advised_s = frame.taken_s
        return frame.taken_s - self._advised_s > self._check.within_s / 2


def _hindrance(limits: Limits, frame: Frame, face: SeenFace) -> Guidance | None:
    """What place or light must change before anything else can be asked."""
    share = face.box[2] / frame.width_px
    middle = (face.box[0] + face.box[2] / 2) / frame.width_px
    hindrances = (
        (share < limits.least_face_share, Guidance.COME_CLOSER),
        (share > limits.most_face_share, Guidance.STEP_BACK),
        (abs(middle - 0.5) > limits.off_centre, Guidance.MOVE_TO_MIDDLE),
        (face.brightness < limits.least_brightness, Guidance.MORE_LIGHT),
        (face.brightness > limits.most_brightness, Guidance.LESS_LIGHT),
        (face.sharpness < limits.least_sharpness, Guidance.HOLD_STILL),
    )
    return next((guidance for holds, guidance in hindrances if holds), None)


def _rank(candidate: Candidate) -> tuple[bool, float]:
    face = candidate.face
    return not face.covered, face.sharpness * (1 - abs(face.turn))
