"""The export's columns: the mapping that comes along, and a hall's own by `--export-mapping`."""

import csv
import io
from pathlib import Path

import pytest

from kiosk.central.server import program
from kiosk.central.server.app import create_app
from kiosk.central.server.overview import export
from tests.kit.central import Caller, RunningCentral, WallClock
from tests.kit.pages import Browser
from tests.kit.ratings import Asked, own_request, rate, rate_many

MAPPING = """
personal = false
time_format = "%Y"
columns = [
    { name = "score", source = "stars" },
    { name = "channel", source = "case_kind", codes = { window = "04", application = "05" } },
    { name = "region", constant = "420200" },
]
"""


def rated_everywhere(central: RunningCentral, caller: Caller) -> None:
    """One citizen rates at a window, one at a kiosk, one at an endorsement machine."""
    rate_many(central, caller, "1", "very_satisfied", 1)
    for kind, level in (("application", "satisfied"), ("endorsement", "fairly_satisfied")):
        own = own_request(case_kind=kind, asked_at=central.clock.now().isoformat())
        kept = caller.post("/v1/rating-requests", own)
        answer = Asked({**kept.body, "token": own["token"]}).answer(level)
        assert rate(caller, answer).status == 201


def exported(supervisor: Browser) -> list[dict[str, str]]:
    """The lines of November, best rating first."""
    page = supervisor.post("/staff/export", {"first": "2026-11-01", "last": "2026-11-30"})
    return list(csv.DictReader(io.StringIO(page.text.removeprefix("\ufeff"))))


def started_with(tmp_path: Path, mapping: str) -> list[str]:
    """The command line of a server with a hall's own mapping."""
    path = tmp_path / "own.toml"
    path.write_text(mapping, encoding="utf-8")
    kept = ["--database", str(tmp_path / "own.db"), "--key-file", str(tmp_path / "own.key")]
    return [*kept, "--export-mapping", str(path)]


def test_only_an_evaluator_at_a_window_is_called_one(
    central: RunningCentral, caller: Caller, supervisor: Browser
) -> None:
    rated_everywhere(central, caller)
    found = {one["satisfaction"]: one["evaluateChannel"] for one in exported(supervisor)}
    assert found == {"5": "PJQ", "4": "", "3": ""}


def test_the_mapping_that_is_named_shapes_the_export(
    central: RunningCentral, caller: Caller, supervisor: Browser, tmp_path: Path
) -> None:
    settings = program.settings_of(program.parsed(started_with(tmp_path, MAPPING)))
    named = create_app(settings, WallClock())
    named.state.office.database.close()
    central.app.state.export_mapping = named.state.export_mapping
    rated_everywhere(central, caller)
    found = exported(supervisor)
    assert {tuple(one) for one in found} == {("score", "channel", "region")}
    channels = {one["score"]: one["channel"] for one in found}
    assert channels == {"5": "04", "4": "05", "3": "endorsement"}
    assert {one["region"] for one in found} == {"420200"}


def test_without_a_mapping_of_its_own_the_one_that_comes_along_is_used(
    central: RunningCentral, tmp_path: Path
) -> None:
    settings = program.settings_of(program.parsed(started_with(tmp_path, MAPPING)[:-2]))
    assert central.app.state.export_mapping == export.mapping(settings.export_mapping)


@pytest.mark.parametrize("mapping", ["columns = [", "personal = false\ncolumns = []\nmore = 1\n"])
def test_a_server_with_a_broken_mapping_does_not_start_and_names_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], mapping: str
) -> None:
    arguments = started_with(tmp_path, mapping)
    assert program.main(arguments) == 1
    said = capsys.readouterr().err
    assert "cannot start" in said
    assert arguments[-1] in said
