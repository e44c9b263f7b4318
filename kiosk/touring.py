"""A machine, its own central and what else a tour turns, on fresh records that nobody keeps."""

import contextlib
import secrets
import socket
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kiosk import operators
from kiosk.bootstrap import build
from kiosk.central.demo_clerk import DemoClerk, Seat, tell_notice
from kiosk.config import BenchConfig, Config
from kiosk.demo import DemoCentral, central_for, in_all
from kiosk.runtime.machine import Machine


class TourWorld:
    """What a tour turns besides the screen.

    Args:
        config: of the machine.
        machine: with its simulators.
        central: its own.
    """

    def __init__(self, config: Config, machine: Machine, central: DemoCentral) -> None:
        self._config = config
        self._simulators = machine.parts.equipment.simulators
        self._central = central
        self._machine = machine
        self._clerk: DemoClerk | None = None
        self._disk: sqlite3.Connection | None = None

    def turn(self, simulator: str, knob: str, value: str | bool | None = None) -> None:
        """Turn a knob of the bench."""
        knobs = {one.key: one for one in self._simulators[simulator].knobs()}
        knobs[knob].set(value)

    def papers(self) -> list[tuple[str, bytes]]:
        """Names and pictures of the paper that came out."""
        printer = self._simulators.get("ticket_printer")
        return [(one.name, one.png) for one in printer.pictures()] if printer else []

    def clerk(self, does: str) -> None:
        """The clerk at the terminal's window: `open`, `serve`, `finish` or `close`."""
        if self._clerk is None:
            post = self._machine.parts.facts.facts().post
            window = post.window if post else ""
            seat = Seat(self._machine.hall_id, window, self._machine.name)
            running, client = self._central, self._machine.parts.client
            self._clerk = DemoClerk(running.url, running.staff_password, seat, client)
        acts = {
            "open": self._clerk.open_window,
            "serve": self._clerk.serve,
            "finish": self._clerk.finish,
            "close": self._clerk.close_window,
        }
        acts[does]()

    def operator(self) -> tuple[str, str]:
        """Somebody who may open the maintenance screens, enrolled for the tour."""
        pin = str(secrets.randbelow(900_000) + 100_000)
        while operators.pin_mistake(pin):
            pin = str(secrets.randbelow(900_000) + 100_000)
        return operators.book_of(self._config).add("tour", pin).number, pin

    def notice(self) -> None:
        """A supervisor writes a notice in every language."""
        titles, texts = in_all(self._machine.window_parts.languages, "evaluator.tour")
        tell_notice(self._central.url, self._central.staff_password, titles, texts)

    def hold_central(self) -> None:
        """Central stops answering."""
        self._central.hold()

    def release_central(self) -> None:
        """Central answers again."""
        self._central.release()

    def hold_disk(self) -> None:
        """The machine's records take no writes."""
        path = self._config.machine.data_folder / "machine.sqlite"
        self._disk = sqlite3.connect(path, isolation_level=None)
        self._disk.execute("BEGIN IMMEDIATE")

    def release_disk(self) -> None:
        """They do again."""
        if self._disk is not None:
            self._disk.close()


@contextlib.contextmanager
def touring(config: Config) -> Iterator[tuple[Machine, TourWorld]]:
    """A machine with its own central and fresh records, for one tour.

    Args:
        config: of the demo; ports, folders and waits are replaced.

    Yields:
        The machine, not started, and what the tour turns.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as folder:
        central = config.central.model_copy(
            update={
                "url": f"http://127.0.0.1:{_free_port()}",
                "citizen_deadline_s": 4.0,
                # One number in reserve shows both: a number while cut off, and none left.
                "lease_count": 1,
            }
        )
        machine = config.machine.model_copy(update={"data_folder": Path(folder) / "machine"})
        own = config.model_copy(
            update={"central": central, "machine": machine, "bench": BenchConfig(enabled=False)}
        )
        with central_for(own) as running:
            built = build(own)
            yield built, TourWorld(own, built, running)


def _free_port() -> int:
    """A port that nobody uses, below those that Linux gives to outgoing connections."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
