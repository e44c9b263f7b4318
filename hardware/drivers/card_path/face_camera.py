"""The picture of a card's face, from a camera above the print station.

The picture must show the printable field upright and fill its frame with it; cutting and turning
is the camera's own business, because only its mounting is known there.
"""

import contextlib
import logging

import cv2
from PIL import Image

OPEN_LIMIT_MS = 1500
READ_LIMIT_MS = 1500

log = logging.getLogger(__name__)


class FaceCamera:
    """A camera that is opened for one picture at a time.

    Args:
        source: number of a camera, address of a stream, or path of a picture file; empty for no
            camera.
    """

    def __init__(self, source: str) -> None:
        self._source: str | int = int(source) if source.isdigit() else source

    def picture(self) -> Image.Image | None:
        """One picture, None when the camera gives none within three seconds."""
        if self._source == "":
            return None
        capture = cv2.VideoCapture()
        try:
            opened = self._open(capture)
            good, frame = capture.read() if opened else (False, None)
        except cv2.error:
            good, frame = False, None
        finally:
            # A camera that never opened may refuse even this.
            with contextlib.suppress(cv2.error):
                capture.release()
        if not good:
            log.info("the camera above the card gives no picture")
            return None
        return Image.fromarray(cv2.cvtColor(frame, cv2.COLOR_BGR2RGB))

    def _open(self, capture: cv2.VideoCapture) -> bool:
        if isinstance(self._source, int):
            return bool(capture.open(self._source))
        # A frozen stream would hold the device's thread for ever (hardware facts 9d).
        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_LIMIT_MS]
        limits += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_LIMIT_MS]
        return bool(capture.open(self._source, cv2.CAP_FFMPEG, limits))
