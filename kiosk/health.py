"""Whether the machine can serve, and if not, why: devices, storage and role together."""

from collections.abc import Mapping

from hardware.status import Bin, DeviceState, DeviceStatus, Media, Supply
from kiosk.roles import Role

STORAGE_REASON = "service.storage"
"""Message key: the machine's own records cannot be written (design 8, law 7)."""


RECOVERY_REASON = "service.recovery"
"""Message key: a ticket of before the restart is still owed."""


def reasons_against_service(
    role: Role, statuses: Mapping[str, DeviceStatus], *, storage_ok: bool, recovering: bool
) -> tuple[str, ...]:
    """Why the machine offers nothing now.

    Args:
        role: says which devices are required.
        statuses: by device name; a device that never answered is missing.
        storage_ok: whether the machine's database takes writes.
        recovering: whether the visits of before a restart are still being ended.

    Returns:
        Message keys `service.<device>.<cause>`, sorted; empty when it can serve.
    """
    reasons = [] if storage_ok else [STORAGE_REASON]
    if recovering:
        reasons.append(RECOVERY_REASON)
    for name in sorted(role.required):
        cause = _cause(statuses.get(name))
        if cause:
            reasons.append(f"service.{name}.{cause}")
    return tuple(reasons)


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
