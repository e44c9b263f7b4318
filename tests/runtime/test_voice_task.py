"""A prompt is said aloud in the citizen's language, and falls silent when it is answered."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hardware.interfaces.voice import Spoken
from hardware.manager import DeviceManager
from hardware.outcome import Done, Handle, Outcome
from hardware.registry import assemble
from hardware.settings import DeviceSettings
from hardware.simulators.voice import VoiceSimulator
from kiosk import locale
from kiosk.flows.conductor import Situation
from kiosk.flows.effects import Effect, Speak, StopSpeaking, WipeSession
from kiosk.flows.session import Language, Session
from kiosk.runtime.voice_task import VoiceTask
from tests.kit.patience import Ear, until

LOCALES = Path(__file__).resolve().parents[2] / "locales"
ASK, THANK = Speak("rate.level.spoken"), Speak("rate.thanks.spoken")
IN_ENGLISH = Situation(None, Session(Language.EN))


@dataclass
class Overheard:
    """The manager, and an ear for what became of each utterance."""

    manager: DeviceManager
    ended: Ear[Outcome[Spoken]]

    def call(
        self,
        name: str,
        fn: Callable[[Any, Any], Any],
        deadline_s: float,
        done: Callable[[Outcome[Any]], None],
    ) -> Handle:
        def heard(outcome: Outcome[Any]) -> None:
            done(outcome)
            self.ended(outcome)

        return self.manager.call(name, fn, deadline_s, heard)


@dataclass
class Bed:
    """A terminal's voice, and whoever listens."""

    task: VoiceTask
    peer: VoiceSimulator
    ended: Ear[Outcome[Spoken]]

    def does(self, effect: Effect) -> None:
        self.task.perform(effect, IN_ENGLISH)

    def words(self) -> list[str]:
        return [one.words for one in self.peer.said()]


@pytest.fixture
def bed() -> Iterator[Bed]:
    settings = DeviceSettings("voice", "voice", "espeak", simulated=True)
    equipment = assemble([settings], demo=True)
    peer = equipment.simulators["voice"]
    assert isinstance(peer, VoiceSimulator)
    manager = DeviceManager(equipment.devices, equipment.settings, lambda _name, _status: None)
    assert not manager.open_all().failures
    devices = Overheard(manager, Ear())
    yield Bed(VoiceTask(devices, locale.load(LOCALES)), peer, devices.ended)
    assert manager.close()
    equipment.stop_simulators()


def test_the_question_is_said_in_the_language_of_the_session(bed: Bed) -> None:
    bed.does(ASK)
    assert bed.ended.next() == Done(Spoken.SAID)
    assert bed.words() == ["Please rate our service."]


@pytest.mark.parametrize("end", [StopSpeaking(), WipeSession()], ids=["touched", "session over"])
def test_it_falls_silent_when_nobody_needs_it_any_longer(bed: Bed, end: Effect) -> None:
    bed.peer.endless = True
    bed.does(ASK)
    until(lambda: bed.peer.speaking)
    bed.does(end)
    assert bed.ended.next() == Done(Spoken.INTERRUPTED)
    assert bed.words() == []


def test_something_newer_is_said_instead(bed: Bed) -> None:
    bed.peer.endless = True
    bed.does(ASK)
    until(lambda: bed.peer.speaking)
    bed.peer.endless = False
    bed.does(THANK)
    assert bed.ended.next() == Done(Spoken.INTERRUPTED)
    assert bed.ended.next() == Done(Spoken.SAID)
    assert bed.words() == ["Thank you."]


def test_silence_when_nothing_is_being_said_withdraws_nothing_later(bed: Bed) -> None:
    bed.does(StopSpeaking())
    bed.does(ASK)
    assert bed.ended.next() == Done(Spoken.SAID)
    bed.does(StopSpeaking())
    bed.does(THANK)
    assert bed.ended.next() == Done(Spoken.SAID)


def test_a_broken_voice_holds_nobody_up(bed: Bed) -> None:
    bed.peer.broken = True
    bed.does(ASK)
    assert bed.ended.next() == Done(Spoken.SILENT)
    bed.peer.broken = False
    bed.does(THANK)
    assert bed.ended.next() == Done(Spoken.SAID)


def test_a_machine_without_a_voice_stays_silent() -> None:
    mute = VoiceTask(None, locale.load(LOCALES))
    for effect in (ASK, StopSpeaking(), WipeSession()):
        mute.perform(effect, IN_ENGLISH)
