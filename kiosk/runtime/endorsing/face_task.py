"""Is the person before the camera the holder: look, ask for a movement, have it compared."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from hardware.interfaces.camera import Camera, FaceCheck, Interaction, LiveFace, NoFace
from hardware.interfaces.camera import View as CameraView
from hardware.interfaces.device import Cancel
from hardware.interfaces.face_matcher import (
    Absence,
    Comparison,
    FaceMatcher,
    MatchResult,
    Unavailable,
    Verdict,
)
from hardware.outcome import Done, Outcome
from kiosk.clock import Clock
from kiosk.flows.endorsement.events import FaceChecked, FaceGuided
from kiosk.flows.endorsement.states import Preview
from kiosk.runtime.device_calls import Devices, LatestCall, Tell
from kiosk.runtime.service_thread import ServiceThread

LOOK_S = 25.0
LIMIT_S = 40.0
PREVIEW_EVERY_S = 0.12
"""A preview smooth enough to see oneself in; each is a texture on the screen."""


class Never:
    """A comparison that nobody withdraws."""

    def is_set(self) -> bool:
        """Not."""
        return False

    def wait(self, timeout: float | None = None) -> bool:
        """Nobody waits."""
        del timeout
        return False


class Draw(Protocol):
    """Chooses one of several by chance."""

    def __call__(self, choices: tuple[Interaction, ...], /) -> Interaction:
        """One of them."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """Who compares.

    Args:
        matcher: central first, then an engine of this machine.
        thread: on which it may wait for them.
    """

    matcher: FaceMatcher
    thread: ServiceThread


class FaceTask:
    """One check at a time, and never a stale answer.

    Args:
        devices: the manager.
        comparing: who compares.
        clock: to slow the preview.
        report: takes `FaceGuided` and `FaceChecked`.
        draw: chooses what the person is asked to do.
    """

    def __init__(
        self,
        devices: Devices,
        comparing: Comparing,
        clock: Clock,
        report: Callable[[object], None],
        draw: Draw | None = None,
    ) -> None:
        self._comparing = comparing
        self._clock = clock
        self._report = report
        self._draw: Draw = draw or random.SystemRandom().choice
        self._looks = LatestCall(devices, "camera", LIMIT_S, report)
        self._shown_s = 0.0

    def start(self, portrait: bytes) -> None:
        """Look for a face instead of any earlier look.

        Args:
            portrait: of the chip.
        """

        def look(camera: Camera, cancel: Cancel, tell: Tell) -> LiveFace | NoFace | None:
            check = FaceCheck(self._asked(camera), LOOK_S)
            return camera.take_face(check, cancel, lambda view: self._seen(view, tell))

        try:
            self._looks.start(look, lambda outcome, tell: self._looked(portrait, outcome, tell))
        except KeyError:
            self._report(FaceChecked(None, "camera_away"))

    def stop(self) -> None:
        """No longer look; nothing more is heard of it."""
        self._looks.stop()

    def _asked(self, camera: Camera) -> tuple[Interaction, ...]:
        possible = camera.interactions()
        choices = tuple(one for one in Interaction if one in possible)
        return (self._draw(choices),) if choices else ()

    def _seen(self, view: CameraView, tell: Tell) -> None:
        now_s = self._clock.monotonic_s()
        if now_s - self._shown_s < PREVIEW_EVERY_S:
            return
        self._shown_s = now_s
        frame = view.frame
        preview = Preview(frame.bgr, frame.width_px, frame.height_px)
        tell(FaceGuided(view.guidance.value, preview))

    def _looked(self, portrait: bytes, outcome: Outcome[Any], tell: Tell) -> None:
        face = outcome.value if isinstance(outcome, Done) else None
        if isinstance(face, LiveFace):
            self._comparing.thread.run(lambda: tell(self._compare(face.jpeg, portrait)))
        elif isinstance(face, NoFace):
            tell(FaceChecked(None, face.trouble.value))
        else:
            tell(FaceChecked(None, "camera_away"))

    def _compare(self, live: bytes, portrait: bytes) -> FaceChecked:
        return _checked(self._comparing.matcher.compare(live, portrait, Never()))


def _checked(result: MatchResult | None) -> FaceChecked:
    """Only a plain match is the holder; another person gets no second look."""
    if not isinstance(result, Comparison):
        return FaceChecked(None, "not_compared")
    if result.verdict is Verdict.MATCH:
        return FaceChecked(same=True)
    if result.verdict is Verdict.NO_MATCH:
        return FaceChecked(same=False, reason="different")
    return FaceChecked(None, "unsure")


class MachineFaceEngine:
    """An engine of this machine as a `FaceMatcher`, used through the manager.

    Args:
        call: uses a device and waits; see `WaitingDevices.call`.
        name: of the device.
    """

    def __init__(self, call: Callable[..., Outcome[Any]], name: str = "face_matcher") -> None:
        self._call = call
        self._name = name

    def compare(self, live: bytes, reference: bytes, cancel: Cancel) -> MatchResult | None:
        """Have it compare; no device of this name, or a lost one, has not compared."""

        def ask(engine: FaceMatcher, own: Cancel) -> MatchResult | None:
            return engine.compare(live, reference, own)

        try:
            outcome = self._call(self._name, ask, LIMIT_S, cancel)
        except KeyError:
            return Unavailable(Absence.NOT_CONFIGURED)
        if isinstance(outcome, Done):
            found: MatchResult | None = outcome.value
            return found
        return Unavailable(Absence.NO_ANSWER)
