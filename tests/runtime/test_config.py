"""The configuration says everything that is wrong with it, at once."""

from pathlib import Path

import pytest

from kiosk import config
from kiosk.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_configuration_can_be_read() -> None:
    demo = config.load(ROOT / "config.toml")
    assert demo.demo
    assert demo.machine.data_folder.is_absolute()
    assert {"id_card_reader", "ticket_printer"} <= set(demo.devices)


def test_every_mistake_is_reported_with_its_key_path() -> None:
    table = {
        "mode": "prodution",
        "machine": {"machine_id": "K 1", "hall_id": "hs-1"},
        "screen": {"width_px": 10, "colour": "red"},
        "devices": {"id_card_reader": {}},
    }
    with pytest.raises(ConfigError) as caught:
        config.parse(table, ROOT)
    paths = {mistake.split(":")[0] for mistake in caught.value.mistakes}
    assert paths == {"mode", "machine.machine_id", "screen.width_px", "screen.colour"}


def test_the_bench_is_refused_in_production() -> None:
    table = {
        "mode": "production",
        "machine": {"machine_id": "K1", "hall_id": "hs-1"},
        "bench": {"enabled": True},
        "devices": {"id_card_reader": {}},
    }
    with pytest.raises(ConfigError, match=r"bench\.enabled"):
        config.parse(table, ROOT)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"nothing\.toml"):
        config.load(tmp_path / "nothing.toml")


def test_a_file_that_is_not_toml_is_named_with_its_place(tmp_path: Path) -> None:
    broken = tmp_path / "config.toml"
    broken.write_text("mode = demo\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="line 1"):
        config.load(broken)
