"""What a camera sees, mirrored, so that a person moves as before a looking glass."""

from typing import Any

from kivy.graphics.texture import Texture
from kivy.properties import NumericProperty, ObjectProperty
from kivy.uix.widget import Widget

from screens import kv


class PreviewPicture(Widget):
    """The newest picture, cut to its own room."""

    texture = ObjectProperty(None, allownone=True)
    turns = NumericProperty(0)
    """counts pictures: the texture stays the same, what it shows does not"""
    _drawn: Any = None

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
            self.texture = None
            return
        if self.texture is None or self.texture.size != (width_px, height_px):
            self.texture = Texture.create(size=(width_px, height_px), colorfmt="bgr")
        self.texture.blit_buffer(bgr, colorfmt="bgr", bufferfmt="ubyte")
        self.turns += 1
        self.canvas.ask_update()

    def corners(self, width: float, height: float, turns: int) -> tuple[float, ...]:
        """Texture coordinates that fill a room of this shape, mirrored and upright.

        Args:
            width: of the room.
            height: of the room.
            turns: named in kv so that the rule runs after each new texture, which brings
                coordinates of its own.
        """
        del turns
        if self.texture is None or min(width, height) < 1:
            return (0, 0, 1, 0, 1, 1, 0, 1)
        across, down = self.texture.size
        shape, wanted = across / down, width / height
        dx = 0.5 * min(1.0, wanted / shape)
        dy = 0.5 * min(1.0, shape / wanted)
        left, right, top, bottom = 0.5 - dx, 0.5 + dx, 0.5 - dy, 0.5 + dy
        return (right, bottom, left, bottom, left, top, right, top)


kv.load(__file__)
