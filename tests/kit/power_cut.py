"""Power cuts as a disk sees them: writes that were not synced may be lost, or land in part.

A VFS of SQLite records every write, truncation and sync of the product's own code. From the record
any moment can be cut, and the files laid out as a disk might have left them: what was synced is
there; of what was not, nothing, everything, or any of its sectors.
"""

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import apsw

SECTOR_BYTES = 512


@dataclass(frozen=True)
class Write:
    """Bytes went to a file, but not yet surely to its disk."""

    file: str
    offset: int
    data: bytes


@dataclass(frozen=True)
class Truncate:
    """A file became shorter, but not yet surely on its disk."""

    file: str
    size: int


@dataclass(frozen=True)
class Sync:
    """Everything of a file is on its disk."""

    file: str


@dataclass(frozen=True)
class Promised:
    """The product said that so many rows are durable."""

    rows: int


@dataclass(frozen=True)
class Delete:
    """A file is gone; only files of the first start are, long before anything is promised."""

    file: str


Step = Write | Truncate | Sync | Promised | Delete


class Recorder(apsw.VFS):
    """Passes everything on to the usual files, and remembers it.

    Args:
        name: of this VFS.
    """

    def __init__(self, name: str) -> None:
        self.steps: list[Step] = []
        self.called = name
        super().__init__(name, "")

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 - SQLite's name
        """Open a file whose writes are remembered."""
        return _File(self.steps, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's own
        """Remove a file."""
        self.steps.append(Delete(Path(filename).name))
        super().xDelete(filename, syncdir)


class _File(apsw.VFSFile):
    def __init__(self, steps: list[Step], name: Any, flags: list[int]) -> None:
        self._steps = steps
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        self._file = Path(path).name
        super().__init__("", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._steps.append(Write(self._file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802 - SQLite's name
        self._steps.append(Truncate(self._file, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._steps.append(Sync(self._file))
        super().xSync(flags)


class _Connection:
    """The part of `sqlite3.Connection` that the product uses, over a recorded file."""

    def __init__(self, path: Path, vfs: str, synchronous: str) -> None:
        self._db = apsw.Connection(str(path), vfs=vfs)
        self._synchronous = synchronous
        self.row_factory: object = None
        # A VFS written in Python has no shared memory; one process alone does not need it.
        self._db.execute("PRAGMA locking_mode=EXCLUSIVE")

    @property
    def in_transaction(self) -> bool:
        return self._db.in_transaction

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "_Rows":
        wanted = sql.replace("synchronous=FULL", f"synchronous={self._synchronous}")
        cursor = self._db.cursor()
        names: list[str] = []

        def describe(cursor: apsw.Cursor, row: Any) -> dict[str, Any]:
            names[:] = [one[0] for one in cursor.get_description()]
            return dict(zip(names, row, strict=True))

        cursor.row_trace = describe
        return _Rows(list(cursor.execute(wanted, tuple(parameters))))

    def close(self) -> None:
        self._db.close()


class _Rows:
    def __init__(self, rows: list[Any]) -> None:
        self._rows = rows

    def fetchall(self) -> list[Any]:
        return self._rows

    def fetchone(self) -> Any:
        row = self._rows[0] if self._rows else None
        return _Row(row) if row is not None else None


class _Row(dict[Any, Any]):
    """By name, and by place for the one query that asks so."""

    def __getitem__(self, key: Any) -> Any:
        return list(self.values())[key] if isinstance(key, int) else super().__getitem__(key)


@contextmanager
def recorded(recorder: Recorder, synchronous: str = "FULL") -> Iterator[None]:
    """Databases that the product opens in this block are recorded.

    Args:
        recorder: remembers.
        synchronous: what the product's own `FULL` is replaced by.
    """

    def connect(path: Path, **_kwargs: Any) -> Any:
        return _Connection(path, recorder.called, synchronous)

    with patch("kiosk.storage.sqlite3.connect", connect):
        yield


def promised(steps: Sequence[Step], cut: int) -> int:
    """How many rows the product had promised before a moment."""
    rows = [one.rows for one in steps[:cut] if isinstance(one, Promised)]
    return rows[-1] if rows else 0


def lay_out(steps: Sequence[Step], cut: int, folder: Path, rng: random.Random) -> None:
    """Make the files as a disk may have left them when the power went.

    Args:
        steps: of the record.
        cut: the power went before this one.
        folder: empty.
        rng: decides what of the unsynced writes arrived.
    """
    files, waiting = _synced(steps[:cut])
    _some(files, waiting, rng)
    for name, content in files.items():
        (folder / name).write_bytes(content)


def _synced(steps: Sequence[Step]) -> tuple[dict[str, bytearray], list[Write | Truncate]]:
    """What is surely on the disk, and what may be."""
    files: dict[str, bytearray] = {}
    waiting: list[Write | Truncate] = []
    for step in steps:
        if isinstance(step, Write | Truncate):
            waiting.append(step)
            files.setdefault(step.file, bytearray())
        elif isinstance(step, Sync | Delete):
            for one in waiting:
                if one.file == step.file:
                    _apply(files, one)
            waiting = [one for one in waiting if one.file != step.file]
        if isinstance(step, Delete):
            files.pop(step.file, None)
    return files, waiting


def _some(files: dict[str, bytearray], waiting: list[Write | Truncate], rng: random.Random) -> None:
    """Nothing, everything, or any sectors, in any order."""
    fate = rng.choice(("nothing", "everything", "sectors", "sectors"))
    if fate == "nothing":
        return
    pieces: list[Write | Truncate] = [one for step in waiting for one in _sectors(step)]
    if fate == "sectors":
        pieces = [one for one in pieces if rng.random() < 0.5]
        rng.shuffle(pieces)
    for one in pieces:
        _apply(files, one)


def _sectors(step: Write | Truncate) -> Iterator[Write | Truncate]:
    if isinstance(step, Truncate):
        yield step
        return
    at = 0
    while at < len(step.data):
        size = SECTOR_BYTES - (step.offset + at) % SECTOR_BYTES
        yield Write(step.file, step.offset + at, step.data[at : at + size])
        at += size


def _apply(files: dict[str, bytearray], step: Write | Truncate) -> None:
    content = files.setdefault(step.file, bytearray())
    if isinstance(step, Truncate):
        del content[step.size :]
        return
    end = step.offset + len(step.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[step.offset : end] = step.data
