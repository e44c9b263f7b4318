"""The machine that the kill harness kills: desk, outbox, leases and a printer, without a screen.

`python -m tests.kit.kill_machine FOLDER URL` reads commands, one a line:

- `run SEED DELAY_S`: fork a machine that serves one citizen after the other, and kill it with
  signal 9 after the delay;
- `mail SEED DELAY_S`: fork a machine that only sends letters, and kill it likewise unless it has
  sent them all before;
- `prepare`: fork a machine that fills its reserve of numbers and ends by itself;
- `finish`: fork a machine that recovers, sends everything that waits, and ends by itself.

What citizens and the printer saw stands in `world.log`, which no kill takes back.
"""

import json
import os
import random
import signal
import sys
import threading
import traceback
import uuid
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from kiosk.audit.log import AuditLog
from kiosk.central.answer import Timeouts
from kiosk.central.client import CentralClient
from kiosk.central.contract import StaffCall
from kiosk.central.desk import Issued, TicketDesk, Waits
from kiosk.central.durable import DurableSettings, DurableSide, Listeners, assemble
from kiosk.central.leases import Holder
from kiosk.central.outbox import Message
from kiosk.central.outbox_sender import Pace
from kiosk.cipher import FieldCipher, device_key
from kiosk.clock import SystemClock
from kiosk.domain.ticket import Ticket
from kiosk.storage import Storage, write_note
from tests.kit.durable_bed import bundle
from tests.kit.kill_plants import PLANTS, mark_late

HALL = "hs-1"
LETTERS = 60
LETTER_SUBJECTS = 6
SERVICES = ("passport", "hk_macao_permit", "taiwan_permit")
_FINISH_LIMIT_S = 60.0


class World:
    """Paper and people: what has happened to them cannot be taken back.

    Args:
        path: of the file.
    """

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)

    def saw(self, what: str, **facts: str) -> None:
        """Add one line, whole or not at all."""
        os.write(self._file, (json.dumps({"what": what, **facts}) + "\n").encode())


class KillMachine:
    """One run of the machine.

    Args:
        folder: of its records.
        url: of central.
        rng: decides what citizens and printer do.
        plant: a mistake of `PLANTS`, or empty.
    """

    def __init__(self, folder: Path, url: str, rng: random.Random, plant: str) -> None:
        clock = SystemClock()
        self._rng = rng
        self._plant = plant
        self._world = World(folder / "world.log")
        self._storage = Storage(folder / "machine.db")
        self._client = CentralClient(url, clock, Timeouts(0.5, 0.5, 1.0, 2, 0.02, 0.05))
        settings = DurableSettings(
            Holder("K1", HALL, "kill-test", self._boot_mark(folder), count=10),
            Waits(0.8, 0.3),
            timedelta(minutes=10),
            Pace(0.02, 0.2),
        )
        listeners = Listeners(record=AuditLog(self._storage, clock).append)
        cipher = FieldCipher(device_key(folder / "device.key"))
        self.side: DurableSide = assemble(
            settings, self._storage, cipher, self._client, clock, listeners
        )

    @property
    def _desk(self) -> TicketDesk:
        return self.side.desk

    def serve(self) -> None:
        """Recover, then serve citizens until the end comes from outside."""
        self.side.start()
        self._recover()
        while True:
            self._one_visit(uuid.uuid4().hex)

    def finish(self) -> bool:
        """Recover and send everything; whether nothing waits any more."""
        self._recover()
        return self._send_all()

    def _send_all(self) -> bool:
        return self._work_until(lambda: self.side.outbox.waiting() == 0)

    def _work_until(self, done: Callable[[], bool]) -> bool:
        self.side.start()
        pause = threading.Event()
        for _ in range(int(_FINISH_LIMIT_S / 0.05)):
            if done():
                break
            self.side.courier.wake()
            pause.wait(0.05)
        well = done()
        self.side.close()
        self._storage.close()
        return well

    def prepare(self) -> bool:
        """Fill the reserve; whether every service has one."""
        leases = self.side.leases
        return self._work_until(lambda: all(leases.left(one) for one in SERVICES))

    def mail(self) -> bool:
        """Send `LETTERS` to staff, written down at the first start; whether all were sent."""
        outbox = self.side.outbox
        if self._storage.note("letters") is None:
            with self._storage.transaction() as db:
                for n in range(LETTERS):
                    subject = f"s{n % LETTER_SUBJECTS}"
                    outbox.add(db, self._letter(subject, n), date(2026, 11, 24))
                write_note(db, "letters", "written")
        return self._send_all()

    def _letter(self, subject: str, n: int) -> Message:
        body = StaffCall(
            machine_id="K1",
            hall_id=HALL,
            reason=f"{n:04d}",
            subject=subject,
            at=datetime(2026, 11, 24, 9, tzinfo=UTC),
        )
        return Message(subject, "letter", "/v1/staff-calls", body.model_dump_json().encode())

    def _boot_mark(self, folder: Path) -> str:
        """Whoever removes the file has restarted the whole computer."""
        mark = folder / "boot"
        if not mark.exists():
            mark.write_text(uuid.uuid4().hex)
        return mark.read_text()

    def _recover(self) -> None:
        for reprint in self._desk.recover():
            self._print(reprint.ticket, copy=reprint.copy)

    def _one_visit(self, visit: str) -> None:
        services = tuple(self._rng.sample(SERVICES, self._rng.randint(1, 2)))
        self._world.saw("came", visit=visit)
        with_form = self._rng.random() < 0.9
        answer = self._desk.submit(visit, bundle() if with_form else None, services, "zh_CN")
        if not isinstance(answer, Issued):
            self._world.saw("told_no_number", visit=visit, reference=answer.reference)
            return
        if self._rng.random() < 0.5:
            self._desk.call_staff("staff.help", visit)
            self._world.saw("staff_called", visit=visit)
        self._print(answer.ticket, copy=False)

    def _print(self, ticket: Ticket, *, copy: bool) -> None:
        visit = ticket.ticket_id
        self._desk.printing(visit)
        fate = self._rng.random()
        if fate < 0.1:
            self._desk.not_printed(visit, "paper_out")
            self._world.saw("shown", visit=visit, number=ticket.number)
            self._desk.settle(visit, "shown")
            return
        self._world.saw("printed", visit=visit, number=ticket.number, copy=str(copy))
        # The printer needs its time, and kills fall into it.
        threading.Event().wait(self._rng.uniform(0, 0.03))
        if fate < 0.2:
            self._desk.doubtful(visit, "link_lost")
            self._desk.printing(visit)
            self._world.saw("printed", visit=visit, number=ticket.number, copy="True")
        self._desk.printed(visit)
        self._world.saw("told_number", visit=visit, number=ticket.number)
        if self._plant == "mark_after_printing" and ticket.from_lease:
            mark_late(self._storage, ticket)
        self._desk.settle(visit, "taken")


def main() -> None:
    """Take commands; imports are done once, so that a killed machine starts in milliseconds."""
    folder, url = Path(sys.argv[1]), sys.argv[2]
    plant = sys.argv[3] if len(sys.argv) > 3 else ""
    if plant:
        PLANTS[plant]()
    pause = threading.Event()
    _say("ready")
    for line in sys.stdin:
        command, *words = line.split()
        child = os.fork()
        if child == 0:
            _child(folder, url, plant, command, words)
        if words:
            pause.wait(float(words[1]))
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        how = "killed" if os.WIFSIGNALED(status) else f"ended {os.WEXITSTATUS(status)}"
        _say(how)


def _say(word: str) -> None:
    sys.stdout.write(word + "\n")
    sys.stdout.flush()


def _child(folder: Path, url: str, plant: str, command: str, words: list[str]) -> None:
    """Never returns."""
    code = 9
    try:
        seed = int(words[0]) if words else 0
        machine = KillMachine(folder, url, random.Random(seed), plant)
        if command == "run":
            machine.serve()
        else:
            ends = {"mail": machine.mail, "prepare": machine.prepare, "finish": machine.finish}
            code = int(not ends[command]())
    except Exception:  # noqa: BLE001 - a forked child must end here, and say why
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def facts_of(world: Path) -> list[Mapping[str, str]]:
    """What citizens and printer saw, in order."""
    return [json.loads(line) for line in world.read_text().splitlines()]


if __name__ == "__main__":
    main()
