"""The configuration says everything that is wrong with it, at once."""

from pathlib import Path

import pytest

from kiosk import config
from kiosk.errors import ConfigError
from kiosk.roles import ROLES

ROOT = Path(__file__).resolve().parents[2]


def test_the_demo_configuration_can_be_read() -> None:
    demo = config.load(ROOT / "config.toml")
    assert demo.demo
    assert demo.machine.data_folder.is_absolute()
    assert demo.machine.role == "kiosk"
    used = frozenset().union(*(role.devices for role in ROLES.values()))
    assert set(demo.devices) <= used


@pytest.mark.parametrize("role", sorted(ROLES))
def test_each_role_finds_its_devices_and_its_own_folder(role: str) -> None:
    demo = config.load(ROOT / "config.toml", role)
    assert demo.machine.role == role
    assert ROLES[role].required <= set(demo.devices)
    others = [config.load(ROOT / "config.toml", one) for one in ROLES if one != role]
    assert demo.machine.data_folder not in [one.machine.data_folder for one in others]
    assert demo.bench.port not in [one.bench.port for one in others]


def test_a_role_that_nobody_knows_is_a_mistake() -> None:
    with pytest.raises(ConfigError, match=r"machine\.role"):
        config.load(ROOT / "config.toml", "barber")


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
