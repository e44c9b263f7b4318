"""The endorsement machine offers only what it can carry through, and says what still works."""

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.status import Bin, DeviceState, DeviceStatus, Media, Supply
from kiosk.health import devices_away, reasons_against_service
from kiosk.locale import load
from kiosk.roles import ROLES

ROLE = ROLES["endorsement"]
WELL = {name: DeviceStatus(DeviceState.ONLINE) for name in ROLE.devices}
LOCALES = Path(__file__).parents[2] / "locales"
CASH_FULL = DeviceStatus(DeviceState.USER_ERROR, bins={"cash_box": Bin.FULL}, detail="cashBoxFull")
TROUBLES = {
    "starting": DeviceStatus(DeviceState.STARTING),
    "away": DeviceStatus(DeviceState.OFFLINE),
    "jammed": DeviceStatus(DeviceState.USER_ERROR, Media.JAMMED),
    "paper_out": DeviceStatus(DeviceState.ONLINE, supplies={"paper": Supply.OUT}),
    "cover_open": DeviceStatus(DeviceState.USER_ERROR, detail="coverOpen"),
    "bin_full": DeviceStatus(DeviceState.ONLINE, bins={"retain": Bin.FULL}),
}


def reasons(**statuses: DeviceStatus | None) -> tuple[str, ...]:
    now = {name: one for name, one in {**WELL, **statuses}.items() if one}
    return reasons_against_service(ROLE, now, storage_ok=True, open_ends=())


def test_a_machine_whose_devices_are_well_offers_everything() -> None:
    assert reasons() == ()
    assert devices_away(ROLE, WELL) == ()


@pytest.mark.parametrize("device", sorted(ROLE.required))
@pytest.mark.parametrize("cause", sorted(TROUBLES))
def test_without_a_device_that_it_needs_it_offers_nothing_and_says_why(
    device: str, cause: str
) -> None:
    assert reasons(**{device: TROUBLES[cause]}) == (f"service.{device}.{cause}",)


@pytest.mark.parametrize("device", sorted(ROLE.required))
def test_a_device_that_never_answered_is_not_taken_for_well(device: str) -> None:
    assert reasons(**{device: None}) == (f"service.{device}.starting",)


@pytest.mark.parametrize("device", sorted(ROLE.optional))
def test_without_a_device_that_another_can_replace_it_goes_on(device: str) -> None:
    gone = {**WELL, device: TROUBLES["away"]}
    assert reasons(**gone) == ()
    assert devices_away(ROLE, gone) == (device,)


def test_cash_full_takes_cash_away_and_leaves_the_rest() -> None:
    full = {**WELL, "cash_acceptor": CASH_FULL}
    assert reasons(**full) == ()
    assert devices_away(ROLE, full) == ("cash_acceptor",)


@pytest.mark.parametrize("group", sorted(ROLE.one_of))
def test_when_the_last_of_a_group_is_gone_nothing_is_offered(group: str) -> None:
    names = sorted(ROLE.one_of[group])
    gone = dict.fromkeys(names[:-1], TROUBLES["away"])
    assert reasons(**gone) == ()
    assert reasons(**gone, **{names[-1]: CASH_FULL}) == (f"service.{group}.away",)


def test_a_device_at_work_is_well() -> None:
    assert reasons(card_printer=replace(WELL["card_printer"], state=DeviceState.DEVICE_BUSY)) == ()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_reason_has_words(role: str, language: str) -> None:
    speech = load(LOCALES).speech(language)
    one = ROLES[role]
    wanted = {f"service.{name}.{cause}" for name in one.required for cause in TROUBLES}
    wanted |= {f"service.{group}.away" for group in one.one_of}
    assert {key for key in wanted if not speech.has(key)} == set()
