"""Faces compared by two model files that the operator supplies (YuNet and SFace, vision facts 3).

OpenCV has the code, no wheel has the files, and nothing here fetches them. A file whose hash is not
the one in the configuration is not loaded. There is no threshold of ours: published ones do not fit
small chip pictures, so both come from trials on site.
"""

import hashlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from hardware.drivers.opencv.face_seen import Picture
from hardware.errors import NotConnectedError, RefusedError
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.interfaces.face_matcher import Absence, Comparison, MatchResult, Unavailable, Verdict
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus

LEAST_SIDE_PX = 320
"""Smaller pictures are enlarged before a face is looked for: chip pictures are."""
MOST_SIDE_PX = 1024
_COSINE = cv2.FaceRecognizerSF_FR_COSINE
_SURE_FACE = 0.7


class OnnxFaceMatcher:
    """Implements `FaceMatcherDevice`.

    Args:
        name: of the device in the configuration.
        options: `detector_model`, `detector_sha256`, `recogniser_model`, `recogniser_sha256`,
            `match_from` and `unsure_from` (cosine likeness, from trials on site).

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._detector_file = (table.text("detector_model"), table.text("detector_sha256"))
        self._recogniser_file = (table.text("recogniser_model"), table.text("recogniser_sha256"))
        # Without a default: a threshold that nobody chose must not decide about a person.
        self._match_from = table.number("match_from", -2.0, -1, 1)
        self._unsure_from = table.number("unsure_from", -2.0, -1, self._match_from)
        table.end()
        self._name = name
        self._detector: Any = None
        self._recogniser: Any = None

    def open(self) -> None:
        """Check both files against their hashes and load them.

        Raises:
            NotConnectedError: a file is not there.
            RefusedError: a file is another one, or no model.
        """
        self.close()
        detector, recogniser = (
            self._checked(*file) for file in (self._detector_file, self._recogniser_file)
        )
        try:
            self._recogniser = cv2.FaceRecognizerSF.create(
                "onnx", recogniser, np.empty(0, np.uint8)
            )
            self._detector = cv2.FaceDetectorYN.create(
                "onnx", detector, np.empty(0, np.uint8), (LEAST_SIDE_PX,) * 2, _SURE_FACE
            )
        except cv2.error:
            self.close()
            raise RefusedError(self._name, "OpenCV cannot read a model file") from None

    def close(self) -> None:
        """Let go of the models."""
        self._detector = self._recogniser = None

    def status(self) -> DeviceStatus:
        """Whether the models are loaded."""
        loaded = self._recogniser is not None
        return DeviceStatus(DeviceState.ONLINE if loaded else DeviceState.NO_DEVICE)

    def reset(self) -> None:
        """Load the models again.

        Raises:
            DeviceError: see `open`.
        """
        self.open()

    def identity(self) -> DeviceIdentity:
        """The models by the beginning of their hashes."""
        return DeviceIdentity("onnx", serial=self._recogniser_file[1][:12])

    def compare(self, live: bytes, reference: bytes, cancel: Cancel) -> MatchResult | None:
        """Find, align, describe and compare; see `FaceMatcher.compare`."""
        if self._recogniser is None:
            return Unavailable(Absence.NOT_CONFIGURED)
        try:
            one = self._features(live)
            if one is None:
                return Unavailable(Absence.NO_FACE_IN_LIVE)
            if cancel.is_set():
                return None
            other = self._features(reference)
            if other is None:
                return Unavailable(Absence.NO_FACE_IN_REFERENCE)
            score = float(self._recogniser.match(one, other, _COSINE))
        except cv2.error:
            return Unavailable(Absence.REFUSED)
        return Comparison(
            verdict=self._verdict(score),
            score=round(score, 4),
            engine="onnx",
            threshold=self._match_from,
            model_sha256=self._recogniser_file[1],
        )

    def _verdict(self, score: float) -> Verdict:
        # Written so that a score that is no number is no match.
        if score >= self._match_from:
            return Verdict.MATCH
        return Verdict.UNSURE if score >= self._unsure_from else Verdict.NO_MATCH

    def _features(self, encoded: bytes) -> Any:
        """Features of the one face in a picture; None without exactly one."""
        picture = _decoded(encoded)
        if picture is None:
            return None
        height, width = picture.shape[:2]
        self._detector.setInputSize((width, height))
        _, found = self._detector.detect(picture)
        if found is None or len(found) != 1:
            return None
        aligned = self._recogniser.alignCrop(picture, found[0])
        # The result shares memory with the next one.
        return self._recogniser.feature(aligned).copy()

    def _checked(self, path: str, sha256: str) -> np.ndarray[Any, np.dtype[np.uint8]]:
        try:
            content = Path(path).read_bytes()
        except OSError:
            raise NotConnectedError(self._name, "a model file is not there") from None
        if hashlib.sha256(content).hexdigest() != sha256.lower():
            raise RefusedError(self._name, "a model file is not the one that was approved")
        # Loaded from the bytes that were checked, not from a file that may have changed since.
        return np.frombuffer(content, np.uint8)


def _decoded(encoded: bytes) -> Picture | None:
    raw = np.frombuffer(encoded, np.uint8)
    picture: Picture | None = cv2.imdecode(raw, cv2.IMREAD_COLOR) if raw.size else None
    if picture is None:
        return None
    longest = max(picture.shape[:2])
    scale = max(1.0, LEAST_SIDE_PX / longest) if longest < MOST_SIDE_PX else MOST_SIDE_PX / longest
    if scale != 1.0:
        picture = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    return picture
