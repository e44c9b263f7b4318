"""Compares what citizens hold with what central knows, after everything has been sent."""

import sqlite3
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from tests.kit.kill_machine import facts_of


@dataclass
class Reckoning:
    """What was found wrong; ids and numbers only.

    Args:
        visits: citizens who came.
        told: of these, given a number.
        leased: tickets numbered while central was away.
        superseded: numbers that central gave and the paper overruled.
        voided: tickets of visits that a kill ended.
        lost: something promised that central does not know.
        doubled: something that happened twice.
        gaps: numbers of the counter that nobody can explain.
    """

    visits: int = 0
    told: int = 0
    leased: int = 0
    superseded: int = 0
    voided: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.lost or self.doubled or self.gaps)


def reckon(folder: Path, central: Path) -> Reckoning:
    """Compare.

    Args:
        folder: of the machine, whose outbox is empty.
        central: the server's SQLite file.
    """
    result = Reckoning()
    seen = facts_of(folder / "world.log")
    papers: dict[str, set[str]] = defaultdict(set)
    for one in seen:
        if one["what"] in ("printed", "shown", "told_number"):
            papers[one["visit"]].add(one["number"])
    told = {one["visit"]: one["number"] for one in seen if one["what"] in ("told_number", "shown")}
    result.visits = sum(one["what"] == "came" for one in seen)
    result.told = len(told)
    with _open(central) as db, _open(folder / "machine.db") as machine:
        _papers(result, papers)
        _tickets(result, db, told)
        _applications(result, db, machine)
        staff = [one["visit"] for one in seen if one["what"] == "staff_called"]
        _staff_calls(result, db, staff)
        _numbers(result, db)
        for row in machine.execute("SELECT kind, subject, reason FROM outbox WHERE state<>'sent'"):
            result.lost.append(f"{row['kind']} of {row['subject']} was not sent: {row['reason']}")
    return result


def _papers(result: Reckoning, papers: dict[str, set[str]]) -> None:
    holders: dict[str, list[str]] = defaultdict(list)
    for visit, numbers in papers.items():
        if len(numbers) > 1:
            result.doubled.append(f"visit {visit} holds {sorted(numbers)}")
        for number in numbers:
            holders[number].append(visit)
    for number, visits in holders.items():
        if len(visits) > 1:
            result.doubled.append(f"number {number} is held by {visits}")


def _tickets(result: Reckoning, db: sqlite3.Connection, told: dict[str, str]) -> None:
    known = {row["ticket_id"]: row for row in db.execute("SELECT * FROM ticket")}
    for visit, number in told.items():
        row = known.get(visit)
        if row is None:
            result.lost.append(f"ticket {number} of {visit}")
        elif f"{row['prefix']}{row['n']:03d}" != number:
            result.lost.append(f"{visit} holds {number}, central says {row['prefix']}{row['n']}")
        elif row["state"] not in ("issued", "shown"):
            result.lost.append(f"{visit} holds {number}, central says {row['state']}")
    result.leased = sum(row["lease_id"] is not None for row in known.values())
    result.voided = sum(row["state"] == "voided" for row in known.values())
    for visit, row in known.items():
        if row["state"] == "numbered":
            result.lost.append(f"ticket of {visit} waits for nobody")


def _applications(result: Reckoning, db: sqlite3.Connection, machine: sqlite3.Connection) -> None:
    arrived = Counter(row[0] for row in db.execute("SELECT application_id FROM application"))
    for row in machine.execute("SELECT visit_id FROM visits WHERE has_application"):
        if arrived[row[0]] == 0:
            result.lost.append(f"application {row[0]}")
    result.doubled += [f"application {one}" for one, count in arrived.items() if count > 1]


def _staff_calls(result: Reckoning, db: sqlite3.Connection, called: list[str]) -> None:
    arrived = Counter(row[0] for row in db.execute("SELECT subject FROM staff_call"))
    result.lost += [f"staff call of {visit}" for visit in called if arrived[visit] == 0]
    result.doubled += [f"staff call of {one}" for one, count in arrived.items() if count > 1]


def _numbers(result: Reckoning, db: sqlite3.Connection) -> None:
    """Every number of every counter is a ticket's, superseded, or leased and unused."""
    places = "SELECT day, prefix, n FROM "
    tickets = Counter(tuple(row) for row in db.execute(places + "ticket"))
    superseded = Counter(tuple(row) for row in db.execute(places + "superseded_number"))
    result.superseded = len(superseded)
    leased: Counter[tuple[str, str, int]] = Counter()
    for row in db.execute("SELECT day, prefix, first, last FROM lease"):
        leased.update((row[0], row[1], n) for n in range(row[2], row[3] + 1))
    online = Counter(tuple(row) for row in db.execute(places + "ticket WHERE lease_id IS NULL"))
    for row in db.execute("SELECT day, prefix, n FROM counter"):
        for n in range(1, row[2] + 1):
            place = (row[0], row[1], n)
            sources = online[place] + superseded[place] + leased[place]
            if sources == 0:
                result.gaps.append(f"{row[1]}{n} of {row[0]}")
            elif sources > 1 or tickets[place] > 1:
                result.doubled.append(f"{row[1]}{n} of {row[0]} was given {sources} times")


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    return db
