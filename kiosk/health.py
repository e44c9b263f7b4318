"""Which errands a machine can offer, and why not the others: devices, storage and role together."""

from collections.abc import Mapping
from dataclasses import dataclass

from hardware.status import Bin, DeviceState, DeviceStatus, Media, Supply
from kiosk.domain.closed import Closed
from kiosk.roles import Needs, Role

STORAGE_REASON = "service.storage"
"""Message key: the machine's own records cannot be written (design 8, law 7)."""

RECOVERY_REASON = "service.recovery"
"""Message key: what was under way before the restart has no end yet."""


@dataclass(frozen=True, slots=True)
class Service:
    """What a machine offers.

    Args:
        stopped: message keys of why it offers nothing; empty while it offers something.
        closed: errands that it does not offer.
    """

    stopped: tuple[str, ...] = ()
    closed: tuple[Closed, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Message keys of everything that is wrong, each once."""
        return tuple(dict.fromkeys((*self.stopped, *_every_reason(self.closed))))


def service_of(
    role: Role,
    statuses: Mapping[str, DeviceStatus],
    *,
    storage_ok: bool,
    open_ends: tuple[str, ...],
) -> Service:
    """What the machine offers now.

    Args:
        role: says what each errand needs.
        statuses: by device name; a device that never answered is missing.
        storage_ok: whether the machine's database takes writes.
        open_ends: message keys of what else stands in the way: what the last run left open, an open
            door, central away.

    Returns:
        Reasons are message keys `service.<device>.<cause>`; nothing is closed on a machine that
        can offer everything.
    """
    closed = tuple(
        Closed(name, lacking)
        for name, needs in role.errands.items()
        if (lacking := _lacking(needs, statuses, open_ends))
    )
    stopped = tuple(key for key in open_ends if key not in role.own_ends)
    if not storage_ok:
        stopped = (STORAGE_REASON, *stopped)
    if stopped or len(closed) == len(role.errands):
        return Service((*stopped, *_every_reason(closed)), closed)
    return Service(closed=closed)


def _every_reason(closed: tuple[Closed, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for one in closed for reason in one.reasons))


def _lacking(
    needs: Needs, statuses: Mapping[str, DeviceStatus], open_ends: tuple[str, ...]
) -> tuple[str, ...]:
    reasons = [key for key in open_ends if key in needs.open_ends]
    for name in sorted(needs.devices):
        cause = _cause(statuses.get(name))
        if cause:
            reasons.append(f"service.{name}.{cause}")
    for group, names in sorted(needs.one_of.items()):
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
