"""Everything on one computer: central as a process of its own, the machine, its simulators."""

import base64
import contextlib
import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from hardware import synthetic
from kiosk.central.client import Answered, CentralClient, Timeouts
from kiosk.central.contract.notices import NoticeKind, Notices
from kiosk.central.demo_clerk import tell_notice
from kiosk.central.demo_staff import CODE_VARIABLE, DEMO_STAFF, PASSWORD_VARIABLE
from kiosk.clock import SystemClock
from kiosk.config import Config
from kiosk.errors import CentralNotStartedError
from kiosk.joining import join
from kiosk.locale import Languages
from kiosk.runtime.machine import Machine

START_LIMIT_S = 30.0
_CODE_FILE = "central.code"


@dataclass(frozen=True, slots=True)
class DemoCentral:
    """The central server of a demo.

    Args:
        url: where it answers.
        process: the server, None when somebody else runs it.
        staff_password: of the invented staff, new each time; empty when somebody else runs it.
        code: lets machines of this demonstration in; empty where nobody left one.
    """

    url: str
    process: subprocess.Popen[bytes] | None = None
    staff_password: str = ""
    code: str = ""

    def hold(self) -> None:
        """Stop answering, without breaking a connection, as a frozen server does."""
        if self.process:
            self.process.send_signal(signal.SIGSTOP)

    def release(self) -> None:
        """Answer again."""
        if self.process:
            self.process.send_signal(signal.SIGCONT)


@contextlib.contextmanager
def central_for(config: Config) -> Iterator[DemoCentral]:
    """Run the central server that a configuration points to, unless one answers already.

    It lets the machine in, which must not be running yet.

    Args:
        config: of the machine; its central address must be on this computer.

    Yields:
        The server.

    Raises:
        CentralNotStartedError: it did not come up; says what it printed.
    """
    url = config.central.url
    folder = config.machine.data_folder.parent
    if _answers(url):
        # Another machine's demonstration runs it, and left its code for those beside it.
        code = _code_left_in(folder)
        if code:
            join(config, code)
        yield DemoCentral(url, code=code)
        return
    folder.mkdir(parents=True, exist_ok=True)
    password, code = secrets.token_hex(6), _leave_code_in(folder)
    own = {**os.environ, PASSWORD_VARIABLE: password, CODE_VARIABLE: code}
    with (folder / "central.log").open("wb") as log:
        process = subprocess.Popen(_command(config, folder), stdout=log, stderr=log, env=own)  # noqa: S603 - our own program
    try:
        _wait_for(url, process, folder / "central.log")
        join(config, code)
        yield DemoCentral(url, process, password, code)
    finally:
        # A held process hears nothing, not even that it shall end.
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait(timeout=10)
        (folder / _CODE_FILE).unlink(missing_ok=True)


def _command(config: Config, folder: Path) -> list[str]:
    port = urlsplit(config.central.url).port or 80
    command = [sys.executable, "-m", "kiosk.central.server", "--port", str(port)]
    command += ["--database", str(folder / "central.sqlite")]
    command += ["--key-file", str(folder / "central.key"), "--stand-ins"]
    command += ["--permits", str(_permits(folder / "permits.json"))]
    return [*command, "--hall", config.machine.hall_id]


def _leave_code_in(folder: Path) -> str:
    code = secrets.token_hex(12)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(folder / _CODE_FILE, flags, 0o600), "w", encoding="ascii") as file:
        file.write(code)
    return code


def _code_left_in(folder: Path) -> str:
    file = folder / _CODE_FILE
    return file.read_text(encoding="ascii") if file.exists() else ""


def _permits(path: Path) -> Path:
    """Write the simulated citizens' permits as a register hands them over."""
    records = [
        {
            "id_number": one.id_number,
            "permit": {
                "permit_number": one.number,
                "name": one.name,
                "birth": _iso(one.birth),
                "valid_from": _iso(one.valid_from),
                "valid_until": _iso(one.valid_until),
                "finger_template": base64.b64encode(one.finger_template).decode(),
                "endorsements": [
                    {
                        "number": held.number,
                        "destination": held.destination,
                        "kind": held.kind,
                        "entries": held.entries,
                        "entries_left": held.entries or None,
                        "valid_from": _iso(held.valid_from),
                        "valid_until": _iso(held.valid_until),
                        "used": False,
                    }
                    for held in one.endorsements
                ],
            },
        }
        for one in synthetic.synthetic_permits()
    ]
    path.write_text(json.dumps(records, ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def _iso(day: str) -> str:
    return f"{day[:4]}-{day[4:6]}-{day[6:]}"


def _answers(url: str) -> bool:
    client = CentralClient(url, SystemClock(), Timeouts(1.0, 1.0, 1.0, tries=1))
    try:
        return isinstance(client.health(), Answered)
    finally:
        client.close()


def _wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    clock = SystemClock()
    end_s = clock.monotonic_s() + START_LIMIT_S
    # Whoever else holds the port may answer: what counts is that our own server lives.
    while process.poll() is not None or not _answers(url):
        if process.poll() is not None or clock.monotonic_s() > end_s:
            tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-5:]
            raise CentralNotStartedError(url, "\n".join(tail))
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.1)


def tell_notices(central: DemoCentral, machine: Machine) -> None:
    """Have something on the notice boards of a demonstration, unless somebody wrote there before.

    Args:
        central: of the demonstration; somebody else's is left alone.
        machine: speaks its languages.
    """
    path = f"/v1/notices?hall_id={machine.hall_id}"
    told = machine.parts.client.transport.get(path, Notices)
    if not central.staff_password or not isinstance(told, Answered) or told.value.notices:
        return
    for kind in (NoticeKind.ANNOUNCEMENT, NoticeKind.TRAVEL_WARNING):
        titles, texts = in_all(machine.window_parts.languages, f"notice.demo.{kind.value}")
        tell_notice(central.url, central.staff_password, titles, texts, kind)


def in_all(languages: Languages, key: str) -> tuple[dict[str, str], dict[str, str]]:
    """Title and text of a notice by locale."""
    voices = {one: languages.speech(one) for one in languages.known()}
    titles = {one: voice.text(f"{key}.title") for one, voice in voices.items()}
    return titles, {one: voice.text(f"{key}.text") for one, voice in voices.items()}


def what_is_running(central: DemoCentral, machine: Machine) -> tuple[str, ...]:
    """A few lines for the person who started it."""
    lines = [
        f"central      {central.url}  (API: {central.url}/v1/openapi.json)",
        f"machine      {machine.name}, hall {machine.hall_id}",
    ]
    if central.staff_password:
        people = ", ".join(one.login for one in DEMO_STAFF)
        lines.append(f"staff pages  {central.url}/staff  as {people}")
        lines.append(f"password     {central.staff_password}  for all of them, new each time")
    if machine.simulated:
        lines.append(f"simulated    {', '.join(machine.simulated)}")
    if machine.bench is not None:
        lines.append(f"bench        {machine.bench.url}  see the screen, tap it, use its devices")
    return (*lines, "stop         Ctrl-C")
