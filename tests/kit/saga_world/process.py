"""The machine as a process of its own, killed with signal 9 while its world lives on.

The child runs the product: desk, transaction, journal on the disk. Everything outside of it stays
here and is asked over a pipe: devices, central, the citizen. It dies at the same moments as the
machine of `Hall`, or at any instant of the clock.
"""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from hardware.errors import DeviceError
from kiosk.domain.transaction.progress import Progress
from kiosk.saga.desk import EndorsementDesk
from kiosk.saga.journal_tables import MIGRATIONS
from kiosk.saga.ports import NEVER
from kiosk.saga.rows import Phase, Row, Step
from kiosk.storage import Storage
from tests.kit.saga_world.citizen import WorldCitizen, WorldInbox
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.machine_process import (
    BROKEN,
    CALL_BACK,
    CANCEL,
    ENDED,
    be_the_machine,
    hear,
    say,
)
from tests.kit.saga_world.world import KilledError


class ProcessHall(Hall):
    """A hall whose machine is a process, and dies of signal 9.

    Args:
        folder: of the journal.
        citizen: who comes first.
        tick_s: with one, a life ends so many ticks of the clock after its beginning, wherever it
            is then; without one at a point, as in any hall.
    """

    def __init__(self, folder: Path, citizen: WorldCitizen, tick_s: float | None = None) -> None:
        super().__init__(folder, citizen)
        self.lives = 0
        self.unheard = 0
        self._tick_s = tick_s
        self._last_heard = 0
        self._pipe: Connection

    def live(self, act: Callable[[EndorsementDesk], None], kill_at: int | None = None) -> str:
        """One life of the machine's process, which is made for it.

        Args:
            act: what it does.
            kill_at: point of its death, or ticks of the clock until then.

        Returns:
            `ended`, `killed`, or `broken` when its journal could not be written.
        """
        self.lives += 1
        self.world.point_count = 0
        self.world.kill_at = None if self._tick_s else kill_at
        self._inbox = WorldInbox(self.world.clock, self.citizen)
        self._pipe, theirs = Pipe()
        child = os.fork()
        if child == 0:
            self._pipe.close()
            be_the_machine(theirs, self.file, self._parts, act)
        theirs.close()
        with self._pipe, self._killed_by_the_clock(child, kill_at):
            self._stand_around(child)
        return self._how_it_ended(child)

    def _stand_around(self, child: int) -> None:
        """Answer until it ends or dies."""
        try:
            # What it said in dying has left it, and is heeded; only nobody hears the answer.
            with contextlib.suppress(EOFError, ConnectionError):
                while True:
                    self._answer(hear(self._pipe))
        except KilledError:
            os.kill(child, signal.SIGKILL)
        finally:
            self.world.kill_at = None

    @contextlib.contextmanager
    def _killed_by_the_clock(self, child: int, ticks: int | None) -> Iterator[None]:
        if ticks is None or self._tick_s is None:
            yield
            return
        killer = threading.Timer(ticks * self._tick_s, os.kill, (child, signal.SIGKILL))
        killer.start()
        try:
            yield
        finally:
            # Until it is asked how it ended, its number is nobody else's.
            killer.cancel()
            killer.join()

    def _how_it_ended(self, child: int) -> str:
        _pid, status = os.waitpid(child, 0)
        how = os.waitstatus_to_exitcode(status)
        if how == -signal.SIGKILL:
            self._hear_the_rest()
            return "killed"
        assert how in (ENDED, BROKEN), "the machine ended by itself, and not well"
        return "broken" if how == BROKEN else "ended"

    def _hear_the_rest(self) -> None:
        """A row may be durable of which the process did not live to tell."""
        if self._tick_s is None:
            return
        storage = Storage(self.file, MIGRATIONS)
        found = storage.rows("SELECT * FROM journal WHERE seq > ?", self._last_heard)
        storage.close()
        for one in found:
            self.unheard += 1
            step, phase = Step(one["step"]), Phase(one["phase"])
            at = datetime.fromisoformat(one["at"])
            row = Row(one["seq"], one["saga"], step, phase, one["key"], {}, {}, at)
            self._last_heard = row.seq
            self.world.wrote(row)

    def _answer(self, asked: Any) -> None:
        who, what, args = asked
        if what == "after_row":
            self._last_heard = args[0].seq
        given = [self._arg(one) for one in args]
        try:
            kind, answer = "answer", getattr(self._other(who), what)(*given)
        except DeviceError as error:
            kind, answer = "error", error
        say(self._pipe, (kind, self.time(), answer))

    def _other(self, name: str) -> Any:
        others = {
            "central": self.central,
            "inbox": self._inbox,
            "hall": self,
            "world": self.world,
            "clock": self.world.clock,
        }
        return others.get(name) or self.devices[name]

    def _arg(self, arg: Any) -> Any:
        if arg == CANCEL:
            return NEVER
        if isinstance(arg, tuple) and arg[:1] == (CALL_BACK,):
            return _CallBack(self, arg[1])
        return arg

    def tell(self, report: Progress) -> None:
        """The citizen is told something."""
        self._tell(report)

    def new_id(self) -> str:
        """Transactions are counted over all lives."""
        return f"order{next(self._ids)}"

    def time(self) -> tuple[datetime, float]:
        """The world's."""
        return self.world.clock._start, self.world.clock._passed_s

    def device_names(self) -> tuple[str, ...]:
        """What stands around the machine."""
        return tuple(self.devices)

    def call_back(self, place: int, name: str, given: tuple[Any, ...]) -> Any:
        """Ask the child something that it handed over to be asked.

        Raises:
            KilledError: it is dead; whoever asked stays as they are.
        """
        try:
            say(self._pipe, (CALL_BACK, self.time(), place, name, given))
            while True:
                said = hear(self._pipe)
                if said[0] == "back":
                    return said[1]
                self._answer(said)
        except (EOFError, ConnectionError) as error:
            raise KilledError(name) from error


class _CallBack:
    """A function or desk of the child, used by a device."""

    def __init__(self, hall: ProcessHall, place: int) -> None:
        self._hall = hall
        self._place = place

    def __call__(self, *given: Any) -> Any:
        return self._hall.call_back(self._place, "", given)

    def offered(self, value_fen: int) -> Any:
        return self._hall.call_back(self._place, "offered", (value_fen,))

    def stacked(self, value_fen: int) -> Any:
        return self._hall.call_back(self._place, "stacked", (value_fen,))

    def refused(self, reason: Any) -> Any:
        return self._hall.call_back(self._place, "refused", (reason,))


def tick_s(folder: Path) -> float:
    """How long a point of a whole life lasts on this machine, in seconds.

    Args:
        folder: empty, for a journal.
    """
    hall = ProcessHall(folder, WorldCitizen("a"))
    begun_s = time.perf_counter()
    hall.live(hall.serve)
    return (time.perf_counter() - begun_s) / hall.world.point_count
