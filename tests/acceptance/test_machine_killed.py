"""A whole kiosk killed with -9 on the way to the paper starts again, and the ticket is settled."""

import contextlib
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from kiosk.bootstrap import build
from kiosk.central.contract import TicketState
from kiosk.flows.application import states
from tests.kit.hall import Hall
from tests.kit.patience import PATIENCE_S, until
from tests.kit.visitor import ROOT, machine_config
from tests.kit.windowless import Windowless


def dies(folder: Path, hall: Hall, name: str, state: str) -> None:
    """One life of the machine, up to a state."""
    words = [str(folder), hall.url, name, state]
    command = [sys.executable, "-m", "tests.kit.kiosk_to_kill", *words]
    ended = subprocess.run(command, cwd=ROOT, timeout=2 * PATIENCE_S, check=False)
    assert ended.returncode == -signal.SIGKILL


@pytest.mark.parametrize(
    ("state", "copies"), [("Submitting", None), ("PrintingTicket", 1), ("TakingTicket", 0)]
)
def test_the_ticket_is_settled_once_whenever_it_dies(
    hall: Hall, tmp_path: Path, state: str, copies: int | None
) -> None:
    folder, name = tmp_path / "machine", f"K{uuid4().hex[:8]}"
    dies(folder, hall, name, state)
    begun = was_sent(folder)
    machine = build(machine_config(folder, hall.url, name))
    someone = Windowless(machine)
    with machine:
        someone.sees(states.Welcome)
        until(lambda: all(settled(one) for _, one in hall.tickets_of(name)))
        papers = [one.caption for one in someone.simulator("ticket_printer").pictures()]
    taken = hall.tickets_of(name)
    assert len(taken) <= 1
    if copies is None:
        # Nothing was promised yet: either no ticket, or one that was made good or taken back.
        return
    ((number, how),) = taken
    assert how is TicketState.ISSUED
    assert len(papers) == copies
    # Only where bytes may have gone out before is there a paper that this one might double.
    assert all(number in one.splitlines() and ("补打" in one) is begun for one in papers)


def was_sent(folder: Path) -> bool:
    """Whether the dead machine had noted that a paper's first byte was about to go out."""
    with contextlib.closing(sqlite3.connect(folder / "machine.sqlite")) as db:
        return ("sent",) in db.execute("SELECT paper FROM tickets").fetchall()


def settled(state: TicketState) -> bool:
    return state in (TicketState.ISSUED, TicketState.VOIDED)
