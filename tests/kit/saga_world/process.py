"""The machine as a process of its own, killed with signal 9 while its world lives on.

The child runs the product: desk, transaction, journal on the disk. Everything outside of it stays
here and is asked over a pipe: devices, central, the citizen. Before and after each question stands
a moment at which the child can be killed.
"""

import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from hardware.interfaces.device import Cancel
from hardware.outcome import Done, Outcome
from kiosk.cipher import FieldCipher
from kiosk.domain.transaction.commands import Begin
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.inbox import Inbox
from kiosk.saga.journal import Journal
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.ports import NEVER, Parts
from kiosk.saga.rows import Entry, Row
from kiosk.storage import Storage
from tests.kit.fake_clock import FakeClock
from tests.kit.saga_world.citizen import WorldInbox
from tests.kit.saga_world.hall import KEY, Hall, WorldPapers
from tests.kit.saga_world.world import KilledError

_CANCEL = "cancel"


class _Line:
    """The child's end: asks, and answers what is asked back meanwhile."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def ask(self, who: str, what: str, *args: Any) -> Any:
        plain: list[Any] = []
        own: dict[int, Any] = {}
        for place, arg in enumerate(args):
            if isinstance(arg, type(NEVER)) or hasattr(arg, "is_set"):
                plain.append(_CANCEL)
            elif (callable(arg) and not isinstance(arg, type)) or hasattr(arg, "offered"):
                own[place] = arg
                plain.append(("call back", place))
            else:
                plain.append(arg)
        self._pipe.send((who, what, plain))
        while True:
            kind, *rest = self._pipe.recv()
            if kind == "answer":
                return rest[0]
            place, name, given = rest
            called = getattr(own[place], name) if name else own[place]
            self._pipe.send(("back", called(*given), ()))


class _Remote:
    """Anything outside of the child; every method is a question."""

    def __init__(self, line: _Line, name: str) -> None:
        self._line = line
        self._name = name

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return lambda *args: self._line.ask(self._name, method, *args)


class _Devices:
    def __init__(self, line: _Line) -> None:
        self._line = line

    def call(
        self, name: str, fn: Callable[[Any, Cancel], Any], limit_s: float, cancel: Cancel
    ) -> Outcome[Any]:
        return Done(fn(_Remote(self._line, name), NEVER))

    def usable(self, name: str) -> bool:
        return bool(name)


class _Journal(Journal):
    def __init__(self, storage: Storage, line: _Line) -> None:
        super().__init__(storage, FieldCipher(KEY), FakeClock())
        self._line = line

    def append(self, entry: Entry) -> Row:
        self._line.ask("world", "point", f"before {entry.step.value}")
        row = super().append(entry)
        self._line.ask("world", "wrote", row)
        return row


class _Inbox(Inbox):
    def __init__(self, line: _Line) -> None:
        super().__init__(FakeClock())
        self._line = line

    def wait(self, limit_s: float, *kinds: Any) -> Any:
        return self._line.ask("inbox", "wait", limit_s, *kinds)


def _machine(pipe: Connection, file: Path, *, serve: bool) -> None:
    """The child: recovers, serves one citizen if asked, ends."""
    line = _Line(pipe)
    clock = FakeClock()
    journal = _Journal(Storage(file, MIGRATIONS), line)
    desk = EndorsementDesk(
        Parts(
            machine_id="E1",
            hall_id="hall",
            journal=journal,
            devices=_Devices(line),
            central=_Remote(line, "central"),
            papers=WorldPapers(),
            inbox=_Inbox(line),
            tell=lambda report: line.ask("hall", "hear", report),
            clock=clock,
            pause=clock.advance,
            new_id=lambda: str(line.ask("hall", "new_id")),
        )
    )
    desk.recover()
    if serve:
        desk.serve(Begin("zh_CN"))
    journal.close()
    pipe.close()
    os._exit(0)


class _Screen:
    """Hears what the child reports, and counts its transactions over all of its lives."""

    def __init__(self, hall: Hall) -> None:
        self._hall = hall

    def hear(self, report: Any) -> None:
        self._hall._tell(report)

    def new_id(self) -> str:
        return f"order{next(self._hall._ids)}"


class ProcessLife:
    """One life of the machine's process.

    Args:
        hall: the world around it.
        kill_at: which moment is its last; None to let it end by itself.
    """

    def __init__(self, hall: Hall, kill_at: int | None) -> None:
        self._hall = hall
        self._kill_at = kill_at
        self.moments = 0
        inbox = WorldInbox(hall.world.clock, hall.citizen)
        self._others: dict[str, Any] = {
            "central": hall.central,
            "inbox": inbox,
            "hall": _Screen(hall),
            "world": hall.world,
            **hall.devices,
        }

    def run(self, *, serve: bool) -> bool:
        """Live; whether it was killed."""
        context = multiprocessing.get_context("fork")
        self._pipe, theirs = context.Pipe()
        self._child = context.Process(
            target=_machine, args=(theirs, self._hall.file), kwargs={"serve": serve}
        )
        self._child.start()
        theirs.close()
        try:
            with contextlib.suppress(EOFError):
                while True:
                    self._answer(self._pipe.recv())
        except KilledError:
            return True
        finally:
            self._pipe.close()
            self._child.join()
        assert self._child.exitcode == 0, "the machine ended by itself, and not well"
        return False

    def _answer(self, asked: Any) -> None:
        who, what, args = asked
        self._moment()
        given = [self._arg(one) for one in args]
        answer = getattr(self._others[who], what)(*given)
        self._moment()
        self._pipe.send(("answer", answer))

    def _moment(self) -> None:
        self.moments += 1
        if self.moments == self._kill_at:
            assert self._child.pid is not None, "it runs"
            os.kill(self._child.pid, signal.SIGKILL)
            self._child.join()
            raise KilledError("signal 9")

    def _arg(self, arg: Any) -> Any:
        if arg == _CANCEL:
            return NEVER
        if isinstance(arg, tuple) and arg[:1] == ("call back",):
            return _CallBack(self, arg[1])
        return arg

    def call_back(self, place: int, name: str, given: tuple[Any, ...]) -> Any:
        """Ask the child something that it handed over to be asked."""
        self._pipe.send(("call back", place, name, given))
        while True:
            said = self._pipe.recv()
            if said[0] == "back":
                return said[1]
            self._answer(said)


class _CallBack:
    """A function or desk of the child, used by a device."""

    def __init__(self, life: ProcessLife, place: int) -> None:
        self._life = life
        self._place = place

    def __call__(self, *given: Any) -> Any:
        return self._life.call_back(self._place, "", given)

    def offered(self, value_fen: int) -> Any:
        return self._life.call_back(self._place, "offered", (value_fen,))

    def stacked(self, value_fen: int) -> Any:
        return self._life.call_back(self._place, "stacked", (value_fen,))

    def refused(self, reason: Any) -> Any:
        return self._life.call_back(self._place, "refused", (reason,))
