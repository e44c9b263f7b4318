"""Reads a camera on a thread of its own and keeps only the newest frame, only while it is wanted.

While nobody looks, frames are taken off the camera and dropped unseen: an idle machine watches no
one, and the camera's buffer stays fresh. A read from a camera that hangs cannot be interrupted
(hardware facts 9d); so nobody waits for one: whether a camera lives is judged by the age of its
last frame that differed from the one before.
"""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import cv2.utils.logging
import numpy as np

from hardware.drivers.opencv.face_seen import Picture
from hardware.errors import NoAnswerError, NotConnectedError
from hardware.timing import Deadline, monotonic_s

_COMPARED_STEP = 7
"""Every so many pixels are compared to see whether anything moved: noise alone moves some."""
_FILE_FPS = 15.0
_HUNG_READ_S = 30.0
"""A stream that stays open and silent is frozen, not gone: it is given up only after so long."""

# It writes to standard error of its own accord, with the camera's address in it.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which camera, and what to ask it for.

    Args:
        source: an index (`0`), a device path, a file, or a URL.
        width_px: asked for; 0 for whatever it gives.
        height_px: asked for; 0 for whatever it gives.
        open_s: longest wait for the first frame.
        frozen_s: without a new picture for so long, the camera is frozen.
    """

    source: str
    width_px: int
    height_px: int
    open_s: float
    frozen_s: float


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest picture, its number and when it came."""

    picture: Picture
    number: int
    taken_s: float


class FrameSource:
    """One camera from being opened to being let go.

    Args:
        device: name for errors and the thread.
        wanted: the camera.
    """

    def __init__(self, device: str, wanted: Wanted) -> None:
        self._device = device
        self._wanted = wanted
        self._changed = threading.Condition()
        self._newest: Newest | None = None
        self._number = 0
        self._looking = False
        self._moved = False
        self._lively_s = monotonic_s()
        self._ended = ""
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"camera-{device}", daemon=True)

    def start(self) -> None:
        """Open the camera and wait for its first frame.

        Raises:
            NotConnectedError: it is not there.
            NoAnswerError: it is there and gives no frame.
        """
        self._thread.start()
        try:
            with self.looking():
                self.newer_than(0, self._wanted.open_s)
        except NoAnswerError:
            self.stop()
            raise

    def stop(self) -> None:
        """Let go; a thread that hangs in a read lets go of the camera when the read returns."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join(0.5)

    @contextlib.contextmanager
    def looking(self) -> Iterator[None]:
        """Keep frames while this is open; the last one is dropped at its end."""
        with self._changed:
            self._lively_s, self._moved = monotonic_s(), False
            self._looking = True
        try:
            yield
        finally:
            with self._changed:
                self._looking = False
                self._newest = None

    def check(self) -> None:
        """See that pictures come and change.

        Raises:
            NotConnectedError: the camera is gone.
            NoAnswerError: it gives no new picture.
        """
        with self.looking():
            number = 0
            while not self._moved:
                number = self.newer_than(number).number

    def newer_than(self, number: int, within_s: float | None = None) -> Newest:
        """A frame that is newer than one already seen; call it while `looking`.

        Args:
            number: of that one.
            within_s: longest wait; the time after which a camera is frozen when left out.

        Raises:
            NotConnectedError: the camera is gone.
            NoAnswerError: it gives no new picture.
        """
        deadline = Deadline(self._wanted.frozen_s if within_s is None else within_s)
        with self._changed:
            while not self._ended and (self._newest is None or self._newest.number <= number):
                if deadline.passed or not self._changed.wait(deadline.left_s):
                    raise NoAnswerError(self._device, "no new frame")
            newest = self._newest
        if self._ended or newest is None:
            raise NotConnectedError(self._device, self._ended)
        # The noise of a live sensor changes every picture.
        if monotonic_s() - self._lively_s > self._wanted.frozen_s:
            raise NoAnswerError(self._device, "the picture does not change")
        return newest

    def _run(self) -> None:
        capture = _capture(self._wanted)
        try:
            if not capture.isOpened():
                self._end("the camera is not there")
                return
            self._read_all(capture)
        finally:
            capture.release()

    def _read_all(self, capture: Any) -> None:
        is_file = Path(self._wanted.source).is_file()
        pause_s = 1 / (capture.get(cv2.CAP_PROP_FPS) or _FILE_FPS) if is_file else 0.0
        while not self._stopping.wait(pause_s):
            good = capture.grab()
            if not good and is_file:
                # A recording begins again; it is read as fast as it is paced here.
                capture.set(cv2.CAP_PROP_POS_FRAMES, 0)
                good = capture.grab()
            picture = None
            if good and self._looking:
                good, picture = capture.retrieve()
            if not good:
                self._end("the camera went away")
                return
            if picture is not None:
                self._keep(picture)

    def _keep(self, picture: Picture) -> None:
        now_s = monotonic_s()
        with self._changed:
            if not self._looking:
                return
            before = self._newest
            differs = before is not None and _differs(before.picture, picture)
            if before is None or differs:
                self._lively_s = now_s
            self._moved = self._moved or differs
            self._number += 1
            self._newest = Newest(picture, self._number, now_s)
            self._changed.notify_all()

    def _end(self, fact: str) -> None:
        with self._changed:
            self._ended = fact
            self._changed.notify_all()


def _capture(wanted: Wanted) -> Any:
    source = wanted.source
    if source.isdigit():
        capture = cv2.VideoCapture(int(source))
    elif "://" in source:
        open_ms, read_ms = int(1000 * wanted.open_s), int(1000 * _HUNG_READ_S)
        limits = (cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, open_ms, cv2.CAP_PROP_READ_TIMEOUT_MSEC, read_ms)
        capture = cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)
    else:
        capture = cv2.VideoCapture(source)
    if wanted.width_px and wanted.height_px and "://" not in source:
        capture.set(cv2.CAP_PROP_FRAME_WIDTH, wanted.width_px)
        capture.set(cv2.CAP_PROP_FRAME_HEIGHT, wanted.height_px)
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
    return capture


def _differs(one: Picture, other: Picture) -> bool:
    step = _COMPARED_STEP
    return not np.array_equal(one[::step, ::step], other[::step, ::step])
