"""The payment devices of a demo: each opens on its simulator, and the bench shows all of them."""

import pytest

from hardware.errors import SettingsError
from hardware.registry import assemble
from hardware.settings import DeviceSettings
from hardware.simulators.bench.desk import Bench
from hardware.status import DeviceState

DEVICES = [
    ("card_terminal", "mispos"),
    ("cash_acceptor", "ccnet"),
    ("cash_acceptor", "ict104"),
    ("code_scanner", "serial"),
]


@pytest.mark.parametrize(("kind", "driver"), DEVICES)
def test_each_opens_on_its_simulator_and_is_well(kind: str, driver: str) -> None:
    equipment = assemble([DeviceSettings(kind, kind, driver, simulated=True)], demo=True)
    try:
        device = equipment.devices[kind]
        device.open()
        assert device.status().state is DeviceState.ONLINE
        device.close()
        [shown] = Bench(equipment.simulators).snapshot()
        assert shown["label"] == f"bench.{kind}.title"
        assert shown["knobs"]
    finally:
        equipment.stop_simulators()


@pytest.mark.parametrize(("kind", "driver"), DEVICES)
def test_each_names_a_missing_port_by_its_key(kind: str, driver: str) -> None:
    with pytest.raises(SettingsError, match=rf"devices\.{kind}\.port: missing"):
        assemble([DeviceSettings(kind, kind, driver)], demo=True)
