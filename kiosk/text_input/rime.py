"""The librime engine (luna pinyin, simplified): the best ranking of those tried (ui facts 3.1).

Called by ctypes through its C functions, each with its types: ctypes would cut pointers to 32 bits.
Nothing is learned (`enable_user_dict: false`) and all it writes lies in a private folder.
"""

import ctypes
import threading
from ctypes import POINTER, Structure, byref, c_char_p, c_int, c_size_t, c_void_p, sizeof
from pathlib import Path

from kiosk.text_input.engine import MOST_CANDIDATES, EngineError, PrivateFolder, bearable, tidy

LIBRARY = "librime.so.1"
SCHEMA = "luna_pinyin_simp"
SHARED_DATA = Path("/usr/share/rime-data")
_SETTINGS = {
    f"{SCHEMA}.custom.yaml": "patch:\n  translator/enable_user_dict: false\n",
    "default.custom.yaml": f"patch:\n  schema_list:\n    - schema: {SCHEMA}\n",
}
_DOWN, _SPACE = 0xFF54, 0x20
_FATAL_ONLY = 3

_in_use = threading.Lock()
"""The library keeps one state per process."""
_was_set_up = threading.Event()
"""Its logging may be started only once in a process."""


class _Traits(Structure):
    _fields_ = (
        ("data_size", c_int),
        ("shared_data_dir", c_char_p),
        ("user_data_dir", c_char_p),
        ("distribution_name", c_char_p),
        ("distribution_code_name", c_char_p),
        ("distribution_version", c_char_p),
        ("app_name", c_char_p),
        ("modules", POINTER(c_char_p)),
        ("min_log_level", c_int),
        ("log_dir", c_char_p),
        ("prebuilt_data_dir", c_char_p),
        ("staging_dir", c_char_p),
    )


class _Candidate(Structure):
    _fields_ = (("text", c_char_p), ("comment", c_char_p), ("reserved", c_void_p))


class _Candidates(Structure):
    _fields_ = (("ptr", c_void_p), ("index", c_int), ("candidate", _Candidate))


class _Commit(Structure):
    _fields_ = (("data_size", c_int), ("text", c_char_p))


class _Composition(Structure):
    _fields_ = (
        ("length", c_int),
        ("cursor_pos", c_int),
        ("sel_start", c_int),
        ("sel_end", c_int),
        ("preedit", c_char_p),
    )


class _Menu(Structure):
    _fields_ = (
        ("page_size", c_int),
        ("page_no", c_int),
        ("is_last_page", c_int),
        ("highlighted_candidate_index", c_int),
        ("num_candidates", c_int),
        ("candidates", POINTER(_Candidate)),
        ("select_keys", c_char_p),
    )


class _Context(Structure):
    _fields_ = (
        ("data_size", c_int),
        ("composition", _Composition),
        ("menu", _Menu),
        ("commit_text_preview", c_char_p),
        ("select_labels", POINTER(c_char_p)),
    )


class RimeInput:
    """The engine as a `TextInput`. Opening takes about 400 ms: it compiles its settings.

    Args:
        folder: parent of its private folder; memory when not given.

    Raises:
        EngineError: not installed, its data is missing, or already in use.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if not _in_use.acquire(blocking=False):
            raise EngineError("librime is already in use by this process")
        self._session = 0
        self._count = 0
        self._typed = self._asked = ""
        try:
            self._library = _load()
            self._folder = PrivateFolder(folder)
        except EngineError:
            _in_use.release()
            raise
        self._open = True
        self._deploy()
        if not self.candidates("ni"):
            self.close()
            raise EngineError(f"librime finds nothing with {SCHEMA}; mend: rime-data-luna-pinyin")
        self.reset()

    def candidates(self, letters: str) -> list[str]:
        """Texts that these pinyin letters may mean, best first, at most thirty."""
        self.reset()
        self._typed = tidy(letters)
        self._asked = bearable(self._typed)
        if not self._asked or not self._open:
            return []
        for letter in self._asked:
            self._library.RimeProcessKey(self._session, ord(letter), 0)
        found: list[str] = []
        cursor = _Candidates()
        if self._library.RimeCandidateListBegin(self._session, byref(cursor)):
            while len(found) < MOST_CANDIDATES and self._library.RimeCandidateListNext(
                byref(cursor)
            ):
                found.append(cursor.candidate.text.decode())
            self._library.RimeCandidateListEnd(byref(cursor))
        self._count = len(found)
        return found

    def choose(self, index: int) -> tuple[str, str]:
        """Take a candidate of the last call.

        Raises:
            IndexError: no such candidate.
        """
        if not 0 <= index < self._count:
            raise IndexError(index)
        for _ in range(index):
            self._library.RimeProcessKey(self._session, _DOWN, 0)
        self._library.RimeProcessKey(self._session, _SPACE, 0)
        beyond = self._typed[len(self._asked) :]
        text, rest = self._committed(), ""
        if not text:
            text, rest = self._partly()
        self.reset()
        return text, tidy(rest + beyond)

    def reset(self) -> None:
        """Forget the letters."""
        self._typed = self._asked = ""
        self._count = 0
        if self._open:
            self._library.RimeClearComposition(self._session)
            self._committed()

    def close(self) -> None:
        """Let the engine go and delete what it wrote."""
        if not self._open:
            return
        self.reset()
        self._open = False
        self._library.RimeDestroySession(self._session)
        self._library.RimeFinalize()
        self._folder.close()
        _in_use.release()

    def _deploy(self) -> None:
        for name, text in _SETTINGS.items():
            (self._folder.path / name).write_text(text, encoding="utf-8")
        traits = _Traits(
            data_size=sizeof(_Traits) - sizeof(c_int),
            shared_data_dir=str(SHARED_DATA).encode(),
            user_data_dir=str(self._folder.path).encode(),
            distribution_name=b"hall-kiosk",
            distribution_code_name=b"hall-kiosk",
            distribution_version=b"1",
            min_log_level=_FATAL_ONLY,
            log_dir=b"",
        )
        if not _was_set_up.is_set():
            traits.app_name = b"rime.hall-kiosk"
            self._library.RimeSetup(byref(traits))
            _was_set_up.set()
        self._library.RimeInitialize(byref(traits))
        self._library.RimeStartMaintenance(1)
        self._library.RimeJoinMaintenanceThread()
        self._session = self._library.RimeCreateSession()
        self._library.RimeSelectSchema(self._session, SCHEMA.encode())

    def _committed(self) -> str:
        commit = _Commit(data_size=sizeof(_Commit) - sizeof(c_int))
        if not self._library.RimeGetCommit(self._session, byref(commit)):
            return ""
        text = commit.text.decode() if commit.text else ""
        self._library.RimeFreeCommit(byref(commit))
        return text

    def _partly(self) -> tuple[str, str]:
        """The text chosen, and the letters it left: those of what is still shown as letters."""
        context = _Context(data_size=sizeof(_Context) - sizeof(c_int))
        self._library.RimeGetContext(self._session, byref(context))
        shown, start = context.composition.preedit or b"", context.composition.sel_start
        self._library.RimeFreeContext(byref(context))
        unused = sum(character.isalpha() for character in shown[start:].decode())
        return shown[:start].decode(), _last_letters(self._asked, unused)


def _last_letters(typed: str, count: int) -> str:
    """The end of what was typed that holds so many letters; the engine shows spaces and ü."""
    place = len(typed)
    while count and place:
        place -= 1
        count -= typed[place].isalpha()
    return typed[place:]


def _load() -> ctypes.CDLL:
    try:
        library = ctypes.CDLL(LIBRARY)
    except OSError as wrong:
        raise EngineError(f"librime cannot be loaded ({wrong})") from wrong
    if not (SHARED_DATA / f"{SCHEMA}.schema.yaml").is_file():
        raise EngineError(f"{SHARED_DATA} has no {SCHEMA}; mend: rime-data-luna-pinyin")
    session = c_size_t
    for name, result, arguments in (
        ("RimeSetup", None, (POINTER(_Traits),)),
        ("RimeInitialize", None, (POINTER(_Traits),)),
        ("RimeFinalize", None, ()),
        ("RimeStartMaintenance", c_int, (c_int,)),
        ("RimeJoinMaintenanceThread", None, ()),
        ("RimeCreateSession", session, ()),
        ("RimeDestroySession", c_int, (session,)),
        ("RimeSelectSchema", c_int, (session, c_char_p)),
        ("RimeProcessKey", c_int, (session, c_int, c_int)),
        ("RimeClearComposition", None, (session,)),
        ("RimeGetCommit", c_int, (session, POINTER(_Commit))),
        ("RimeFreeCommit", c_int, (POINTER(_Commit),)),
        ("RimeGetContext", c_int, (session, POINTER(_Context))),
        ("RimeFreeContext", c_int, (POINTER(_Context),)),
        ("RimeCandidateListBegin", c_int, (session, POINTER(_Candidates))),
        ("RimeCandidateListNext", c_int, (POINTER(_Candidates),)),
        ("RimeCandidateListEnd", None, (POINTER(_Candidates),)),
    ):
        function = getattr(library, name)
        function.restype = result
        function.argtypes = arguments
    return library
