"""Names and words of the hall before the engine's candidates, where the letters match exactly.

An engine ranks by everyday writing, 是 before 石. On a form a surname or a street is likelier.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.text_input import TextInput
from kiosk.text_input.engine import MOST_CANDIDATES, SEPARATOR, tidy

WORDS = Path(__file__).with_name("name_bias.tsv")


@dataclass(frozen=True, slots=True)
class Word:
    """One word and where its syllables end.

    Args:
        text: the word.
        ends: how many letters each syllable's end lies from the beginning.
    """

    text: str
    ends: frozenset[int]


def read_words(path: Path = WORDS) -> dict[str, tuple[Word, ...]]:
    """Words by their letters.

    Args:
        path: lines of syllables, a tab, and words.
    """
    table: dict[str, tuple[Word, ...]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        spelt, words = line.split("\t")
        syllables = spelt.split()
        ends = frozenset(len("".join(syllables[:count])) for count in range(1, len(syllables) + 1))
        letters = "".join(syllables)
        known = table.get(letters, ())
        table[letters] = known + tuple(Word(text, ends) for text in words.split())
    return table


class NameBias:
    """A `TextInput` that offers its own words first.

    Args:
        engine: whose candidates follow.
        words: by letters.
    """

    def __init__(self, engine: TextInput, words: Mapping[str, tuple[Word, ...]]) -> None:
        self._engine = engine
        self._words = words
        self._own: list[str] = []
        self._places: list[int] = []

    def candidates(self, letters: str) -> list[str]:
        """Own words first, then the engine's, none twice, at most thirty."""
        self._own = self._matching(tidy(letters))
        found = self._engine.candidates(letters)
        self._places = [place for place, text in enumerate(found) if text not in self._own]
        self._places = self._places[: MOST_CANDIDATES - len(self._own)]
        return self._own + [found[place] for place in self._places]

    def choose(self, index: int) -> tuple[str, str]:
        """Take a candidate of the last call.

        Raises:
            IndexError: no such candidate.
        """
        own, places = self._own, self._places
        if not 0 <= index < len(own) + len(places):
            raise IndexError(index)
        if index >= len(own):
            chosen = self._engine.choose(places[index - len(own)])
        else:
            chosen = (own[index], "")
            self._engine.reset()
        self._own, self._places = [], []
        return chosen

    def reset(self) -> None:
        """Forget the letters."""
        self._own, self._places = [], []
        self._engine.reset()

    def close(self) -> None:
        """Let the engine go."""
        self.reset()
        self._engine.close()

    def _matching(self, letters: str) -> list[str]:
        parts = [part for part in letters.split(SEPARATOR) if part]
        ends = {len("".join(parts[:count])) for count in range(1, len(parts))}
        words = self._words.get("".join(parts), ())
        fitting = dict.fromkeys(word.text for word in words if ends <= word.ends)
        return list(fitting)[:MOST_CANDIDATES]
