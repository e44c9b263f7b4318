"""Drawings in one colour: a mask as a white texture, which a colour tints."""

from kivy.graphics.texture import Texture
from PIL import Image


def white(mask: Image.Image) -> Texture:
    """A white texture with the mask for alpha.

    Args:
        mask: of mode `L`.
    """
    pixels = Image.merge("LA", (Image.new("L", mask.size, 255), mask)).convert("RGBA")
    made = Texture.create(size=mask.size, colorfmt="rgba")
    made.blit_buffer(pixels.tobytes(), colorfmt="rgba", bufferfmt="ubyte")
    made.flip_vertical()
    return made
