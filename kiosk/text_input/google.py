"""The Google pinyin engine of Debian's libgooglepinyin0: small, and ready in milliseconds.

Called by ctypes (ui facts 3.1). Its `im_choose` learns, so it is never called: what a candidate
uses up follows from where its syllables begin.
"""

import ctypes
import re
import threading
from pathlib import Path

from kiosk.text_input.engine import MOST_CANDIDATES, EngineError, PrivateFolder, bearable, tidy

LIBRARY = "libgooglepinyin.so.0"
_DICTIONARY = "googlepinyin/data/dict_pinyin.dat"
_LIBRARY_FOLDERS = (Path("/usr/lib"), Path("/usr/local/lib"))

_MOST_CHARACTERS = 64

_in_use = threading.Lock()
"""The engine keeps one state per process."""


class GoogleInput:
    """The engine as a `TextInput`.

    Args:
        folder: parent of its private folder; memory when not given.

    Raises:
        EngineError: not installed, or already in use.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if not _in_use.acquire(blocking=False):
            raise EngineError("libgooglepinyin is already in use by this process")
        try:
            self._library = _load()
            self._folder = PrivateFolder(folder)
        except EngineError:
            _in_use.release()
            raise
        words = str(self._folder.path / "user.dat").encode()
        if not self._library.im_open_decoder(str(_dictionary()).encode(), words):
            self._folder.close()
            _in_use.release()
            raise EngineError("libgooglepinyin cannot read its dictionary")
        self._open = True
        self._typed = ""
        self._found: list[str] = []

    def candidates(self, letters: str) -> list[str]:
        """Texts that these pinyin letters may mean, best first, at most thirty."""
        self.reset()
        tidied = tidy(letters)
        asked = bearable(tidied)
        if not asked or not self._open:
            return []
        self._typed = tidied
        # The engine knows the syllables of 略 and 虐 as lue and nue; v elsewhere is its own ü.
        spelt = re.sub("([ln])ve", r"\1ue", asked).encode()
        count = min(self._library.im_search(spelt, len(spelt)), MOST_CANDIDATES)
        found = (self._candidate(index) for index in range(count))
        self._found = [text for text in found if text]
        return list(self._found)

    def choose(self, index: int) -> tuple[str, str]:
        """Take a candidate of the last call.

        Raises:
            IndexError: no such candidate.
        """
        if not 0 <= index < len(self._found):
            raise IndexError(index)
        text = self._found[index]
        starts = ctypes.POINTER(ctypes.c_uint16)()
        syllables = self._library.im_get_spl_start_pos(ctypes.byref(starts))
        used = int(starts[min(len(text), syllables)])
        rest = tidy(self._typed[used:])
        self.reset()
        return text, rest

    def reset(self) -> None:
        """Forget the letters."""
        self._typed = ""
        self._found = []
        if self._open:
            self._library.im_reset_search()

    def close(self) -> None:
        """Let the engine go and delete what it wrote."""
        if not self._open:
            return
        self.reset()
        self._open = False
        self._library.im_close_decoder()
        self._folder.close()
        _in_use.release()

    def _candidate(self, index: int) -> str:
        room = ctypes.create_string_buffer(2 * _MOST_CHARACTERS + 2)
        self._library.im_get_candidate(index, room, _MOST_CHARACTERS)
        return room.raw.decode("utf-16-le", errors="ignore").split("\0", 1)[0]


def _dictionary() -> Path:
    for folder in _LIBRARY_FOLDERS:
        for path in (folder / _DICTIONARY, *folder.glob(f"*/{_DICTIONARY}")):
            if path.is_file():
                return path
    raise EngineError("the dictionary of libgooglepinyin is missing; mend: libgooglepinyin0")


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError as wrong:
        raise EngineError(f"libgooglepinyin cannot be loaded ({wrong})") from wrong
    _dictionary()
    size, text = ctypes.c_size_t, ctypes.c_char_p
    starts = ctypes.POINTER(ctypes.POINTER(ctypes.c_uint16))
    for name, result, arguments in (
        ("im_open_decoder", ctypes.c_bool, (text, text)),
        ("im_close_decoder", None, ()),
        ("im_reset_search", None, ()),
        ("im_search", size, (text, size)),
        ("im_get_candidate", ctypes.c_void_p, (size, text, size)),
        ("im_get_spl_start_pos", size, (starts,)),
    ):
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library
