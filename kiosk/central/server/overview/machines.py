"""The health of every machine of a hall, from its last heartbeat, and what it calls staff for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from kiosk.central.server.admission.tables import admission
from kiosk.central.server.endorsements.tables import machine_case
from kiosk.central.server.office import Office
from kiosk.central.server.tables import heartbeat, staff_call

SILENT_AFTER = timedelta(seconds=90)
"""three missed heartbeats"""
_LET_IN = select(admission.c.machine_id).where(
    admission.c.hall_id == bindparam("hall_id"),
    admission.c.public_key.is_not(None),
    admission.c.revoked_at.is_(None),
)
_WELL = frozenset({"online", "ready"})


@dataclass(frozen=True, slots=True)
class Device:
    """A device of a machine."""

    name: str
    state: str
    detail: str
    simulated: bool

    @property
    def well(self) -> bool:
        """Whether it works."""
        return self.state in _WELL


@dataclass(frozen=True, slots=True)
class Machine:
    """A machine as central last heard of it.

    Args:
        machine_id: its id.
        state: its own word.
        seen_at: last heartbeat, hall time; None for one that was let in and never heard of.
        silent: whether it has been too long.
        outbox_waiting: messages that wait in it.
        devices: all of them.
    """

    machine_id: str
    state: str
    seen_at: datetime | None
    silent: bool
    outbox_waiting: int
    devices: tuple[Device, ...]

    @property
    def ill(self) -> tuple[Device, ...]:
        """Devices that do not work."""
        return tuple(one for one in self.devices if not one.well)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something that needs a person.

    Args:
        machine_id: where.
        kind: why, a word of the machine's.
        subject: id of what it is about.
        since: when it began, hall time.
        amount_fen: money that is in question, 0 for none.
        card_inside: whether a citizen's card is held.
    """

    machine_id: str
    kind: str
    subject: str
    since: datetime
    amount_fen: int = 0
    card_inside: bool = False


def of_hall(connection: Connection, office: Office, hall_id: str) -> list[Machine]:
    """All machines of a hall, by id: those that report, and those that were let in and do not."""
    now = office.clock.now()
    query = select(heartbeat).where(heartbeat.c.hall_id == hall_id)
    reporting = [
        Machine(
            machine_id=row.machine_id,
            state=row.state,
            seen_at=office.local(row.at),
            silent=now - row.at > SILENT_AFTER,
            outbox_waiting=row.outbox_waiting,
            devices=tuple(
                Device(
                    one["name"], one["state"], one.get("detail", ""), one.get("simulated", False)
                )
                for one in row.devices
            ),
        )
        for row in connection.execute(query)
    ]
    known = {one.machine_id for one in reporting}
    let_in = connection.execute(_LET_IN, {"hall_id": hall_id}).scalars()
    mute = [Machine(one, "", None, True, 0, ()) for one in let_in if one not in known]
    return sorted(reporting + mute, key=lambda one: one.machine_id)


def cases(connection: Connection, office: Office, hall_id: str) -> list[Trouble]:
    """Cases that machines opened and nobody closed, oldest first."""
    query = (
        select(machine_case)
        .where(machine_case.c.hall_id == hall_id, machine_case.c.closed_at.is_(None))
        .order_by(machine_case.c.opened_at)
    )
    return [
        Trouble(
            row.machine_id,
            row.kind,
            row.case_id,
            office.local(row.opened_at),
            row.amount_fen,
            row.card_inside,
        )
        for row in connection.execute(query)
    ]


def calls(connection: Connection, office: Office, hall_id: str, most: int) -> list[Trouble]:
    """Today's calls for staff, newest first."""
    morning = office.clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    query = (
        select(staff_call)
        .where(staff_call.c.hall_id == hall_id, staff_call.c.received_at >= morning)
        .order_by(staff_call.c.id.desc())
        .limit(most)
    )
    return [
        Trouble(row.machine_id, row.reason, row.subject, office.local(row.received_at))
        for row in connection.execute(query)
    ]
