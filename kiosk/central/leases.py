"""Numbers held in reserve, so that a machine that is cut off from central can still give tickets.

They come from the same counter as all numbers. They are bound to a boot epoch and to one business
day, and marked used before anything is printed (reliability facts 2.2).
"""

import sqlite3
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kiosk.central.answer import Answered, Outcome, Refused, Unreachable
from kiosk.central.contract import Boot, BootRequest, ErrorCode, LeaseRequest, NumberLease
from kiosk.central.link import LinkState
from kiosk.central.remote import Central
from kiosk.clock import Clock
from kiosk.storage import Storage, write_note

_RETRY_S = 15.0
_LOOK_S = 60.0
_WRONG_DAY_PAUSE_S = 1800.0


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds leases.

    Args:
        machine_id: of this machine.
        hall_id: its hall.
        software: version, told to central at each start.
        boot_mark: of the operating system's start (`/proc/sys/kernel/random/boot_id`): numbers
            leased before it are used only after central has been asked, because the disk may be
            an older image of itself.
        count: numbers to hold per service.
    """

    machine_id: str
    hall_id: str
    software: str
    boot_mark: str
    count: int = 20


@dataclass(frozen=True, slots=True)
class TakenNumber:
    """A number taken from a lease.

    Args:
        lease_id: of the lease.
        n: within the lease.
        number: as called, for example A023.
        at: when, by central's clock; its date is the business day the number counts for.
    """

    lease_id: str
    n: int
    number: str
    at: datetime


class Leases:
    """The numbers one machine holds; `keep` is an errand of the courier.

    Args:
        storage: of the machine.
        central: gives leases.
        link: told how each call ended.
        clock: the machine's time.
        holder: who holds them.
        services: ids of the services to hold numbers for, as known now.
    """

    def __init__(
        self,
        storage: Storage,
        central: Central,
        link: LinkState,
        clock: Clock,
        holder: Holder,
        services: Callable[[], tuple[str, ...]],
    ) -> None:
        self._storage = storage
        self._central = central
        self._link = link
        self._clock = clock
        self._holder = holder
        self._services = services
        self._lock = threading.Lock()
        self._epoch: int | None = None
        self._anchor = _Anchor.read(storage, holder.boot_mark)
        self._boot_key = f"boot-{uuid.uuid4().hex}"
        self._lease_keys: dict[LeaseRequest, str] = {}
        self._due_s = clock.monotonic_s()
        self._rests_until_s: dict[str, float] = {}

    @property
    def epoch(self) -> int:
        """Boot epoch given by central, 0 before the first contact since this start."""
        return self._epoch or 0

    def business_day(self) -> date:
        """The hall's day by central's clock, carried on by a clock that never jumps."""
        return self._anchor.now(self._clock).date() if self._anchor else self._clock.today()

    def take(self, db: sqlite3.Connection, service_id: str, visit_id: str) -> TakenNumber | None:
        """Mark the next number used, in the caller's transaction.

        Args:
            db: of the transaction that also writes the ticket.
            service_id: first service of the ticket.
            visit_id: who gets it.

        Returns:
            The number; None when none is left that may be used.
        """
        if self._anchor is None:
            return None
        # One look at the clock for day and time: central refuses a time outside the lease's day.
        at = self._anchor.now(self._clock)
        row = db.execute(
            """UPDATE leased_numbers SET used_by = ? WHERE (lease_id, n) = (
                   SELECT lease_id, n FROM leased_numbers
                   WHERE service_id = ? AND day = ? AND boot_mark = ? AND used_by IS NULL
                   ORDER BY n LIMIT 1)
               RETURNING lease_id, n, prefix""",
            (visit_id, service_id, at.date().isoformat(), self._holder.boot_mark),
        ).fetchone()
        if row is None:
            return None
        number = f"{row['prefix']}{row['n']:03d}"
        return TakenNumber(row["lease_id"], row["n"], number, at)

    def left(self, service_id: str) -> int:
        """How many numbers may still be given for a service today."""
        if self._anchor is None:
            return 0
        (row,) = self._storage.rows(
            """SELECT count(*) AS n FROM leased_numbers
               WHERE service_id = ? AND day = ? AND boot_mark = ? AND used_by IS NULL""",
            service_id,
            self.business_day().isoformat(),
            self._holder.boot_mark,
        )
        return int(row["n"])

    def keep(self) -> float:
        """Register this start, fill up what runs low; returns seconds until it wants to look again.

        A look that finds enough asks central nothing.
        """
        with self._lock:
            left_s = self._due_s - self._clock.monotonic_s()
            if left_s > 0 and self._link.away:
                return left_s
            pause_s = _LOOK_S if self._register() and self._fill_up() else _RETRY_S
            self._due_s = self._clock.monotonic_s() + pause_s
            return pause_s

    def purge(self, before: date) -> None:
        """Forget numbers of days before a day."""
        with self._storage.transaction() as db:
            db.execute("DELETE FROM leased_numbers WHERE day < ?", (before.isoformat(),))

    def _register(self) -> bool:
        if self._epoch is not None:
            return True
        holder = self._holder
        outcome = self._central.boot(
            BootRequest(
                machine_id=holder.machine_id, hall_id=holder.hall_id, software=holder.software
            ),
            self._boot_key,
        )
        self._link.saw(outcome)
        if not isinstance(outcome, Answered):
            return False
        self._started(outcome.value)
        return True

    def _started(self, boot: Boot) -> None:
        """A new epoch: whatever an older one left unused is dead."""
        anchor = _Anchor(boot.server_time, self._clock.monotonic_s())
        with self._storage.transaction() as db:
            db.execute(
                "DELETE FROM leased_numbers WHERE used_by IS NULL AND epoch <> ?", (boot.epoch,)
            )
            write_note(db, "anchor", anchor.text(self._holder.boot_mark))
        self._anchor = anchor
        self._epoch = boot.epoch

    def _fill_up(self) -> bool:
        # One service that central refuses must not keep the next ones from being asked for.
        held = [self._fill(service_id) for service_id in self._services()]
        return all(held)

    def _fill(self, service_id: str) -> bool:
        now_s = self._clock.monotonic_s()
        enough = self.left(service_id) * 2 >= self._holder.count
        if enough or now_s < self._rests_until_s.get(service_id, now_s):
            return True
        request = LeaseRequest(
            machine_id=self._holder.machine_id,
            hall_id=self._holder.hall_id,
            epoch=self.epoch,
            service_id=service_id,
            count=self._holder.count,
        )
        # The same key until there is an answer: a lost answer must not cost a second range.
        key = self._lease_keys.setdefault(request, f"lease-{uuid.uuid4().hex}")
        outcome: Outcome[NumberLease] = self._central.lease(request, key)
        self._link.saw(outcome)
        if not isinstance(outcome, Unreachable):
            del self._lease_keys[request]
        if isinstance(outcome, Refused) and outcome.problem.code is ErrorCode.LEASE_INVALID:
            self._forget_epoch()
        if not isinstance(outcome, Answered):
            return False
        self._hold(outcome.value)
        if outcome.value.day != self.business_day():
            # Machine and central disagree about the day: asking on would eat the day's numbers.
            self._rests_until_s[service_id] = now_s + _WRONG_DAY_PAUSE_S
        return True

    def _forget_epoch(self) -> None:
        """Central knows of a later start of this machine, or of none: register again."""
        self._epoch = None
        self._boot_key = f"boot-{uuid.uuid4().hex}"

    def _hold(self, lease: NumberLease) -> None:
        mark = self._holder.boot_mark
        with self._storage.transaction() as db:
            db.executemany(
                """INSERT OR IGNORE INTO leased_numbers
                       (lease_id, n, service_id, prefix, day, epoch, boot_mark)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                [
                    (
                        lease.lease_id,
                        n,
                        lease.service_id,
                        lease.prefix,
                        lease.day.isoformat(),
                        lease.epoch,
                        mark,
                    )
                    for n in range(lease.first, lease.last + 1)
                ],
            )


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Central's time at one moment of this boot.

    The wall clock of a machine may be wrong or jump; its monotonic clock runs on, also through a
    restart of the program, until the operating system starts anew.
    """

    server_time: datetime
    monotonic_s: float

    def now(self, clock: Clock) -> datetime:
        """Central's time now, in the hall's zone."""
        passed = timedelta(seconds=clock.monotonic_s() - self.monotonic_s)
        zone = clock.now().tzinfo
        return (self.server_time + passed).astimezone(zone)

    def text(self, boot_mark: str) -> str:
        """As a note."""
        return f"{boot_mark} {self.server_time.isoformat()} {self.monotonic_s!r}"

    @classmethod
    def read(cls, storage: Storage, boot_mark: str) -> "_Anchor | None":
        """From the note; None when it was taken in another boot or never."""
        parts = (storage.note("anchor") or "").split(" ")
        if len(parts) != 3 or parts[0] != boot_mark:
            return None
        return cls(datetime.fromisoformat(parts[1]), float(parts[2]))
