"""The child's side of a machine that is a process: the product, with a world over a pipe."""

import contextlib
import copyreg
import os
import pickle
import traceback
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Never

from hardware.errors import (
    FaultyDriverError,
    NoAnswerError,
    NotConnectedError,
    ProtocolError,
)
from kiosk.errors import StorageError
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.inbox import Inbox
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.ports import NEVER, Parts
from kiosk.storage import Storage
from tests.kit.fake_clock import FakeClock
from tests.kit.saga_world.hall import WorldDevices, WorldJournal

ENDED, FELL, BROKEN = range(3)
"""How the process ends when it is not killed; `FELL` is also Python's own word for an error."""
CANCEL = "cancel"
CALL_BACK = "call back"

for _kind in (FaultyDriverError, NoAnswerError, NotConnectedError, ProtocolError):
    # They go through the pipe as they are made: a device and a fact.
    copyreg.pickle(_kind, lambda error: (type(error), (error.device, error.fact)))


def say(pipe: Connection, what: Any) -> None:
    """Send anything."""
    pipe.send_bytes(pickle.dumps(what, pickle.HIGHEST_PROTOCOL))


def hear(pipe: Connection) -> Any:
    """Receive it.

    Raises:
        EOFError: the other side is gone.
    """
    return pickle.loads(pipe.recv_bytes())


def be_the_machine(
    pipe: Connection, file: Path, near: Callable[[WorldJournal], Parts], act: Callable[..., None]
) -> Never:
    """Open the journal, do what this life is for, end.

    Args:
        pipe: to the world.
        file: the journal's.
        near: makes the parts of a machine in the world's own process.
        act: what it does with its desk.
    """
    try:
        line = _Line(pipe)
        world: Any = _RemoteWorld(line)
        journal = WorldJournal(Storage(file, MIGRATIONS), world)
        with contextlib.closing(journal):
            act(EndorsementDesk(_far(near(journal), line, world)))
    except StorageError:
        os._exit(BROKEN)
    except BaseException:  # noqa: BLE001 - nothing of the tests may run on in the child
        traceback.print_exc()
        os._exit(FELL)
    os._exit(ENDED)


def _far(near: Parts, line: "_Line", world: Any) -> Parts:
    """The same parts at the far end of the pipe; papers and limits are the child's own."""
    return replace(
        near,
        devices=_RemoteDevices(world, line),
        central=_Remote(line, "central"),
        inbox=_Inbox(line),
        tell=lambda report: line.ask("hall", "tell", report),
        clock=line.clock,
        pause=lambda seconds: line.ask("clock", "advance", seconds),
        new_id=lambda: line.ask("hall", "new_id"),
    )


class _Line:
    """Asks, and answers what is asked back meanwhile; every answer brings the time with it."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self.clock = FakeClock()
        self.clock._start, self.clock._passed_s = self.ask("hall", "time")

    def ask(self, who: str, what: str, *args: Any) -> Any:
        plain: list[Any] = []
        own: dict[int, Any] = {}
        for place, arg in enumerate(args):
            if isinstance(arg, type(NEVER)) or hasattr(arg, "is_set"):
                plain.append(CANCEL)
            elif (callable(arg) and not isinstance(arg, type)) or hasattr(arg, "offered"):
                own[place] = arg
                plain.append((CALL_BACK, place))
            else:
                plain.append(arg)
        say(self._pipe, (who, what, plain))
        while True:
            kind, (self.clock._start, self.clock._passed_s), *rest = hear(self._pipe)
            if kind == "answer":
                return rest[0]
            if kind == "error":
                raise rest[0]
            place, name, given = rest
            called = getattr(own[place], name) if name else own[place]
            say(self._pipe, ("back", called(*given), ()))


class _Remote:
    """Anything outside of the child; every method is a question."""

    def __init__(self, line: _Line, name: str) -> None:
        self._line = line
        self._name = name

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return lambda *args: self._line.ask(self._name, method, *args)


class _RemoteWorld(_Remote):
    """The world, whose time is at hand."""

    def __init__(self, line: _Line) -> None:
        super().__init__(line, "world")
        self.clock = line.clock


class _RemoteDevices(WorldDevices):
    """Calls devices that stand at the far end."""

    def __init__(self, world: Any, line: _Line) -> None:
        names = line.ask("hall", "device_names")
        super().__init__(world, {name: _Remote(line, name) for name in names})


class _Inbox(Inbox):
    def __init__(self, line: _Line) -> None:
        super().__init__(line.clock)
        self._line = line

    def wait(self, limit_s: float, *kinds: Any) -> Any:
        """What the citizen does."""
        return self._line.ask("inbox", "wait", limit_s, *kinds)
