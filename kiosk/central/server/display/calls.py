"""What a call says aloud, as a sound a browser plays: recordings where installed, else espeak-ng.

espeak-ng is under the GPL and therefore called as a program; it needs no network (decision 0022).
"""

import logging
import shutil
import subprocess
import wave
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from hardware.codecs.spoken_mandarin import mandarin
from kiosk.central.server.pages.words import languages

log = logging.getLogger(__name__)
_LIMIT_S = 10.0
_SPEED = "135"
_VOICES: dict[str, tuple[str, Callable[[str], str]]] = {
    "zh_CN": ("cmn-latn-pinyin", mandarin),
    "en": ("en-gb", str),
}
SPOKEN = tuple(_VOICES)
"""languages in which calls can be made"""
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class SpokenCall:
    """Who is called where.

    Args:
        number: of the ticket, A023.
        window: as signposted, 3.
        language: of `SPOKEN`.
    """

    number: str
    window: str
    language: str


class SoundAwayError(Exception):
    """There is neither a recording nor an engine; the picture still calls."""


def text_of(call: SpokenCall) -> str:
    """The words of a call, as a person reads them."""
    speech = languages().speech(call.language)
    return speech.text("display.call.spoken", number=call.number, window=call.window)


def readable(call: SpokenCall) -> str:
    """The words as the engine reads them: pinyin, or English with the number spelt out."""
    if call.language == "zh_CN":
        return mandarin(text_of(call))
    spelt = SpokenCall(" ".join(call.number), call.window, call.language)
    return text_of(spelt)


def sound(call: SpokenCall, recordings: Path | None) -> bytes:
    """A call as WAV.

    Args:
        call: who is called where.
        recordings: folder of recorded parts, None where the hall has none.

    Raises:
        SoundAwayError: nothing here can say it.
    """
    recorded = _joined(parts_of(call), recordings / call.language) if recordings else None
    return recorded or _spoken(call)


def parts_of(call: SpokenCall) -> tuple[str, ...]:
    """Names of the recorded parts of a call, in order: please, A, 0, 2, 3, to, 3, window."""
    window = (call.window,) if _is_recorded_whole(call.window) else tuple(call.window)
    return ("call_please", *call.number, "call_to", *window, "call_window")


def _is_recorded_whole(window: str) -> bool:
    """A window's number is said as a number: twelve, not one two."""
    return window.isdigit() and int(window) < _HUNDRED


def _joined(parts: Sequence[str], folder: Path) -> bytes | None:
    """The recordings one behind the other, None when one is missing or sounds unlike the rest."""
    whole = BytesIO()
    shape: tuple[int, int, int] | None = None
    with wave.open(whole, "wb") as joined:
        for part in parts:
            path = folder / f"{part}.wav"
            if not path.is_file():
                return None
            with wave.open(str(path), "rb") as one:
                of_part = (one.getnchannels(), one.getsampwidth(), one.getframerate())
                if shape is None:
                    shape = of_part
                    joined.setnchannels(shape[0])
                    joined.setsampwidth(shape[1])
                    joined.setframerate(shape[2])
                if of_part != shape:
                    log.warning("recording %s sounds unlike the others", path.name)
                    return None
                joined.writeframes(one.readframes(one.getnframes()))
    return whole.getvalue()


def _spoken(call: SpokenCall) -> bytes:
    engine = shutil.which("espeak-ng")
    if engine is None:
        raise SoundAwayError("espeak-ng is not installed")
    voice, _read = _VOICES[call.language]
    command = (engine, "-v", voice, "-s", _SPEED, "--stdin", "--stdout")
    try:
        said = subprocess.run(  # noqa: S603 - the program is fixed, the text goes through stdin
            command,
            input=readable(call).encode(),
            capture_output=True,
            timeout=_LIMIT_S,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise SoundAwayError(type(error).__name__) from error
    return _with_length(said.stdout)


def _with_length(stream: bytes) -> bytes:
    """espeak-ng writes a WAV to a pipe before it knows its length; browsers want the true one."""
    header = 44
    body = stream[header:]
    sized = bytearray(stream[:header])
    sized[4:8] = (len(body) + header - 8).to_bytes(4, "little")
    sized[40:44] = len(body).to_bytes(4, "little")
    return bytes(sized) + body
