"""A voice nobody hears: it takes the place of engine and player, and keeps what was said.

Not modelled: sound itself, and whether a hall is too loud to hear it. What it keeps is what the
engine was given, pinyin for Chinese.
"""

import io
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from hardware.settings import Options
from hardware.simulators.base import Knob, Picture
from hardware.simulators.knob_board import KnobBoard

_SHOWN = 6
_FACE_FILE = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
_PROGRAM = """#!/bin/sh
# Stands in for a speech engine or a player of recordings.
cd '{folder}' || exit 1
[ -e broken ] && exit 1
{{ printf '%s\\n' "$*"; cat; }} > "being-said.$$"
[ -e endless ] && exec sleep 600
mv "being-said.$$" "said.$(printf '%06d' "$(ls | grep -c '^said')")"
"""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said to its end.

    Args:
        arguments: of the program: the voice for an engine, the file for a player.
        words: what the engine read; empty for a recording.
    """

    arguments: str
    words: str


class VoiceSimulator:
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: of the driver; none matters here.
    """

    def __init__(self, key: str, options: Options) -> None:
        del options
        self.key = key
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def start(self) -> Mapping[str, str | int | float]:
        """Put the program in place; it is engine and player at once."""
        self._folder = tempfile.TemporaryDirectory(prefix=f"{self.key}-")
        program = self._path / "voice"
        program.write_text(_PROGRAM.format(folder=self._path), encoding="utf-8")
        program.chmod(0o700)
        return {"engine": str(program), "player": str(program)}

    def stop(self) -> None:
        """Take it away."""
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def said(self) -> tuple[Said, ...]:
        """What was said to its end, oldest first."""
        if self._folder is None:
            return ()
        texts = [path.read_text(encoding="utf-8") for path in sorted(self._path.glob("said.*"))]
        return tuple(Said(*text.split("\n", 1)) for text in texts)

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""
        return self._folder is not None and any(self._path.glob("being-said.*"))

    @property
    def broken(self) -> bool:
        """Whether the engine fails."""
        return self._marked("broken")

    @broken.setter
    def broken(self, on: bool) -> None:
        self._mark("broken", on=on)

    @property
    def endless(self) -> bool:
        """Whether the engine never comes to an end."""
        return self._marked("endless")

    @endless.setter
    def endless(self, on: bool) -> None:
        self._mark("endless", on=on)

    def knobs(self) -> tuple[Knob, ...]:
        """What can be wrong."""
        board = KnobBoard("voice", self)
        return (board.switch("broken"), board.switch("endless"))

    def pictures(self) -> tuple[Picture, ...]:
        """What was said last, one line each."""
        lines = [one.words or one.arguments for one in self.said()[-_SHOWN:]]
        if not lines:
            return ()
        return (Picture("said.png", _page(lines), "\n".join(lines)),)

    @property
    def _path(self) -> Path:
        assert self._folder is not None, "the simulator has not been started"
        return Path(self._folder.name)

    def _marked(self, name: str) -> bool:
        return self._folder is not None and (self._path / name).exists()

    def _mark(self, name: str, *, on: bool) -> None:
        if on:
            (self._path / name).touch()
        else:
            (self._path / name).unlink(missing_ok=True)


def _page(lines: list[str]) -> bytes:
    font = ImageFont.truetype(_FACE_FILE, 22)
    page = Image.new("L", (760, 20 + 34 * len(lines)), 255)
    pen = ImageDraw.Draw(page)
    for row, line in enumerate(lines):
        pen.text((14, 10 + 34 * row), line, font=font, fill=20)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
