"""Everything on one computer: central as a process of its own, the machine, its simulators."""

import contextlib
import secrets
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from kiosk.bootstrap import build
from kiosk.central.client import Answered, CentralClient, Timeouts
from kiosk.clock import SystemClock
from kiosk.config import BenchConfig, Config
from kiosk.errors import CentralNotStartedError
from kiosk.runtime.machine import Machine

START_LIMIT_S = 30.0


@contextlib.contextmanager
def central_for(config: Config) -> Iterator[str]:
    """Run the central server that a configuration points to, unless one answers already.

    Args:
        config: of the machine; its central address must be on this computer.

    Yields:
        The address.

    Raises:
        CentralNotStartedError: it did not come up; says what it printed.
    """
    url = config.central.url
    if _answers(url):
        yield url
        return
    folder = config.machine.data_folder.parent
    folder.mkdir(parents=True, exist_ok=True)
    port = urlsplit(url).port or 80
    database = f"sqlite:///{folder / 'central.sqlite'}"
    command = [sys.executable, "-m", "kiosk.central.server", "--port", str(port)]
    command += ["--database", database, "--key-file", str(folder / "central.key")]
    with (folder / "central.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 - our own program
    try:
        _wait_for(url, process, folder / "central.log")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=10)


def _answers(url: str) -> bool:
    client = CentralClient(url, SystemClock(), Timeouts(1.0, 1.0, 1.0, tries=1))
    try:
        return isinstance(client.health(), Answered)
    finally:
        client.close()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    clock = SystemClock()
    end_s = clock.monotonic_s() + START_LIMIT_S
    while not _answers(url):
        if process.poll() is not None or clock.monotonic_s() > end_s:
            tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
            raise CentralNotStartedError(url, "\n".join(tail))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)


def what_is_running(central: str, machine: Machine) -> tuple[str, ...]:
    """A few lines for the person who started it."""
    lines = [
        f"central      {central}  (API: {central}/docs)",
        f"machine      {machine.name}, hall {machine.hall_id}",
    ]
    if machine.simulated:
        lines.append(f"simulated    {', '.join(machine.simulated)}")
    if machine.bench is not None:
        lines.append(f"bench        {machine.bench.url}  see the screen, tap it, lay a card on it")
    return (*lines, "stop         Ctrl-C")


@contextlib.contextmanager
def touring(config: Config) -> Iterator[Machine]:
    """A machine with its own central and fresh records, for one tour.

    Args:
        config: of the demo; ports and folders are replaced.

    Yields:
        The running machine.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-tour-") as folder:
        central = config.central.model_copy(update={"url": f"http://127.0.0.1:{_free_port()}"})
        machine = config.machine.model_copy(
            update={
                "data_folder": Path(folder) / "machine",
                "machine_id": f"tour-{secrets.token_hex(3)}",
            }
        )
        own = config.model_copy(
            update={"central": central, "machine": machine, "bench": BenchConfig(port=0)}
        )
        with central_for(own), build(own) as running:
            yield running


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
