"""The server as a program: quick to start, and killed under load without harm."""

import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.central.server import program
from tests.kit.central import Caller, central_process, ticket_request
from tests.kit.central_load import kill_under_load
from tests.kit.patience import PATIENCE_S


def test_killed_under_load_it_loses_doubles_and_skips_nothing(
    central_database: str, tmp_path: Path
) -> None:
    with central_process(central_database, tmp_path) as central:
        found = kill_under_load(central, central_database, kills=4)
    assert (found.lost, found.doubled, found.gaps) == (0, 0, 0)
    assert found.kills == 4
    assert found.acknowledged > 50
    assert found.retried > 0


def test_a_new_key_is_for_its_owner_only_and_is_found_again(tmp_path: Path) -> None:
    database = str(tmp_path / "central.db")
    for expected in ("A001", "A002"):
        with central_process(database, tmp_path) as central:
            caller = Caller(central.port)
            assert caller.post("/v1/tickets", ticket_request()).body["number"] == expected
            caller.close()
    key_file = tmp_path / "field.key"
    assert key_file.stat().st_mode & 0o777 == 0o600
    key_file.write_text("00" * 32)
    arguments = ["--database", database, "--key-file", str(key_file), "--port", "0"]
    ended = subprocess.run(
        [sys.executable, "-m", "kiosk.central.server", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
        cwd=Path(__file__).parents[2],
    )
    assert ended.returncode == 1
    assert "cannot start" in ended.stderr


def test_recorded_calls_are_taken_from_the_folder_that_is_named(tmp_path: Path) -> None:
    key_file = ["--key-file", str(tmp_path / "field.key")]
    named = program.parsed([*key_file, "--recordings", str(tmp_path)])
    assert program.settings_of(named).recordings == tmp_path
    assert program.settings_of(program.parsed(key_file)).recordings is None
    lost = program.parsed([*key_file, "--recordings", str(tmp_path / "gone")])
    with pytest.raises(ValueError, match="no folder"):
        program.settings_of(lost)
