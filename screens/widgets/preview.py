"""What a camera sees, mirrored, so that a person moves as before a looking glass."""

from typing import Any

from kivy.graphics import Color, Rectangle
from kivy.graphics.texture import Texture
from kivy.uix.widget import Widget

from screens import kv


class PreviewPicture(Widget):
    """The newest picture, cut to its own room."""

    def __init__(self, **kwargs: Any) -> None:
        self._drawn: bytes | None = None
        self._texture: Texture | None = None
        super().__init__(**kwargs)
        with self.canvas:
            self._light = Color(1, 1, 1, 0)
            self._picture = Rectangle()
        self.bind(pos=self._place, size=self._place)

    def show(self, bgr: bytes | None, width_px: int = 0, height_px: int = 0) -> None:
        """Draw a picture, or none.

        Args:
            bgr: rows from the top, three bytes a pixel.
            width_px: of the picture.
            height_px: of the picture.
        """
        if bgr is self._drawn:
            return
        self._drawn = bgr
        if bgr is None:
            self._texture = None
        else:
            if self._texture is None or self._texture.size != (width_px, height_px):
                self._texture = Texture.create(size=(width_px, height_px), colorfmt="bgr")
            self._texture.blit_buffer(bgr, colorfmt="bgr", bufferfmt="ubyte")
        self._place()

    def _place(self, *_changed: object) -> None:
        self._light.a = 1.0 if self._texture else 0.0
        self._picture.pos, self._picture.size = self.pos, self.size
        # A texture brings coordinates of its own: ours come after it.
        self._picture.texture = self._texture
        if self._texture is not None:
            self._picture.tex_coords = _corners(self._texture.size, self.size)
        self.canvas.ask_update()


def _corners(picture: tuple[float, float], room: tuple[float, float]) -> tuple[float, ...]:
    """Texture coordinates that fill a room of any shape, mirrored and upright."""
    shape, wanted = picture[0] / picture[1], max(1.0, room[0]) / max(1.0, room[1])
    across, down = 0.5 * min(1.0, wanted / shape), 0.5 * min(1.0, shape / wanted)
    left, right, top, bottom = 0.5 - across, 0.5 + across, 0.5 - down, 0.5 + down
    return (right, bottom, left, bottom, left, top, right, top)


kv.load(__file__)
