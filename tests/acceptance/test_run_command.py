"""`scripts/run` starts central, a machine and its simulators, says so, and ends when asked."""

import contextlib
import os
import signal
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.roles import ROLES
from tests.kit.patience import PATIENCE_S
from tests.kit.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PORTS = ("8600", "8610", "8611", "8612")
"""Of central and the benches in the configuration that comes along."""

DISPLAYS = {"DISPLAY", "WAYLAND_DISPLAY", "SDL_VIDEODRIVER"}
"""What tells a window where to appear."""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    """The configuration that comes along, in a folder and on ports of its own."""
    text = (ROOT / "config.toml").read_text(encoding="utf-8")
    for port in PORTS:
        assert port in text
        text = text.replace(port, str(free_port()))
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


@contextlib.contextmanager
def started(role: str, settings: Path) -> Iterator[subprocess.Popen[str]]:
    """What a person types where there is no display, and Ctrl-C when they have seen enough."""
    # A shell's background job ignores the stroke, and so would everything that it starts.
    command = ["env", "--default-signal=INT", str(ROOT / "scripts" / "run")]
    command += ["--role", role, "--config", str(settings)]
    process = subprocess.Popen(
        command,
        env={key: value for key, value in os.environ.items() if key not in DISPLAYS},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def told(process: subprocess.Popen[str]) -> dict[str, str]:
    """What it says is running, by name."""
    lines: dict[str, str] = {}
    assert process.stdout is not None
    while "stop" not in lines:
        line = process.stdout.readline()
        assert line, f"ended early: {process.stderr and process.stderr.read()[-2000:]}"
        name, _, rest = line.strip().partition(" ")
        lines[name] = rest.strip()
    return lines


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=PATIENCE_S) as answer:
        return str(answer.read().decode())


@pytest.mark.window
@pytest.mark.parametrize("role", sorted(ROLES))
def test_it_says_what_runs_and_ends_with_a_single_stroke(role: str, settings: Path) -> None:
    with started(role, settings) as process:
        lines = told(process)
        assert lines["simulated"]
        assert lines["stop"] == "Ctrl-C"
        assert '"openapi"' in read(lines["central"].partition("API: ")[2].rstrip(")"))
        assert "<html" in read(lines["bench"].split()[0])
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0
    with socket.socket() as line, pytest.raises(ConnectionRefusedError):
        line.connect(("127.0.0.1", int(lines["central"].split()[0].rpartition(":")[2])))


def test_what_is_wrong_is_said_with_its_mend(settings: Path) -> None:
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('driver = "sam_v"', 'driver = "none"'), encoding="utf-8")
    with started("kiosk", settings) as process:
        _, said = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 1
    assert "devices.id_card_reader" in said
    assert "mend:" in said
