"""Whether the machine can serve, and if not, why: devices, storage and role together."""

from collections.abc import Mapping

from hardware.status import Bin, DeviceState, DeviceStatus, Media, Supply
from kiosk.roles import Role

STORAGE_REASON = "service.storage"
"""Message key: the machine's own records cannot be written (design 8, law 7)."""


RECOVERY_REASON = "service.recovery"
"""Message key: a ticket of before the restart is still owed."""


def reasons_against_service(
    role: Role,
    statuses: Mapping[str, DeviceStatus],
    *,
    storage_ok: bool,
    open_ends: tuple[str, ...],
) -> tuple[str, ...]:
    """Why the machine offers nothing now.

    Args:
        role: says which devices are required.
        statuses: by device name; a device that never answered is missing.
        storage_ok: whether the machine's database takes writes.
        open_ends: message keys of what the last run left open.

    Returns:
        Message keys `service.<device>.<cause>`, sorted; empty when it can serve.
    """
    reasons = [] if storage_ok else [STORAGE_REASON]
    reasons += open_ends
    for name in sorted(role.required):
        cause = _cause(statuses.get(name))
        if cause:
            reasons.append(f"service.{name}.{cause}")
    for group, names in sorted(role.one_of.items()):
        if all(_cause(statuses.get(name)) for name in names):
            reasons.append(f"service.{group}.away")
    return tuple(reasons)


def devices_away(role: Role, statuses: Mapping[str, DeviceStatus]) -> tuple[str, ...]:
    """Names of the devices a machine of this role could have and cannot use now."""
    return tuple(name for name in sorted(role.devices) if _cause(statuses.get(name)))


def _cause(status: DeviceStatus | None) -> str:
    if status is None or status.state is DeviceState.STARTING:
        return "starting"
    if status.usable or status.state is DeviceState.DEVICE_BUSY:
        return ""
    if status.detail == "coverOpen":
        return "cover_open"
    if Supply.OUT in status.supplies.values():
        return "paper_out"
    if status.media is Media.JAMMED or Supply.JAMMED in status.supplies.values():
        return "jammed"
    if Bin.FULL in status.bins.values():
        return "bin_full"
    return "away"
