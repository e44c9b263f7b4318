"""No clock but the clock, no logic in kv, no silence without a reason, no trace of this machine."""

import subprocess
from pathlib import Path

import pytest

from tests.kit.laws.calls import banned_calls
from tests.kit.laws.kv import logic
from tests.kit.laws.reasons import names_this_place, silenced_without_reason

ROOT = Path(__file__).resolve().parents[2]


def plant(root: Path, name: str, text: str) -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def tracked() -> list[Path]:
    """What would be handed over: known to git, or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def test_time_comes_from_the_clock() -> None:
    assert banned_calls(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "import time\ntime.sleep(1)",
        "from time import monotonic",
        "import datetime\ndatetime.datetime.now()",
        "from datetime import date\ndate.today()",
        "from kivy.clock import Clock",
        "import kivy.clock",
        "from kivy.app import App\nApp.get_running_app()",
        "import threading\nthreading.Timer(1, print)",
    ],
)
def test_a_banned_call_is_found(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "kiosk/planted.py", line)
    assert banned_calls(tmp_path) != []


def test_the_one_place_for_time_may_use_it(tmp_path: Path) -> None:
    plant(tmp_path, "kiosk/clock.py", "import time\ntime.monotonic()")
    assert banned_calls(tmp_path) == []


def test_kv_decides_nothing() -> None:
    assert logic(ROOT) == []


@pytest.mark.parametrize(
    "line",
    [
        "on_release: app.root.go()",
        "on_release: root.state = 'x'",
        "on_release: root.report(root.find(1))",
        "on_release: root.a() if root.b else root.c()",
        "on_release: lambda: 1",
        "text: app.title",
        "text: root.compute()",
        "text: ''.join(x for x in root.names)",
        "#:import os os",
    ],
)
def test_logic_in_kv_is_found(tmp_path: Path, line: str) -> None:
    head = "" if line.startswith("#:") else "<Screen>:\n    "
    plant(tmp_path, "screens/planted.kv", f"{head}{line}\n")
    assert logic(tmp_path) != []


@pytest.mark.parametrize(
    "line",
    [
        "on_release: root.report_main()",
        "on_release: root.turn(-1)",
        "height: max(look.side(96), words.height + look.u * 28)",
        "text: root.help_text if root.frame else ''",
        "size: self.size  # of the whole card",
    ],
)
def test_plain_kv_is_left_alone(tmp_path: Path, line: str) -> None:
    plant(tmp_path, "screens/plain.kv", f"<Screen>:\n    {line}\n")
    assert logic(tmp_path) == []


def test_whoever_silences_a_checker_says_why() -> None:
    assert silenced_without_reason(ROOT) == []


@pytest.mark.parametrize(
    "comment",
    ["# noqa", "# noqa: E501", "# type: ignore", "# type: ignore[arg-type]", "# noqa - because so"],
)
def test_a_silence_without_code_or_reason_is_found(tmp_path: Path, comment: str) -> None:
    plant(tmp_path, "kiosk/planted.py", f"x = 1  {comment}\n")
    assert silenced_without_reason(tmp_path) != []


@pytest.mark.parametrize(
    "comment",
    [
        "# noqa: TID251 - this is the one place",
        "# type: ignore[arg-type]  # the library is untyped",
        "# noqa: E501, F401 - a table",
    ],
)
def test_a_reason_is_enough(tmp_path: Path, comment: str) -> None:
    plant(tmp_path, "kiosk/planted.py", f"x = 1  {comment}\n")
    assert silenced_without_reason(tmp_path) == []


def test_nothing_names_the_machine_it_was_written_on() -> None:
    assert names_this_place(ROOT, tracked()) == []


def test_a_place_or_an_index_is_found(tmp_path: Path) -> None:
    here = plant(tmp_path, "config.toml", f"folder = '{tmp_path}/var'\n")
    home = plant(tmp_path, "notes.md", "see /" + "home/somebody/x\n")
    index = plant(tmp_path, "setup", "pip install -" + "-index-url https://example.invalid\n")
    assert len(names_this_place(tmp_path, [here, home, index])) == 3
