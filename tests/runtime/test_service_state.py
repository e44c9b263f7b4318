"""A machine offers what it can carry through, errand by errand, and says what still works."""

from dataclasses import replace
from pathlib import Path

import pytest

from hardware.status import Bin, DeviceState, DeviceStatus, Media, Supply
from kiosk.domain.closed import Closed
from kiosk.flows.endorsement.states import Purpose as PermitPurpose
from kiosk.flows.ticket.states import Purpose as TicketPurpose
from kiosk.health import (
    RECOVERY_REASON,
    STORAGE_REASON,
    Service,
    devices_away,
    service_of,
)
from kiosk.locale import load
from kiosk.roles import CARD_INSIDE_REASON, CENTRAL_AWAY_REASON, ROLES

PERMITS, HALL = ROLES["endorsement"], ROLES["kiosk"]
WELL = DeviceStatus(DeviceState.ONLINE)
AWAY = DeviceStatus(DeviceState.OFFLINE)
LOCALES = Path(__file__).parents[2] / "locales"
CASH_FULL = DeviceStatus(DeviceState.USER_ERROR, bins={"cash_box": Bin.FULL}, detail="cashBoxFull")
TROUBLES = {
    "starting": DeviceStatus(DeviceState.STARTING),
    "away": AWAY,
    "jammed": DeviceStatus(DeviceState.USER_ERROR, Media.JAMMED),
    "paper_out": DeviceStatus(DeviceState.ONLINE, supplies={"paper": Supply.OUT}),
    "cover_open": DeviceStatus(DeviceState.USER_ERROR, detail="coverOpen"),
    "bin_full": DeviceStatus(DeviceState.ONLINE, bins={"retain": Bin.FULL}),
}
ALL_OF_PERMITS = ("endorsement", "entries", "slip")
CLOSES = {
    "endorsement": {
        "card_printer": ("endorsement",),
        "chip_reader": ("endorsement",),
        "id_card_reader": ALL_OF_PERMITS,
        "ticket_printer": ("endorsement", "slip"),
        "camera": (),
        "card_terminal": (),
        "cash_acceptor": (),
        "code_scanner": (),
        "face_matcher": (),
        "fingerprint_reader": (),
        "panel_io": (),
        "voice": (),
    },
    "kiosk": {
        "id_card_reader": ("apply", "progress"),
        "ticket_printer": ("apply", "number", "booking"),
    },
    "evaluator": {"voice": ()},
}
"""By role and device: what cannot be carried through without it."""
CASES = [
    pytest.param(role, device, shut, id=f"{role}-{device}")
    for role, devices in CLOSES.items()
    for device, shut in devices.items()
]


def service(
    role: str = "endorsement",
    *,
    storage_ok: bool = True,
    open_ends: tuple[str, ...] = (),
    **statuses: DeviceStatus | None,
) -> Service:
    kind = ROLES[role]
    everything = {**dict.fromkeys(kind.devices, WELL), **statuses}
    now = {name: one for name, one in everything.items() if one}
    return service_of(kind, now, storage_ok=storage_ok, open_ends=open_ends)


def shut(found: Service) -> tuple[str, ...]:
    return tuple(one.errand for one in found.closed)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_a_machine_whose_devices_are_well_offers_everything(role: str) -> None:
    assert service(role) == Service()
    assert devices_away(ROLES[role], dict.fromkeys(ROLES[role].devices, WELL)) == ()


def test_the_table_speaks_of_every_device_and_every_errand_has_its_name() -> None:
    assert {role: set(devices) for role, devices in CLOSES.items()} == {
        role: set(one.devices) for role, one in ROLES.items()
    }
    assert set(PERMITS.errands) == {one.value for one in PermitPurpose}
    assert set(HALL.errands) >= {one.value for one in TicketPurpose}


@pytest.mark.parametrize(("role", "device", "closes"), CASES)
@pytest.mark.parametrize("cause", sorted(TROUBLES))
def test_without_a_device_exactly_what_needs_it_is_closed_and_says_why(
    role: str, device: str, closes: tuple[str, ...], cause: str
) -> None:
    found = service(role, **{device: TROUBLES[cause]})
    reason = (f"service.{device}.{cause}",)
    assert found.closed == tuple(Closed(one, reason) for one in closes)
    nothing_left = set(closes) == set(ROLES[role].errands)
    assert found.stopped == (reason if nothing_left else ())
    assert found.reasons == (reason if closes else ())


@pytest.mark.parametrize(("role", "device", "closes"), CASES)
def test_a_device_that_never_answered_is_not_taken_for_well(
    role: str, device: str, closes: tuple[str, ...]
) -> None:
    assert shut(service(role, **{device: None})) == closes


@pytest.mark.parametrize("device", sorted(PERMITS.optional))
def test_a_device_that_another_can_replace_is_known_to_be_away(device: str) -> None:
    gone = {**dict.fromkeys(PERMITS.devices, WELL), device: AWAY}
    assert devices_away(PERMITS, gone) == (device,)


def test_cash_full_takes_cash_away_and_leaves_the_rest() -> None:
    assert service(cash_acceptor=CASH_FULL) == Service()
    full = {**dict.fromkeys(PERMITS.devices, WELL), "cash_acceptor": CASH_FULL}
    assert devices_away(PERMITS, full) == ("cash_acceptor",)


@pytest.mark.parametrize("group", ["payment", "proof"])
def test_when_the_last_of_a_group_is_gone_queries_are_left(group: str) -> None:
    names = sorted(PERMITS.errands["endorsement"].one_of[group])
    gone = dict.fromkeys(names[:-1], AWAY)
    assert service(**gone) == Service()
    last = service(**gone, **{names[-1]: CASH_FULL})
    assert last == Service(closed=(Closed("endorsement", (f"service.{group}.away",)),))


def test_a_card_inside_keeps_endorsements_closed_and_queries_open() -> None:
    found = service(open_ends=(CARD_INSIDE_REASON,))
    assert found == Service(closed=(Closed("endorsement", (CARD_INSIDE_REASON,)),))


def test_without_central_no_card_is_taken_in_and_no_question_asked() -> None:
    found = service(open_ends=(CENTRAL_AWAY_REASON,))
    assert shut(found) == ALL_OF_PERMITS
    assert found.stopped == (CENTRAL_AWAY_REASON,) == found.reasons


@pytest.mark.parametrize("role", sorted(ROLES))
@pytest.mark.parametrize("end", [RECOVERY_REASON, "service.panel.safe_open"])
def test_recovery_and_an_open_safe_stand_in_everybodys_way(role: str, end: str) -> None:
    assert service(role, open_ends=(end,)).stopped == (end,)


@pytest.mark.parametrize("role", sorted(ROLES))
def test_records_that_cannot_be_written_close_everything_before_anything_else(role: str) -> None:
    found = service(role, storage_ok=False, open_ends=(RECOVERY_REASON,))
    assert found.stopped == (STORAGE_REASON, RECOVERY_REASON)


def test_a_stopped_machine_names_what_else_is_wrong_once() -> None:
    found = service(storage_ok=False, id_card_reader=AWAY)
    assert found.stopped == (STORAGE_REASON, "service.id_card_reader.away") == found.reasons


def test_a_hall_kiosk_without_reader_and_paper_still_guides() -> None:
    found = service("kiosk", id_card_reader=AWAY, ticket_printer=AWAY)
    assert found.stopped == ()
    assert set(HALL.errands) - set(shut(found)) == {"place", "guide", "suggestion"}


def test_a_device_at_work_is_well() -> None:
    assert service(card_printer=replace(WELL, state=DeviceState.DEVICE_BUSY)) == Service()


@pytest.mark.parametrize("language", ["zh_CN", "zh_Hant", "en"])
@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_reason_has_words_for_staff_and_for_citizens(role: str, language: str) -> None:
    speech = load(LOCALES).speech(language)
    one = ROLES[role]
    groups = {group for needs in one.errands.values() for group in needs.one_of}
    wanted = {f"service.{name}.{cause}" for name in one.required for cause in TROUBLES}
    wanted |= {f"service.{group}.away" for group in groups} | one.own_ends
    wanted |= {f"closed.why.{key.split('.')[1]}" for key in set(wanted)}
    if role != "evaluator":
        wanted |= {f"closed.errand.{name}" for name in one.errands}
    assert {key for key in wanted if not speech.has(key)} == set()
