"""Checks everything a machine needs before a citizen does, and says how to mend what is missing."""

import ctypes.util
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk import config as configuration
from kiosk.central.client import Answered, CentralClient, Timeouts
from kiosk.clock import SystemClock
from kiosk.config import Config
from kiosk.errors import ConfigError
from kiosk.roles import ROLES

MEND = {
    "ConfigError": "correct the keys named above; config.toml explains each of them",
    "StorageError": "check that data_folder can be written and its disk is not full",
    "CentralNotStartedError": "free the port, or set central.url to another one",
    "DevicesError": "correct the [devices.*] tables named above",
    "NotLetInError": "have an administrator make a new code at central, page /staff/admission",
    "OperatorsError": "`python -m kiosk operator --help` says what can be done",
}
"""By name of the error that stops a start: what to do about it."""

FONTS = {
    "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "fonts-hanazono": "/usr/share/fonts/truetype/hanazono/HanaMinB.ttf",
}
LIBRARIES = {"libgl1": "GL", "libegl1": "EGL", "librime1": "rime"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Args:
        subject: what.
        well: whether it is as it should be.
        mend: what to do when not.
    """

    subject: str
    well: bool
    mend: str = ""

    def __str__(self) -> str:
        return f"ok    {self.subject}" if self.well else f"MEND  {self.subject}\n      {self.mend}"


def examine(path: Path, role: str | None = None) -> list[Finding]:
    """Look at everything.

    Args:
        path: of the configuration file.
        role: what the machine shall be; None for what the file says.

    Returns:
        What was found, good and bad.
    """
    try:
        config = configuration.load(path, role)
    except ConfigError as error:
        mend = MEND["ConfigError"]
        return [Finding(mistake, well=False, mend=mend) for mistake in error.mistakes]
    return [Finding(f"configuration {path.name}", well=True), *_of(config)]


def _of(config: Config) -> Iterator[Finding]:
    yield _data_folder(config.machine.data_folder)
    for package, file in FONTS.items():
        yield Finding(f"type {Path(file).name}", Path(file).exists(), f"apt-get install {package}")
    for package, library in LIBRARIES.items():
        found = ctypes.util.find_library(library) is not None
        yield Finding(f"library {library}", found, f"apt-get install {package}")
    own = ROLES[config.machine.role].devices
    for name, table in config.devices.items():
        if name not in own:
            continue
        yield from _port(name, str(table.get("port", "")), simulated=bool(table.get("simulated")))
    client = CentralClient(config.central.url, SystemClock(), Timeouts(1.0, 1.0, 1.0, tries=1))
    client.transport.authority = config.central.authority
    answers = isinstance(client.health(), Answered)
    client.close()
    mend = "start central (scripts/run does); the kiosk works without it from its leased numbers"
    yield Finding(f"central {config.central.url}", answers, mend)


def _data_folder(folder: Path) -> Finding:
    nearest = next(one for one in (folder, *folder.parents) if one.exists())
    writable = os.access(nearest, os.W_OK)
    return Finding(f"records {folder}", writable, f"make {nearest} writable for this account")


def _port(name: str, port: str, *, simulated: bool) -> Iterator[Finding]:
    if simulated or not port:
        return
    checks: tuple[tuple[str, Callable[[], bool], str], ...] = (
        ("is there", Path(port).exists, f"plug it in, or correct devices.{name}.port"),
        (
            "can be opened",
            lambda: os.access(port, os.R_OK | os.W_OK),
            "add this account to the group dialout",
        ),
    )
    for says, holds, mend in checks:
        yield Finding(f"{name} {port} {says}", holds(), mend)
