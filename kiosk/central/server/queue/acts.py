"""What a clerk does with a ticket, along the table of lawful moves (`domain/queueing.py`)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.events import EventKind
from kiosk.central.contract.queue import Regrade, TicketAct, Transfer
from kiosk.central.server import changes, lines, numbering, tickets
from kiosk.central.server.changes import Cause
from kiosk.central.server.events.publish import Happened, publish
from kiosk.central.server.lines import Place, QueuePolicy
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.queue import calling, windows
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.served import ServedCase
from kiosk.central.server.tables import ticket
from kiosk.domain.queueing import AT_WINDOW, WAITS, Move, QueueState, after


@dataclass(frozen=True, slots=True)
class Scene:
    """All that an act looks at.

    Args:
        office: the server's parts.
        desk: who acts where.
        here: the window's row, locked.
        row: the ticket's row, locked.
        policy: of the ticket's day.
        now: the moment of the act.
    """

    office: Office
    desk: Desk
    here: Row[Any]
    row: Row[Any]
    policy: QueuePolicy
    now: datetime


_Columns = dict[str, Any]


def act(connection: Connection, office: Office, desk: Desk, wanted: TicketAct) -> str:
    """Move a ticket.

    Returns:
        Id of the ticket.

    Raises:
        RefusalError: no such ticket, it is another window's, or the move is not lawful now.
    """
    scene = _scene(connection, office, desk, wanted.ticket_id)
    move = Move(wanted.move)
    if move is Move.FINISH and scene.row.services_left:
        move = Move.ADVANCE
    state = _lawful(scene, move)
    _apply(connection, scene, state, _EFFECTS[move](scene), wanted.reason or move)
    if move in _BEGINS:
        office.serving.begins(connection, office, _case(scene))
    elif move in _SERVES:
        office.serving.served(connection, office, _case(scene))
    if move is Move.RECALL:
        calling.tell_call(connection, office, desk, scene.row, scene.row.times_called + 1)
    else:
        _tell_move(connection, scene, state)
    return wanted.ticket_id


def transfer(connection: Connection, office: Office, desk: Desk, wanted: Transfer) -> str:
    """Send a ticket to the line of another service, where it keeps its place.

    Returns:
        Id of the ticket.

    Raises:
        RefusalError: no such ticket or service, or the move is not lawful now.
    """
    service = office.offers.of(desk.hall_id).ordered([wanted.service_id])[0]
    scene = _scene(connection, office, desk, wanted.ticket_id)
    state = _lawful(scene, Move.TRANSFER)
    left = [one for one in scene.row.services_left if one != service.service_id]
    columns = _into_line(scene, service.service_id, scene.row.place_ms) | {"services_left": left}
    _apply(connection, scene, state, columns, wanted.reason or Move.TRANSFER)
    _tell_move(connection, scene, state)
    return wanted.ticket_id


def regrade(connection: Connection, office: Office, desk: Desk, wanted: Regrade) -> str:
    """Give a ticket the class of a need whose proof was seen, or take it back; a booking stays.

    Returns:
        Id of the ticket.

    Raises:
        RefusalError: no such ticket, or it has ended.
    """
    scene = _scene(connection, office, desk, wanted.ticket_id)
    state = QueueState(scene.row.queue_state)
    if after(state, Move.TRANSFER) is None and state is not QueueState.NO_SHOW:
        raise RefusalError(409, ErrorCode.WRONG_STATE)
    standing = lines.standing_of(scene.row.day, wanted.need, scene.row.booked)
    place_ms = scene.policy.place_ms(scene.row.taken_at, standing.ticket_class)
    columns = {"ticket_class": standing.ticket_class, "need": wanted.need, "place_ms": place_ms}
    if scene.row.due_ms is not None:
        columns["due_ms"] = place_ms
    reason = wanted.reason or f"regraded to {standing.ticket_class}"
    _apply(connection, scene, state, columns, reason)
    _tell_move(connection, scene, state)
    return wanted.ticket_id


def _scene(connection: Connection, office: Office, desk: Desk, ticket_id: str) -> Scene:
    """Window first, then ticket: everybody locks in this order, so nobody waits in a circle."""
    here = windows.own(connection, desk)
    row = tickets.find(connection, ticket_id, lock=True)
    if row is None or row.hall_id != desk.hall_id:
        raise RefusalError(404, ErrorCode.UNKNOWN_TICKET)
    if row.queue_state in AT_WINDOW and here.ticket_id != ticket_id:
        raise RefusalError(409, ErrorCode.WRONG_STATE)
    now = office.clock.now()
    return Scene(office, desk, here, row, lines.policy_of(row.day), now)


def _lawful(scene: Scene, move: Move) -> QueueState:
    row, rules = scene.row, scene.policy.rules
    state = after(QueueState(row.queue_state), move)
    refused = {
        Move.RECALL: row.times_called > rules.recalls,
        Move.MISS: row.times_called < rules.calls_before_miss,
        Move.RETURN: row.returns >= rules.returns or row.day != scene.now.date(),
    }
    if state is None or refused.get(move, False):
        raise RefusalError(409, ErrorCode.WRONG_STATE)
    if move is Move.RESUME and scene.here.ticket_id is not None:
        raise RefusalError(409, ErrorCode.WINDOW_BUSY)
    return state


def _apply(
    connection: Connection, scene: Scene, state: QueueState, columns: _Columns, reason: str
) -> None:
    row, desk = scene.row, scene.desk
    whole = {"queue_state": state, **columns}
    connection.execute(update(ticket).where(ticket.c.id == row.id).values(**whole))
    held_here = state in AT_WINDOW
    if held_here != (scene.here.ticket_id == row.ticket_id):
        calling.occupy(connection, desk, row.ticket_id if held_here else None)
    if row.queue_state == QueueState.SERVING and state in (QueueState.FINISHED, QueueState.WAITING):
        windows.count_served(connection, scene.here, scene.now.date())
    service_id = whole.get("service_id", row.service_id)
    _count(connection, scene, state, service_id)
    at = desk.window if whole.get("window", row.window) else None
    cause = Cause(desk.actor.account_id, reason, service_id, at)
    changes.place(connection, row, state, scene.now, cause)


def _count(connection: Connection, scene: Scene, state: QueueState, service_id: str) -> None:
    """Keep the counters of the lines; two of them always in the same order."""
    row = scene.row
    change: dict[str, int] = {}
    if row.queue_state in WAITS:
        change[row.service_id] = -1
    if state in WAITS:
        change[service_id] = change.get(service_id, 0) + 1
    for one in sorted(change):
        if change[one]:
            place = Place(row.hall_id, row.day, one)
            lines.count_in(connection, scene.office, place, change[one])


def _case(scene: Scene) -> ServedCase:
    return ServedCase(
        hall_id=scene.desk.hall_id,
        window=scene.desk.window,
        clerk_id=scene.desk.actor.account_id,
        ticket_id=scene.row.ticket_id,
        service_id=scene.row.service_id,
    )


def _tell_move(connection: Connection, scene: Scene, state: QueueState) -> None:
    facts = {
        "number": numbering.label(scene.row.prefix, scene.row.n),
        "state": state.value,
        "window": scene.desk.window,
    }
    told = Happened(EventKind.TICKET_MOVED, scene.desk.hall_id, scene.row.ticket_id, facts)
    publish(connection, scene.office, told)


def _into_line(scene: Scene, service_id: str, place_ms: int) -> _Columns:
    return {
        "service_id": service_id,
        "due_ms": place_ms,
        "place_ms": place_ms,
        "window": None,
        "times_called": 0,
    }


def _recall(scene: Scene) -> _Columns:
    return {"called_at": scene.now, "times_called": scene.row.times_called + 1}


def _begin(scene: Scene) -> _Columns:
    return {"began_at": scene.now}


def _resume(scene: Scene) -> _Columns:
    return {"window": scene.desk.window}


def _return(scene: Scene) -> _Columns:
    place_ms = scene.policy.returned_ms(scene.row.place_ms, scene.now)
    line = _into_line(scene, scene.row.service_id, place_ms)
    return {**line, "returns": scene.row.returns + 1}


def _advance(scene: Scene) -> _Columns:
    following, *left = scene.row.services_left
    line = _into_line(scene, following, scene.row.place_ms)
    return {**line, "services_left": left, "began_at": None}


def _nothing(_scene: Scene) -> _Columns:
    return {}


def _out_of_line(_scene: Scene) -> _Columns:
    return {"due_ms": None}


_BEGINS = frozenset({Move.BEGIN, Move.RESUME})
_SERVES = frozenset({Move.FINISH, Move.ADVANCE})
_EFFECTS: dict[Move, Callable[[Scene], _Columns]] = {
    Move.RECALL: _recall,
    Move.BEGIN: _begin,
    Move.MISS: _nothing,
    Move.RETURN: _return,
    Move.HOLD: _nothing,
    Move.RESUME: _resume,
    Move.ADVANCE: _advance,
    Move.FINISH: _nothing,
    Move.VOID: _out_of_line,
}
