"""Which pinyin engine this machine gets: the first that loads."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from kiosk.text_input import TextInput
from kiosk.text_input.engine import EngineError
from kiosk.text_input.google import GoogleInput
from kiosk.text_input.name_bias import NameBias, read_words
from kiosk.text_input.rime import RimeInput

ENGINES: dict[str, Callable[[Path | None], TextInput]] = {
    "rime": RimeInput,
    "google": GoogleInput,
}
"""Back ends by name, the better one first."""


class NoTextInput:
    """Stands in where no engine loads: nothing to choose, letters and digits still work.

    Args:
        reasons: why each back end does not load.
    """

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons

    def candidates(self, _letters: str) -> list[str]:
        """Nothing."""
        return []

    def choose(self, index: int) -> tuple[str, str]:
        """Nothing can be chosen.

        Raises:
            IndexError: always.
        """
        raise IndexError(index)

    def reset(self) -> None:
        """Nothing to forget."""

    def close(self) -> None:
        """Nothing to let go."""


class WarmingInput:
    """Answers at once from a quick engine, and from the better one as soon as it is ready.

    Args:
        quick: answers meanwhile.
        open_better: opens the better one; runs on a thread of its own.
    """

    def __init__(self, quick: TextInput, open_better: Callable[[], TextInput]) -> None:
        self._quick = quick
        self._answering = quick
        self._better: Future[TextInput] = Future()
        self._thread = threading.Thread(
            target=self._open, args=(open_better,), name="pinyin", daemon=True
        )
        self._thread.start()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the better engine does not load; empty while it may still, and when it did."""
        failed = self._better.exception() if self._better.done() else None
        return (str(failed),) if failed else ()

    def wait_warm(self, timeout_s: float) -> bool:
        """Wait for the better engine.

        Args:
            timeout_s: at most so long.

        Returns:
            Whether it answers from now on.
        """
        self._thread.join(timeout_s)
        return self._ready()

    def candidates(self, letters: str) -> list[str]:
        """Texts that these pinyin letters may mean, from the best engine ready by now."""
        if self._answering is self._quick and self._ready():
            self._quick.reset()
            self._answering = self._better.result()
        return self._answering.candidates(letters)

    def choose(self, index: int) -> tuple[str, str]:
        """Take a candidate of the last call, from the engine that gave it.

        Raises:
            IndexError: no such candidate.
        """
        return self._answering.choose(index)

    def reset(self) -> None:
        """Forget the letters."""
        self._answering.reset()

    def close(self) -> None:
        """Let both engines go; waits for one that is still being opened."""
        self._thread.join()
        if self._ready():
            self._better.result().close()
        self._quick.close()

    def _ready(self) -> bool:
        return self._better.done() and self._better.exception() is None

    def _open(self, open_better: Callable[[], TextInput]) -> None:
        try:
            self._better.set_result(open_better())
        except EngineError as absent:
            self._better.set_exception(absent)


def open_text_input(prefer: str = "rime", folder: Path | None = None) -> TextInput:
    """Open the preferred engine, or the other one where it does not load.

    Args:
        prefer: a name of `ENGINES`.
        folder: parent of the engine's private folder; memory when not given.

    Returns:
        The engine behind the names and words of the hall; `NoTextInput`, which knows the reasons,
        when none loads.
    """
    reasons = []
    for name in sorted(ENGINES, key=lambda name: name != prefer):
        try:
            return NameBias(ENGINES[name](folder), read_words())
        except EngineError as absent:
            reasons.append(str(absent))
    return NoTextInput(tuple(reasons))


def warm_up(prefer: str = "rime", folder: Path | None = None) -> TextInput:
    """Have a text input at once; librime, which needs about 400 ms, takes over when it is ready.

    Args:
        prefer: a name of `ENGINES`; without librime this is `open_text_input`.
        folder: parent of the engines' private folders; memory when not given.
    """
    if prefer != "rime":
        return open_text_input(prefer, folder)
    try:
        quick: TextInput = GoogleInput(folder)
    except EngineError as absent:
        quick = NoTextInput((str(absent),))
    return NameBias(WarmingInput(quick, lambda: RimeInput(folder)), read_words())
