"""Machines: starts, numbers in reserve, heartbeats, calls for staff."""

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Epoch, Id, Model, Moment, Prefix, ShortText


class BootRequest(Model):
    """A machine has started."""

    machine_id: Id
    hall_id: Id
    software: ShortText


class Boot(Model):
    """What a starting machine needs to know; leases of earlier epochs are dead."""

    epoch: int
    server_time: AwareDatetime
    business_day: date


class LeaseRequest(Model):
    """A machine asks for numbers to use when cut off."""

    machine_id: Id
    hall_id: Id
    epoch: Epoch
    service_id: Id
    count: Annotated[int, Field(ge=1, le=50)]


class NumberLease(Model):
    """Numbers first to last, inclusive, for one prefix and one business day."""

    lease_id: Id
    hall_id: Id
    service_id: Id
    prefix: Prefix
    day: date
    first: int
    last: int
    epoch: int


class StaffCall(Model):
    """Somebody needs help at a machine."""

    machine_id: Id
    hall_id: Id
    reason: ShortText
    subject: ShortText = ""
    at: Moment


class Accepted(Model):
    """A report was stored."""

    at: AwareDatetime


class DeviceReport(Model):
    """One device in a heartbeat."""

    name: Id
    state: ShortText
    detail: ShortText = ""
    simulated: bool = False


class JournalHead(Model):
    """The last row of a machine's journal; beside it a cut or rewritten journal shows."""

    seq: Annotated[int, Field(ge=0, le=2**53)]
    chain: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Heartbeat(Model):
    """A machine is alive; ids, codes and counts only."""

    machine_id: Id
    hall_id: Id
    epoch: Epoch
    state: ShortText
    outbox_waiting: Annotated[int, Field(ge=0, le=2**31 - 1)]
    devices: tuple[DeviceReport, ...] = ()
    journal: JournalHead | None = None
    """of machines that keep one"""


class HeartbeatAnswer(Model):
    """What central tells a living machine."""

    server_time: AwareDatetime
    business_day: date
    catalogue_version: ShortText
