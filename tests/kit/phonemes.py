"""What espeak-ng makes of a text, as its mnemonics: whether it sounds right, without ears."""

import subprocess

_TONES = {"1": "55", "2": "35", "4": "51"}
"""Tone numbers of pinyin to those of espeak-ng's mnemonics."""


def phonemes(voice: str, text: str) -> list[str]:
    """The mnemonics of a text, one entry for each word as it is spoken."""
    command = ["espeak-ng", "-q", "-x", "-v", voice, text]
    ran = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
    return ran.stdout.split()


def assert_spoken_in_tone(pinyin: str) -> None:
    """That the engine speaks every syllable, each in the tone its number asks for."""
    syllables = [one for one in pinyin.split() if one not in ",."]
    spoken = phonemes("cmn-latn-pinyin", " ".join(syllables))
    assert len(spoken) == len(syllables), (syllables, spoken)
    for syllable, sound in zip(syllables, spoken, strict=True):
        # The engine bends third and neutral tones to their neighbours, as people do.
        if syllable[-1] in _TONES:
            assert _TONES[syllable[-1]] in sound, (syllable, sound)
