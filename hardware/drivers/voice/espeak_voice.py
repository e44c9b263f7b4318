"""Recordings where they are installed, espeak-ng for everything else.

espeak-ng is a formant voice: understood with effort, a stop-gap until a hall records its prompts.
It is under the GPL and therefore called as a program (interface facts 9).
"""

import logging
import shutil
from collections.abc import Callable
from pathlib import Path

from hardware.codecs.spoken_mandarin import mandarin
from hardware.drivers.voice.program import Ran, run
from hardware.errors import NotConnectedError
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.interfaces.voice import Spoken, Utterance
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus

NO_FOLDER = "none"
_VOICES: dict[str, tuple[str, Callable[[str], str]]] = {
    "zh_CN": ("cmn-latn-pinyin", mandarin),
    "zh_Hant": ("cmn-latn-pinyin", mandarin),
    "en": ("en-gb", str),
}
_SPOKEN = {Ran.WELL: Spoken.SAID, Ran.WITHDRAWN: Spoken.INTERRUPTED}

log = logging.getLogger(__name__)


class EspeakVoice:
    """Implements `Voice`.

    Args:
        name: of the device in the configuration.
        options: `engine` and `player`, programs; `recordings`, a folder with
            `<language>/<key>.wav`, or `none`; `words_per_min`; `say_limit_s`.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._name = name
        self._engine = table.text("engine", "espeak-ng")
        self._player = table.text("player", "aplay")
        self._recordings = table.text("recordings", NO_FOLDER)
        self._speed = str(int(table.number("words_per_min", 140, 80, 450)))
        self._limit_s = table.number("say_limit_s", 20.0, 0.1, 120)
        table.end()
        self._failed = False

    def open(self) -> None:
        """Find the engine.

        Raises:
            NotConnectedError: it is not installed.
        """
        self._failed = False
        if shutil.which(self._engine) is None:
            raise NotConnectedError(self._name, f"{self._engine} is not installed")

    def close(self) -> None:
        """Nothing is held between two utterances."""

    def identity(self) -> DeviceIdentity:
        """The engine's name."""
        return DeviceIdentity(Path(self._engine).name)

    def status(self) -> DeviceStatus:
        """Whether the engine is there, and whether it spoke when it was asked last."""
        if shutil.which(self._engine) is None:
            return DeviceStatus(DeviceState.NO_DEVICE)
        if self._failed:
            return DeviceStatus(DeviceState.HARDWARE_ERROR, detail="silent")
        return DeviceStatus(DeviceState.ONLINE)

    def reset(self) -> None:
        """Forget an earlier failure."""
        self._failed = False

    def say(self, utterance: Utterance, cancel: Cancel) -> Spoken:
        """Play the recording, or speak; see `Voice.say`."""
        ran = Ran.BADLY
        recording = self._recording(utterance)
        if recording is not None:
            ran = run((self._player, str(recording)), "", self._limit_s, cancel)
        if ran is Ran.BADLY:
            ran = self._speak(utterance, cancel)
        spoken = _SPOKEN.get(ran, Spoken.SILENT)
        self._failed = spoken is Spoken.SILENT
        if self._failed:
            log.warning("%s: %s was not said: %s", self._name, utterance.key, ran.name.lower())
        return spoken

    def _speak(self, utterance: Utterance, cancel: Cancel) -> Ran:
        voice, read = _VOICES[utterance.language]
        command = (self._engine, "-v", voice, "-s", self._speed, "--stdin")
        return run(command, read(utterance.text), self._limit_s, cancel)

    def _recording(self, utterance: Utterance) -> Path | None:
        if self._recordings == NO_FOLDER:
            return None
        path = Path(self._recordings) / utterance.language / f"{utterance.key}.wav"
        return path if path.is_file() else None
