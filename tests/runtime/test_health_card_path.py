"""A card path in trouble closes the service for the reason that staff must mend."""

import pytest

from hardware.status import Bin, DeviceState, DeviceStatus, Media, Supply
from kiosk.health import Service, service_of
from kiosk.roles import Needs, Role

ROLE = Role("endorsement", {"endorsement": Needs(frozenset({"card_printer"}))})


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (DeviceStatus(DeviceState.USER_ERROR, Media.JAMMED), "jammed"),
        (DeviceStatus(DeviceState.ONLINE, bins={"retain": Bin.FULL}), "bin_full"),
        (DeviceStatus(DeviceState.ONLINE, supplies={"head": Supply.OUT}), "paper_out"),
        (DeviceStatus(DeviceState.OFFLINE), "away"),
    ],
)
def test_the_reason_says_what_to_mend(status: DeviceStatus, cause: str) -> None:
    service = service_of(ROLE, {"card_printer": status}, storage_ok=True, open_ends=())
    assert service.stopped == (f"service.card_printer.{cause}",)


def test_a_bin_that_is_nearly_full_still_serves() -> None:
    status = DeviceStatus(DeviceState.ONLINE, bins={"retain": Bin.HIGH})
    service = service_of(ROLE, {"card_printer": status}, storage_ok=True, open_ends=())
    assert service == Service()
