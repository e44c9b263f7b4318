"""Machines: starts, heartbeats, calls for staff."""

from sqlalchemy import Connection, Integer, bindparam, insert, text

from kiosk.central.contract import (
    Accepted,
    Boot,
    BootRequest,
    Heartbeat,
    HeartbeatAnswer,
    StaffCall,
)
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.tables import heartbeat, journal_head, machine, staff_call

_BOOT = (
    text(
        "INSERT INTO machine (machine_id, hall_id, epoch, software, booted_at)"
        " VALUES (:machine_id, :hall_id, 1, :software, :booted_at)"
        " ON CONFLICT (machine_id) DO UPDATE SET hall_id = excluded.hall_id,"
        " epoch = machine.epoch + 1, software = excluded.software,"
        " booted_at = excluded.booted_at RETURNING epoch"
    )
    .bindparams(bindparam("booted_at", type_=machine.c.booted_at.type))
    .columns(epoch=Integer)
)
_BEAT = text(
    "INSERT INTO heartbeat (machine_id, hall_id, epoch, state, outbox_waiting, devices, at)"
    " VALUES (:machine_id, :hall_id, :epoch, :state, :outbox_waiting, :devices, :at)"
    " ON CONFLICT (machine_id) DO UPDATE SET hall_id = excluded.hall_id, epoch = excluded.epoch,"
    " state = excluded.state, outbox_waiting = excluded.outbox_waiting,"
    " devices = excluded.devices, at = excluded.at"
).bindparams(
    bindparam("at", type_=heartbeat.c.at.type),
    bindparam("devices", type_=heartbeat.c.devices.type),
)

_HEAD = text(
    "INSERT INTO journal_head (machine_id, seq, chain, at) VALUES (:machine_id, :seq, :chain, :at)"
    " ON CONFLICT (machine_id, seq) DO NOTHING"
).bindparams(bindparam("at", type_=journal_head.c.at.type))
"""The first head told of a row is the one that counts: a journal made anew differs from it."""


def boot(connection: Connection, office: Office, request: BootRequest) -> Done:
    """Give a starting machine its epoch; earlier epochs get no more leases.

    Raises:
        RefusalError: the hall is unknown.
    """
    office.offers.of(request.hall_id)
    now = office.clock.now()
    epoch = connection.execute(_BOOT, {**request.model_dump(), "booted_at": now}).scalar_one()
    return Done(Boot(epoch=epoch, server_time=now, business_day=now.date()))


def beat(connection: Connection, office: Office, report: Heartbeat) -> HeartbeatAnswer:
    """Keep the newest report of a machine.

    Raises:
        RefusalError: the hall is unknown.
    """
    office.offers.of(report.hall_id)
    now = office.clock.now()
    connection.execute(_BEAT, {**report.model_dump(mode="json", exclude={"journal"}), "at": now})
    if report.journal is not None:
        head = report.journal.model_dump()
        connection.execute(_HEAD, {"machine_id": report.machine_id, **head, "at": now})
    version = office.offers.version
    return HeartbeatAnswer(server_time=now, business_day=now.date(), catalogue_version=version)


def call_staff(connection: Connection, office: Office, call: StaffCall) -> Done:
    """Keep a call for the hall's staff.

    Raises:
        RefusalError: the hall is unknown.
    """
    office.offers.of(call.hall_id)
    now = office.clock.now()
    connection.execute(insert(staff_call), {**call.model_dump(), "received_at": now})
    return Done(Accepted(at=now))
