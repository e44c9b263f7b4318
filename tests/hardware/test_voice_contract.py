"""A voice says what it is told, falls silent when it is told, and never holds anybody up."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.codecs.spoken_mandarin import mandarin
from hardware.drivers.voice.espeak_voice import EspeakVoice
from hardware.errors import NotConnectedError
from hardware.interfaces.voice import Spoken, Utterance
from hardware.settings import Options
from hardware.simulators.voice import Said, VoiceSimulator
from hardware.status import DeviceState
from tests.kit.patience import PATIENCE_S, until
from tests.kit.phonemes import assert_spoken_in_tone, phonemes

NEVER = threading.Event()
INSERT = Utterance("voice.insert", "请在下方插入证件")
with_engine = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="no espeak-ng here")


@dataclass
class Bed:
    """A voice and whoever listens."""

    voice: EspeakVoice
    peer: VoiceSimulator


def bed_of(options: Options) -> Bed:
    peer = VoiceSimulator("voice", options)
    return Bed(EspeakVoice("voice", {**options, **peer.start()}), peer)


@pytest.fixture
def bed() -> Iterator[Bed]:
    made = bed_of({"say_limit_s": 5})
    made.voice.open()
    yield made
    made.voice.close()
    made.peer.stop()


def test_it_says_what_it_is_told_in_the_voice_of_the_language(bed: Bed) -> None:
    assert bed.voice.status().state is DeviceState.ONLINE
    assert bed.voice.say(INSERT, NEVER) is Spoken.SAID
    thanks = Utterance("voice.thanks", "Thank you.", "en")
    assert bed.voice.say(thanks, NEVER) is Spoken.SAID
    assert bed.peer.said() == (
        Said(
            "-v cmn-latn-pinyin -s 140 --stdin",
            "qing3 zai4 xia4 fang1 cha1 ru4 zheng4 jian4",
        ),
        Said("-v en-gb -s 140 --stdin", "Thank you."),
    )
    (picture,) = bed.peer.pictures()
    assert picture.caption.endswith("Thank you.")


def test_something_newer_interrupts_it_at_once(bed: Bed) -> None:
    bed.peer.endless = True
    cancel, spoken = threading.Event(), list[Spoken]()
    thread = threading.Thread(target=lambda: spoken.append(bed.voice.say(INSERT, cancel)))
    thread.start()
    until(lambda: bed.peer.speaking)
    cancel.set()
    thread.join(PATIENCE_S)
    assert spoken == [Spoken.INTERRUPTED]
    bed.peer.endless = False
    assert bed.voice.say(INSERT, NEVER) is Spoken.SAID
    assert len(bed.peer.said()) == 1


def test_what_is_withdrawn_before_it_begins_is_not_said(bed: Bed) -> None:
    cancel = threading.Event()
    cancel.set()
    assert bed.voice.say(INSERT, cancel) is Spoken.INTERRUPTED
    assert bed.peer.said() == ()


def test_an_engine_that_never_ends_is_ended() -> None:
    bed = bed_of({"say_limit_s": 0.3})
    bed.peer.endless = True
    assert bed.voice.say(INSERT, NEVER) is Spoken.SILENT
    assert bed.voice.status().detail == "silent"
    bed.peer.endless = False
    bed.voice.reset()
    assert bed.voice.status().state is DeviceState.ONLINE
    bed.peer.stop()


def test_an_engine_that_fails_leaves_silence_and_says_so(bed: Bed) -> None:
    bed.peer.broken = True
    assert bed.voice.say(INSERT, NEVER) is Spoken.SILENT
    assert bed.voice.status().state is DeviceState.HARDWARE_ERROR
    bed.peer.broken = False
    assert bed.voice.say(INSERT, NEVER) is Spoken.SAID
    assert bed.voice.status().state is DeviceState.ONLINE


def test_an_engine_that_is_not_installed_is_no_device() -> None:
    voice = EspeakVoice("voice", {"engine": "/nonexistent/engine"})
    with pytest.raises(NotConnectedError):
        voice.open()
    assert voice.status().state is DeviceState.NO_DEVICE
    assert voice.say(INSERT, NEVER) is Spoken.SILENT


def test_a_recording_is_played_where_there_is_one(tmp_path: Path) -> None:
    recording = tmp_path / "zh_CN" / "voice.insert.wav"
    recording.parent.mkdir()
    recording.touch()
    bed = bed_of({"recordings": str(tmp_path)})
    bed.voice.say(INSERT, NEVER)
    bed.voice.say(Utterance("voice.other", "好"), NEVER)
    assert [one.arguments for one in bed.peer.said()] == [
        str(recording),
        "-v cmn-latn-pinyin -s 140 --stdin",
    ]
    bed.peer.stop()


def test_a_recording_that_cannot_be_played_is_spoken(tmp_path: Path) -> None:
    recording = tmp_path / "zh_CN" / "voice.insert.wav"
    recording.parent.mkdir()
    recording.touch()
    peer = VoiceSimulator("voice", {})
    engine = peer.start()["engine"]
    options = {"recordings": str(tmp_path), "player": "/nonexistent/player", "engine": engine}
    assert EspeakVoice("voice", options).say(INSERT, NEVER) is Spoken.SAID
    assert peer.said()[0].words.startswith("qing3")
    peer.stop()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("请A012号到3号窗口", "qing3 ei1 ling2 yi1 er4 hao4 dao4 san1 hao4 chuang1 kou3"),
        ("请到12号窗口。", "qing3 dao4 shi2 er4 hao4 chuang1 kou3 ."),
        ("前面还有105人", "qian2 mian4 hai2 you3 yi1 bai3 ling2 wu3 ren2"),
        ("20元", "er4 shi2 yuan2"),
        ("0714", "ling2 qi1 yi1 si4"),
        ("3008", "san1 qian1 ling2 ba1"),
        ("银行卡，您的", "yin2 hang2 ka3 , nin2 de5"),
        ("请重新插入", "qing3 chong2 xin1 cha1 ru4"),
        ("女士", "nv3 shi4"),
        ("", ""),
    ],
)
def test_text_is_read_as_a_clerk_would(text: str, said: str) -> None:
    assert mandarin(text) == said


@given(st.text(max_size=12))
def test_no_text_is_too_strange_to_read(text: str) -> None:
    assert mandarin(text).isascii()


@given(st.integers(1, 9999))
def test_every_number_has_its_places(number: int) -> None:
    said = mandarin(str(number)).split()
    assert ("qian1" in said) == (number >= 1000)
    assert ("bai3" in said) == (number // 100 % 10 > 0)
    assert not said or said[-1] != "ling2"


@with_engine
def test_the_engine_speaks_every_syllable_in_its_tone() -> None:
    text = "请在下方插入证件，取走您的银行卡"
    assert len(mandarin(text).replace(",", "").split()) == len(text) - 1
    assert_spoken_in_tone(mandarin(text))


@with_engine
def test_characters_as_they_are_would_be_spelled_in_english() -> None:
    """Why the text is turned into pinyin: the engine as Debian ships it."""
    assert any("(en)" in one for one in phonemes("cmn", "请在下方"))
    assert not any("(en)" in one for one in phonemes("cmn-latn-pinyin", mandarin("请在下方")))


@with_engine
def test_letters_and_english_are_spoken_too() -> None:
    assert len(phonemes("cmn-latn-pinyin", mandarin("A012"))) == 4
    assert "".join(phonemes("en-gb", "card")).startswith("k")
