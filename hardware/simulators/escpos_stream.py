"""The printer's side of ESC/POS: a stream of bytes cut into commands, as they arrive.

An unknown command is an error of whoever sent it; a real printer would print rubbish.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_FIXED = {
    b"\x1b@": 0,
    b"\x1ba": 1,
    b"\x1bE": 1,
    b"\x1b!": 1,
    b"\x1bd": 1,
    b"\x1bt": 1,
    b"\x1c&": 0,
    b"\x1c.": 0,
    b"\x1d!": 1,
    b"\x1da": 1,
    b"\x1dr": 1,
    b"\x10\x04": 1,
    b"\x10\x05": 1,
}
"""Commands and how many bytes of parameters follow."""
_LEADS = frozenset(b"\x1b\x1c\x1d\x10")


@dataclass(frozen=True, slots=True)
class Command:
    """One command, or a run of text.

    Args:
        name: its first two bytes; `text` for characters, `line` for a line feed, `?` for what is
            no command.
        data: parameters, or the characters.
    """

    name: bytes
    data: bytes = b""


class Splitter:
    """Cuts bytes into commands, however they are split on the wire."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> Iterator[Command]:
        """Commands that are complete now."""
        self._rest += data
        while self._rest:
            found = self._next()
            if found is None:
                return
            command, used = found
            del self._rest[:used]
            yield command

    def clear(self) -> None:
        """Forget half a command."""
        self._rest.clear()

    def _next(self) -> tuple[Command, int] | None:
        first = self._rest[0]
        if first == 0x0A:
            return Command(b"line"), 1
        if first not in _LEADS:
            return self._text()
        if len(self._rest) < 2:
            return None
        name = bytes(self._rest[:2])
        if name in _FIXED:
            return self._whole(name, 2 + _FIXED[name])
        if name == b"\x1dV":
            return self._cut()
        if name == b"\x1d(":
            return self._function()
        if name == b"\x1dv":
            return self._image()
        return Command(b"?", name), 2

    def _whole(self, name: bytes, length: int) -> tuple[Command, int] | None:
        if len(self._rest) < length:
            return None
        return Command(name, bytes(self._rest[2:length])), length

    def _cut(self) -> tuple[Command, int] | None:
        if len(self._rest) < 3:
            return None
        feeds = self._rest[2] in (65, 66)
        return self._whole(b"\x1dV", 4 if feeds else 3)

    def _function(self) -> tuple[Command, int] | None:
        if len(self._rest) < 5:
            return None
        return self._whole(b"\x1d(", 5 + int.from_bytes(self._rest[3:5], "little"))

    def _image(self) -> tuple[Command, int] | None:
        if len(self._rest) < 8:
            return None
        across = int.from_bytes(self._rest[4:6], "little")
        down = int.from_bytes(self._rest[6:8], "little")
        return self._whole(b"\x1dv", 8 + across * down)

    def _text(self) -> tuple[Command, int] | None:
        end = 0
        while end < len(self._rest):
            byte = self._rest[end]
            if byte >= 0x80:
                # The second byte of a Chinese character may look like anything above 0x30.
                end += 2
                continue
            if byte == 0x0A or byte in _LEADS:
                break
            end += 1
        if end > len(self._rest):
            # Half a character; the other half is on its way.
            end -= 2
        return (Command(b"text", bytes(self._rest[:end])), end) if end else None
