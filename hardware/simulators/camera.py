"""A network camera with a drawn person before it.

Not modelled: real skin, light from the side, lens distortion, motion blur, exposure control, hands,
beards, hats, and depth. A head is turned by shifting its features, so the turn seen here says that
the machine reacts as it should, not how well it sees real people. A video replayed on a screen, a
mask of a face and a computed face are not modelled, and nothing in the product stops them.
"""

from collections.abc import Mapping

import cv2

from hardware.settings import Options
from hardware.simulators.base import Knob
from hardware.simulators.cable import OnCable
from hardware.simulators.camera_scene import DISTANCES, LIGHTS, MOVEMENTS, Painter, Scene
from hardware.simulators.knob_board import KnobBoard, persons
from hardware.simulators.mjpeg_peer import MjpegPeer
from hardware.timing import monotonic_s

FRAMES_PER_S = 15.0
SLOW_FRAMES_PER_S = 2.0
_JPEG_QUALITY = 85


class CameraSimulator(OnCable[MjpegPeer]):
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: the device's options; `width_px` and `height_px` size the pictures.
        frames_per_s: pace of the camera.
    """

    def __init__(self, key: str, options: Options, *, frames_per_s: float = FRAMES_PER_S) -> None:
        self.key = key
        self.scene = Scene()
        self.frozen = self.stuck = self.slow = self.stumbles = False
        self._pause_s = 1 / frames_per_s
        width = int(options.get("width_px", 0)) or 640
        height = int(options.get("height_px", 0)) or 480
        self._painter = Painter(width, height)
        self._began_s = monotonic_s()
        self._number = 0
        self._last: bytes | None = None
        self._peer = MjpegPeer(self._next, self._pause, key)

    def start(self) -> Mapping[str, str | int | float]:
        """Begin to serve; the source is what the driver opens."""
        return {"source": self._peer.start()}

    def knobs(self) -> tuple[Knob, ...]:
        """The person first, then everything around."""
        scene, stream = KnobBoard("camera", self.scene), KnobBoard("camera", self)
        return (
            scene.choice_or_none("person", persons()),
            scene.choice_or_none("second", persons()),
            scene.choice("movement", MOVEMENTS),
            scene.choice("distance", DISTANCES),
            scene.choice("light", LIGHTS),
            *(scene.switch(key) for key in ("mask", "photo", "blurred")),
            *(stream.switch(key) for key in ("slow", "stumbles", "stuck", "frozen")),
            stream.cable(self._peer),
        )

    def _pause(self) -> float:
        pause_s = 1 / SLOW_FRAMES_PER_S if self.slow else self._pause_s
        # Every fifth frame comes late.
        return pause_s * 6 if self.stumbles and self._number % 5 == 4 else pause_s

    def _next(self) -> bytes | None:
        if self.frozen:
            return None
        if self.stuck and self._last is not None:
            return self._last
        self._number += 1
        picture = self._painter.paint(self.scene, monotonic_s() - self._began_s, self._number)
        good, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
        assert good, "a drawn picture can be compressed"
        self._last = bytes(jpeg)
        return self._last
