"""A real PostgreSQL server of Debian's packages, for one test session."""

import os
import random
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

_BINARIES = Path("/usr/lib/postgresql")
_USER = "postgres"
_DICE = random.SystemRandom()


class PostgresMissingError(Exception):
    """The packages are not installed; a test must fail then, not pass unseen."""


@dataclass(frozen=True, slots=True)
class Postgres:
    """A running server.

    Args:
        port: on loopback.
        folder: of its data.
        binaries: folder of its programs.
    """

    port: int
    folder: Path
    binaries: Path

    def url(self, database: str = "postgres") -> str:
        """Address of one database."""
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{database}"

    def new_database(self, like: str = "template1") -> str:
        """Make a database.

        Args:
            like: name of the one to copy, which nobody uses meanwhile; an empty one by default.

        Returns:
            Its address.
        """
        name = f"t{uuid4().hex}"
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-U", _USER, "-T", like]
        subprocess.run([self.binaries / "createdb", *options, name], check=True)
        return self.url(name)


def _binaries() -> Path:
    versions = sorted(_BINARIES.glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]))
    if not versions:
        raise PostgresMissingError("no PostgreSQL server; mend: apt-get install postgresql")
    return versions[-1].parent


def _run(folder: Path, command: list[str | Path]) -> None:
    """PostgreSQL refuses to run as root; Debian's package brings a user for it."""
    if os.geteuid() == 0:
        owner = [f"--reuid={_USER}", f"--regid={_USER}", "--init-groups"]
        command = ["setpriv", *owner, *command]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)


def free_port() -> int:
    """A loopback port that nobody uses now.

    It is below those that Linux gives to outgoing connections: another test's would take it before
    it is used, or while a server that shall come back on it is away.
    """
    while True:
        port = _DICE.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """Start a server in a temporary folder and stop it at the end.

    Raises:
        PostgresMissingError: Debian's package is not installed.
    """
    binaries = _binaries()
    top = Path(tempfile.mkdtemp(prefix="hall-postgres-"))
    if os.geteuid() == 0:
        shutil.chown(top, _USER, _USER)
    folder, port = top / "data", free_port()
    made: list[str | Path] = [
        "-D",
        folder,
        "-U",
        _USER,
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]
    _run(top, [binaries / "initdb", *made])
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {top} -c fsync=on"
    start: list[str | Path] = ["-D", folder, "-l", top / "log", "-w", "-o", options, "start"]
    _run(top, [binaries / "pg_ctl", *start])
    try:
        yield Postgres(port, folder, binaries)
    finally:
        stop: list[str | Path] = ["-D", folder, "-m", "immediate", "-w", "stop"]
        _run(top, [binaries / "pg_ctl", *stop])
        shutil.rmtree(top, ignore_errors=True)
