"""A camera through OpenCV: index, device path, recording or URL (hardware facts 9d)."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np

from hardware.drivers.opencv.face_finder import HaarFaceFinder, roll_deg
from hardware.drivers.opencv.face_seen import FaceFinder, Picture, SeenFace
from hardware.drivers.opencv.face_watch import Candidate, FaceWatch, Limits
from hardware.drivers.opencv.frame_source import FrameSource, Newest, Wanted
from hardware.errors import NoAnswerError, NotConnectedError
from hardware.interfaces.camera import (
    Basis,
    FaceCheck,
    FaceQuality,
    Frame,
    Interaction,
    LiveFace,
    NoFace,
    View,
)
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus
from hardware.timing import Deadline

JPEG_QUALITIES = (92, 85, 75, 60)
MOST_JPEG_BYTES = 70_000
"""Central takes pictures of up to 75,000 bytes; the best quality that fits is used."""
MOST_WIDTH_PX = 480
_CROP_SIDE, _CROP_ABOVE, _CROP_BELOW = 0.55, 0.6, 0.75
"""Room around the face in the picture that is compared, in face widths."""


class OpenCvCamera:
    """Implements `Camera`.

    Args:
        name: of the device in the configuration.
        options: `source`, `width_px` and `height_px` asked for, `turned_by_deg` (how the camera is
            mounted: 0, 90, 180, 270 clockwise), `first_frame_timeout_s`, `frozen_after_s`, and the
            limits `least_face_share`, `least_brightness`, `most_brightness`, `least_sharpness`.
        finder: finds faces; the Haar detector when left out.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(
        self,
        name: str,
        options: Options,
        finder: FaceFinder | None = None,
    ) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._wanted = Wanted(
            source=table.text("source"),
            width_px=int(table.number("width_px", 0, 0, 4096)),
            height_px=int(table.number("height_px", 0, 0, 4096)),
            open_s=table.number("first_frame_timeout_s", 4.0, 0.1, 30),
            frozen_s=table.number("frozen_after_s", 2.0, 0.1, 30),
        )
        self._turns = table.one_of("turned_by_deg", 0, (0, 90, 180, 270)) // 90
        usual = Limits()
        self._limits = replace(
            usual,
            least_face_share=table.number("least_face_share", usual.least_face_share, 0.05, 0.6),
            least_brightness=table.number("least_brightness", usual.least_brightness, 0, 255),
            most_brightness=table.number("most_brightness", usual.most_brightness, 0, 255),
            least_sharpness=table.number("least_sharpness", usual.least_sharpness, 0, 10_000),
        )
        table.end()
        self._name = name
        self._finder = finder or HaarFaceFinder()
        self._source: FrameSource | None = None
        self._size = ""

    def open(self) -> None:
        """Take the camera and see its first frame.

        Raises:
            DeviceError: it is not there, or gives no frame.
        """
        self.close()
        source = FrameSource(self._name, self._wanted)
        source.start()
        self._source = source
        with source.looking():
            first = source.newer_than(0).picture
        self._size = f"{first.shape[1]}x{first.shape[0]}"

    def close(self) -> None:
        """Let go of the camera."""
        source, self._source = self._source, None
        if source is not None:
            source.stop()

    def status(self) -> DeviceStatus:
        """Whether new frames come; looks at no face."""
        if self._source is None:
            return DeviceStatus(DeviceState.NO_DEVICE)
        try:
            self._source.check()
        except NotConnectedError:
            return DeviceStatus(DeviceState.NO_DEVICE)
        except NoAnswerError:
            return DeviceStatus(DeviceState.OFFLINE, detail="frozen")
        return DeviceStatus(DeviceState.ONLINE)

    def reset(self) -> None:
        """Let go of the camera and take it again.

        Raises:
            DeviceError: it does not come back.
        """
        self.open()

    def identity(self) -> DeviceIdentity:
        """The size of its frames; cameras tell OpenCV no more than that."""
        return DeviceIdentity(f"camera {self._size}".strip())

    def interactions(self) -> frozenset[Interaction]:
        """What the face finder can see; see `Camera.interactions`."""
        return self._finder.interactions

    def frame(self, cancel: Cancel) -> Frame | None:
        """The next frame to come; see `Camera.frame`."""
        if cancel.is_set():
            return None
        source = self._opened()
        with source.looking():
            return self._upright(source.newer_than(0))[0]

    def take_face(
        self, check: FaceCheck, cancel: Cancel, on_view: Callable[[View], None]
    ) -> LiveFace | NoFace | None:
        """Guide, check and choose; see `Camera.take_face`."""
        source = self._opened()
        with source.looking():
            return self._watch(source, check, cancel, on_view)

    def _watch(
        self,
        source: FrameSource,
        check: FaceCheck,
        cancel: Cancel,
        on_view: Callable[[View], None],
    ) -> LiveFace | NoFace | None:
        watch = FaceWatch(check, self._limits)
        deadline = Deadline(check.within_s)
        number = 0
        while not deadline.passed and not cancel.is_set():
            newest = source.newer_than(number)
            number = newest.number
            frame, picture = self._upright(newest)
            faces = self._finder.look(picture)
            guidance = watch.step(frame, faces, roll_deg(faces[0]) if faces else 0.0)
            on_view(View(frame, guidance, faces[0].box if len(faces) == 1 else None))
            if watch.best is not None:
                return self._live_face(watch.best, check)
        return None if cancel.is_set() else NoFace(watch.trouble(), watch.last_guidance)

    def _opened(self) -> FrameSource:
        if self._source is None:
            raise NotConnectedError(self._name, "the camera is not open")
        return self._source

    def _upright(self, newest: Newest) -> tuple[Frame, Picture]:
        picture = newest.picture
        if self._turns:
            turn = (cv2.ROTATE_90_COUNTERCLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_CLOCKWISE)
            picture = cv2.rotate(picture, turn[self._turns - 1])
        height, width = picture.shape[:2]
        frame = Frame(picture.tobytes(), width, height, newest.number, newest.taken_s)
        return frame, picture

    def _live_face(self, best: Candidate, check: FaceCheck) -> LiveFace:
        return LiveFace(
            jpeg=_head_and_shoulders(best),
            quality=_quality(best.face, best.roll_deg),
            interactions=check.interactions,
            basis=self._finder.basis if check.interactions else Basis.NOT_ASKED,
        )


def _quality(face: SeenFace, roll: float) -> FaceQuality:
    return FaceQuality(
        face_px=face.box[2],
        sharpness=round(face.sharpness, 1),
        brightness=round(face.brightness, 1),
        contrast=round(face.contrast, 1),
        turn=round(face.turn, 3),
        roll_deg=round(roll, 1),
    )


def _head_and_shoulders(best: Candidate) -> bytes:
    frame = best.frame
    picture = np.frombuffer(frame.bgr, np.uint8).reshape(frame.height_px, frame.width_px, 3)
    left, top, width, height = best.face.box
    rows = slice(max(0, round(top - _CROP_ABOVE * height)), round(top + (1 + _CROP_BELOW) * height))
    columns = slice(
        max(0, round(left - _CROP_SIDE * width)), round(left + (1 + _CROP_SIDE) * width)
    )
    part = picture[rows, columns]
    scale = min(1.0, MOST_WIDTH_PX / part.shape[1])
    if scale < 1:
        part = cv2.resize(part, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for quality in JPEG_QUALITIES:
        good, jpeg = cv2.imencode(".jpg", part, [cv2.IMWRITE_JPEG_QUALITY, quality])
        assert good, "a part of a frame is a picture"
        if len(jpeg) <= MOST_JPEG_BYTES:
            break
    return bytes(jpeg)
