"""Says prompts aloud: the newest one, and never longer than it is wanted."""

import threading
from collections.abc import Callable
from typing import Any

from hardware.interfaces.device import Cancel
from hardware.interfaces.voice import Spoken, Utterance, Voice
from hardware.worker import Outcome
from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect, Speak, StopSpeaking, WipeSession
from kiosk.locale import Languages
from kiosk.runtime.device_calls import Call, Devices

SAY_LIMIT_S = 30.0
"""Longer than any prompt; the driver has a limit of its own."""


class VoiceTask:
    """Handles `Speak` and `StopSpeaking`, and is silent when a session ends.

    Args:
        devices: the manager; None where this machine has no voice, and stays silent.
        languages: what the prompts say.
        name: of the voice in the configuration.
    """

    def __init__(self, devices: Devices | None, languages: Languages, name: str = "voice") -> None:
        self._devices = devices
        self._languages = languages
        self._name = name
        self._lock = threading.Lock()
        self._call: Call | None = None

    def handles(self) -> frozenset[type[Any]]:
        """Types of its effects."""
        return frozenset({Speak, StopSpeaking, WipeSession})

    def perform(self, effect: Effect, situation: Situation) -> None:
        """Say it, in place of whatever is being said; or say no more."""
        if self._devices is None:
            return
        call = self._say(self._devices, effect, situation) if isinstance(effect, Speak) else None
        with self._lock:
            before, self._call = self._call, call
        if before is not None:
            before.cancel()

    def _say(self, devices: Devices, effect: Speak, situation: Situation) -> Call:
        language = situation.session.language.value
        text = self._languages.speech(language).text(effect.key)
        utterance = Utterance(effect.key, text, language)
        return devices.call(self._name, _saying(utterance), SAY_LIMIT_S, _heard)


def _saying(utterance: Utterance) -> Callable[[Voice, Cancel], Spoken]:
    return lambda voice, cancel: voice.say(utterance, cancel)


def _heard(_outcome: Outcome[Any]) -> None:
    """Silence is no error: the words stand on the screen."""
