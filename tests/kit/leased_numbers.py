"""Numbers that a machine holds for the time when it is cut off."""

from collections.abc import Iterable
from functools import partial

from kiosk.central.contract import Boot, BootRequest, LeasedNumber, LeaseRequest, NumberLease
from kiosk.central.server import leased, machines
from tests.kit.central import HALL
from tests.kit.queue_hall import Hall

_LEASE = 50


def numbers_for(
    hall: Hall, machine_id: str, services: Iterable[str], leases: int = 1
) -> dict[str, list[LeasedNumber]]:
    """A machine starts and takes leases of fifty numbers.

    Args:
        hall: whose numbers.
        machine_id: which machine.
        services: for each of these.
        leases: so many of each.

    Returns:
        Numbers by service, in their order.
    """
    boot = BootRequest(machine_id=machine_id, hall_id=HALL, software="test")
    booted = hall.do(lambda tx, office: machines.boot(tx, office, boot)).value
    assert isinstance(booted, Boot)
    held: dict[str, list[LeasedNumber]] = {}
    for service_id in services:
        asked = LeaseRequest(
            machine_id=machine_id,
            hall_id=HALL,
            epoch=booted.epoch,
            service_id=service_id,
            count=_LEASE,
        )
        for _ in range(leases):
            given = hall.do(partial(leased.give, request=asked)).value
            assert isinstance(given, NumberLease)
            held.setdefault(service_id, []).extend(
                LeasedNumber(lease_id=given.lease_id, n=n)
                for n in range(given.first, given.last + 1)
            )
    return held
