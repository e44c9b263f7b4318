"""The paper inside the simulated printer: commands become dots, lines and codes."""

import io
from dataclasses import dataclass, field
from functools import lru_cache

import segno
from PIL import Image, ImageDraw, ImageFont, ImageOps

from hardware.simulators.escpos_stream import Command

WIDTH_DOTS = 576
CELL = 24
FACE = "/usr/share/fonts/opentype/noto/NotoSansCJK-{weight}.ttc"
SIMPLIFIED_CHINESE = 2
MARGIN = 16


class RefusedCommandError(Exception):
    """The printer does not know this command, or not with these parameters."""


@dataclass
class Style:
    """How the next characters look."""

    align: int = 0
    bold: bool = False
    width: int = 1
    height: int = 1


@dataclass
class Sheet:
    """One piece of paper, from one cut to the next.

    Args:
        lines: text in the order printed; a drawn line is an empty text.
        codes: contents of QR codes.
        strips: pictures of the lines.
    """

    lines: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    strips: list[Image.Image] = field(default_factory=list)

    def png(self) -> bytes:
        """The paper as a person sees it."""
        height = sum(strip.height for strip in self.strips) + 2 * MARGIN
        image = Image.new("L", (WIDTH_DOTS + 2 * MARGIN, height), 255)
        y = MARGIN
        for strip in self.strips:
            image.paste(strip, (MARGIN, y))
            y += strip.height
        out = io.BytesIO()
        image.save(out, "PNG")
        return out.getvalue()


class Roll:
    """Prints commands on paper; a cut ends a sheet."""

    def __init__(self) -> None:
        self.style = Style()
        self.sheet = Sheet()
        self._text = ""
        self._chinese = False
        self._code = b""
        self._module_dots = 3

    @property
    def empty(self) -> bool:
        """Whether nothing has been printed since the last cut."""
        return not self.sheet.strips

    def reset(self) -> None:
        """ESC @: styles go back; what is printed stays printed."""
        self.style, self._text, self._chinese = Style(), "", False

    def do(self, command: Command) -> Sheet | None:
        """Print one command.

        Returns:
            The sheet, when the command cut it off.

        Raises:
            RefusedCommandError: the command is not known.
        """
        if command.name == b"text":
            self._add(command.data)
        elif command.name == b"line":
            self._line()
        elif command.name == b"\x1dV":
            return self._cut()
        elif command.name == b"\x1dv":
            self._image(command.data)
        elif command.name == b"\x1d(":
            self._function(command.data)
        else:
            self._set(command)
        return None

    def _set(self, command: Command) -> None:
        value = command.data[0] if command.data else 0
        style = self.style
        if command.name == b"\x1b@":
            self.reset()
        elif command.name == b"\x1ba" and value < 3:
            style.align = value
        elif command.name == b"\x1bE":
            style.bold = bool(value & 1)
        elif command.name == b"\x1d!":
            style.width, style.height = (value >> 4) + 1, (value & 15) + 1
        elif command.name == b"\x1b!":
            style.bold = bool(value & 8)
            style.width, style.height = 1 + bool(value & 32), 1 + bool(value & 16)
        elif command.name == b"\x1bd":
            self._feed(value)
        elif command.name in (b"\x1c&", b"\x1c."):
            self._chinese = command.name == b"\x1c&"
        else:
            raise RefusedCommandError((command.data or command.name).hex(" "))

    def _add(self, data: bytes) -> None:
        if not self._chinese and not data.isascii():
            msg = "text above ASCII without FS &"
            raise RefusedCommandError(msg)
        try:
            self._text += data.decode("gbk")
        except UnicodeDecodeError as error:
            # Most printers' own characters end with GBK.
            msg = "a character the printer does not have"
            raise RefusedCommandError(msg) from error

    def _line(self) -> None:
        text, self._text = self._text, ""
        style = self.style
        size = CELL * style.height
        strip = Image.new("L", (WIDTH_DOTS, size + 6), 255)
        drawn = _text_image(text, style)
        if drawn.width > WIDTH_DOTS:
            msg = f"a line of {drawn.width} dots"
            raise RefusedCommandError(msg)
        strip.paste(drawn, (self._left(drawn.width), 3))
        self._put(strip, text)

    def _feed(self, lines: int) -> None:
        self._put(Image.new("L", (WIDTH_DOTS, max(1, lines * 30)), 255), None)

    def _image(self, data: bytes) -> None:
        across = int.from_bytes(data[2:4], "little")
        down = int.from_bytes(data[4:6], "little")
        image = ImageOps.invert(Image.frombytes("1", (across * 8, down), data[6:]).convert("L"))
        strip = Image.new("L", (WIDTH_DOTS, down), 255)
        strip.paste(image, (self._left(image.width), 0))
        self._put(strip, "")

    def _function(self, data: bytes) -> None:
        if len(data) < 5 or data[0:1] != b"k" or data[3] != 0x31:
            msg = "a code that is no QR code"
            raise RefusedCommandError(msg)
        number, rest = data[4], data[5:]
        if number == 67 and rest:
            self._module_dots = rest[0]
        elif number == 80:
            self._code = rest[1:]
        elif number == 81:
            self._print_code()
        elif number not in (65, 69):
            msg = f"QR function {number}"
            raise RefusedCommandError(msg)

    def _print_code(self) -> None:
        out = io.BytesIO()
        content = self._code.decode()
        segno.make_qr(content, error="m").save(out, "png", scale=self._module_dots, border=2)
        image = Image.open(out).convert("L")
        strip = Image.new("L", (WIDTH_DOTS, image.height), 255)
        strip.paste(image, (self._left(image.width), 0))
        self.sheet.codes.append(content)
        self._put(strip, None)

    def _put(self, strip: Image.Image, text: str | None) -> None:
        self.sheet.strips.append(strip)
        if text is not None:
            self.sheet.lines.append(text)

    def _cut(self) -> Sheet:
        sheet, self.sheet = self.sheet, Sheet()
        return sheet

    def _left(self, width: int) -> int:
        return (0, (WIDTH_DOTS - width) // 2, WIDTH_DOTS - width)[self.style.align]


def _text_image(text: str, style: Style) -> Image.Image:
    """Characters on the printer's grid, drawn at their height and stretched to their width."""
    tall = CELL * style.height
    width = sum(tall // 2 if char.isascii() else tall for char in text)
    image = Image.new("L", (max(1, width), tall), 255)
    pen = ImageDraw.Draw(image)
    x = 0
    for char in text:
        cell = tall // 2 if char.isascii() else tall
        at = (x + cell / 2, -tall / 4)
        pen.text(at, char, font=_face(style.height, style.bold), fill=0, anchor="ma")
        x += cell
    across = sum(CELL // 2 if char.isascii() else CELL for char in text) * style.width
    return image.resize((max(1, across), tall), Image.Resampling.LANCZOS)


@lru_cache(maxsize=16)
def _face(height: int, bold: bool) -> ImageFont.FreeTypeFont:
    path = FACE.format(weight="Bold" if bold else "Regular")
    return ImageFont.truetype(path, 22 * height, index=SIMPLIFIED_CHINESE)
