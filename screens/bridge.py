"""Between the machine's threads and Kivy's main loop; the only user of Kivy's clock."""

import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kivy.clock import Clock  # noqa: TID251 - this is the one place

from kiosk.runtime.view import View

PICTURE_WIDTH_PX = 540
"""Width of the picture that the bench shows."""
PICTURE_QUALITY = 78


@dataclass(frozen=True, slots=True)
class _Pixels:
    size: tuple[int, int]
    rgb: bytes


class Bridge:
    """Takes views from the runner to the screens, and events from the screens to the runner.

    Args:
        report: given every event; called on the main thread, must not block.
    """

    def __init__(self, report: Callable[[object], None]) -> None:
        self.report = report
        self._lock = threading.Lock()
        self._latest: View | None = None
        self._pending = False
        self._ended = False
        self._show: Callable[[View], None] | None = None
        self._window: Any = None
        self._frames = 0
        self._when_drawn: list[Callable[[], object]] = []
        self._cached: tuple[int, bytes] | None = None

    def publish(self, view: View) -> None:
        """Have a view shown soon; from any thread. The latest wins, at most one waits."""
        with self._lock:
            self._latest = view
            if self._pending or self._show is None:
                return
            self._pending = True
        Clock.schedule_once(self._deliver, -1)

    def connect(self, show: Callable[[View], None], window: Any) -> None:
        """Begin to deliver; on the main thread, once the screens stand.

        Args:
            show: draws a view.
            window: Kivy's window, for pictures and taps.
        """
        self._show = show
        self._window = window
        window.bind(on_flip=self._count_frame)
        if self._latest is not None:
            self._deliver(0)

    def disconnect(self) -> None:
        """Stop delivering; views and timers from now on are forgotten."""
        self._ended = True
        with self._lock:
            self._show = None
        if self._window is not None:
            self._window.unbind(on_flip=self._count_frame)
            self._window = None

    def _deliver(self, _elapsed_s: float) -> None:
        with self._lock:
            view, show = self._latest, self._show
            self._pending = False
        if view is not None and show is not None:
            show(view)

    def later(self, delay_s: float, call: Callable[[], object]) -> Callable[[], None]:
        """Call once, on the main thread; from any thread.

        Args:
            delay_s: seconds from now; 0 is the next frame.
            call: kept alive until it was called.

        Returns:
            Takes the call back.
        """

        def ring(_elapsed_s: float) -> None:
            if not self._ended:
                call()

        def arm(_elapsed_s: float) -> None:
            events.append(Clock.schedule_once(ring, delay_s))

        # Kivy counts from its last tick; after a long start that is in the past (ui facts 7).
        events = [Clock.schedule_once(arm if delay_s > 0 else ring, 0)]

        def cancel() -> None:
            for event in events:
                event.cancel()

        return cancel

    def every(self, period_s: float, call: Callable[[], object]) -> Callable[[], None]:
        """Call again and again, on the main thread, until taken back.

        Args:
            period_s: seconds between two calls.
            call: what it returns does not matter.

        Returns:
            Stops the calls.
        """

        def tick(_elapsed_s: float) -> bool:
            if not self._ended:
                call()
            return not self._ended

        event = Clock.schedule_interval(tick, period_s)
        cancel: Callable[[], None] = event.cancel
        return cancel

    def capture_jpeg(self, deadline_s: float) -> bytes | None:
        """What the screen shows, scaled down; from any thread but the main one.

        Args:
            deadline_s: longest wait for the main loop, seconds.

        Returns:
            A JPEG, or None when the main loop did not answer in time or there is no window.
        """
        done = threading.Event()
        caught: list[_Pixels | None] = []
        frame = self._frames
        cached = self._cached
        if cached is not None and cached[0] == frame:
            return cached[1]

        def read() -> None:
            caught.append(self._read_pixels())
            done.set()

        self.later(0, read)
        if not done.wait(deadline_s) or caught[0] is None:
            return None
        jpeg = _jpeg(caught[0])
        self._cached = (frame, jpeg)
        return jpeg

    def _read_pixels(self) -> _Pixels | None:
        if self._window is None:
            return None
        from kivy.graphics.opengl import (  # noqa: PLC0415 - Kivy opens the window on this import
            GL_RGB,
            GL_UNSIGNED_BYTE,
            glReadPixels,
        )

        # The back buffer is undefined after a flip, so the picture is drawn once more into it.
        self._window.dispatch("on_draw")
        width, height = (int(side) for side in self._window.size)
        rgb = glReadPixels(0, 0, width, height, GL_RGB, GL_UNSIGNED_BYTE)
        return _Pixels((width, height), bytes(rgb))

    def tap(self, x_fraction: float, y_fraction: float) -> None:
        """Touch the screen as a finger would; from any thread.

        Args:
            x_fraction: from the left edge, 0 to 1.
            y_fraction: from the top edge, 0 to 1.
        """

        def press() -> None:
            if self._window is None:
                return
            width, height = self._window.system_size
            x, y = x_fraction * width, y_fraction * height
            self._window.dispatch("on_mouse_down", x, y, "left", [])
            self.later(0.06, lambda: lift(x, y))

        def lift(x: float, y: float) -> None:
            if self._window is not None:
                self._window.dispatch("on_mouse_up", x, y, "left", [])

        self.later(0, press)

    def when_drawn(self, call: Callable[[], object]) -> None:
        """Call once, on the main thread, when the next frame has been handed to the display."""
        self._when_drawn.append(call)

    def _count_frame(self, *_window: object) -> None:
        self._frames += 1
        waiting, self._when_drawn = self._when_drawn, []
        for call in waiting:
            call()


def _jpeg(pixels: _Pixels) -> bytes:
    from PIL import Image  # noqa: PLC0415 - only a bench wants pictures

    image = Image.frombytes("RGB", pixels.size, pixels.rgb).transpose(
        Image.Transpose.FLIP_TOP_BOTTOM
    )
    height = round(pixels.size[1] * PICTURE_WIDTH_PX / pixels.size[0])
    image = image.resize((PICTURE_WIDTH_PX, height), Image.Resampling.BILINEAR, reducing_gap=2.0)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=PICTURE_QUALITY)
    return out.getvalue()
