"""What both pinyin engines share: tidy letters, a limit, and a private folder."""

import fcntl
import os
import re
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

MOST_CANDIDATES = 30
SEPARATOR = "'"

MOST_SPELT = 24
"""Letters asked for at once when they are whole syllables.

libgooglepinyin keeps its search in small fixed tables and aborts the whole process when they are
full (`assert(0 != handles[0])` in matrixsearch.cpp), seen from 26 letters of syllables on and from
14 letters on when they are initials (fourteen times z). librime takes 240 ms for thirty initials.
"""

MOST_SHORT = 11
"""Letters asked for at once when initials stand for syllables."""

_SYLLABLE = re.compile("(zh|ch|sh|[b-df-hj-np-tw-z])?[aeiouv]{1,3}((ng|n|r)(?![aeiouv]))?'?")
_BEGUN = re.compile("(zh|ch|sh|[a-z])?")

_PREFIX = "hall-kiosk-pinyin-"
_MEMORY = Path("/dev/shm")  # noqa: S108 - the folder below it is made by mkdtemp, mode 0700


class EngineError(Exception):
    """A pinyin engine that cannot be used on this machine; the text says why."""


def tidy(letters: str) -> str:
    """Letters as every engine can bear them: a to z, single separators between syllables."""
    spelt = re.sub(r"[^a-z']", "", letters.lower())
    return re.sub(r"'+", SEPARATOR, spelt).lstrip(SEPARATOR)


def bearable(letters: str) -> str:
    """As many of the first letters as an engine bears, cut between syllables where it can be.

    Args:
        letters: tidy ones.
    """
    end = 0
    while syllable := _SYLLABLE.match(letters, end):
        if syllable.end() > MOST_SPELT:
            return letters[:end]
        end = syllable.end()
    if _BEGUN.fullmatch(letters, end) and len(letters) <= MOST_SPELT:
        return letters
    return letters[: max(end, MOST_SHORT)]


class PrivateFolder:
    """A folder in memory for one engine; gone when it is closed.

    Engines insist on a folder to write to. Theirs is new at each start, readable to nobody else,
    and never on a disk. One that a killed machine left behind is removed by the next.
    """

    def __init__(self, parent: Path | None = None) -> None:
        self._parent = parent or _memory_or_temporary()
        sweep(self._parent)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._parent))
        # The lock, not the folder's age, says that a living process uses it.
        self._lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def close(self) -> None:
        """Delete it with all that is in it."""
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1
            shutil.rmtree(self.path, ignore_errors=True)

    def __enter__(self) -> "PrivateFolder":
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()


def sweep(parent: Path) -> None:
    """Remove folders whose process is dead.

    Args:
        parent: where they lie.
    """
    for folder in parent.glob(f"{_PREFIX}*"):
        try:
            handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:
            continue
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:
            continue
        finally:
            os.close(handle)


def _memory_or_temporary() -> Path:
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK):
        return _MEMORY
    return Path(tempfile.gettempdir())
