"""What the rows of changes must say of a day in the queue, whoever did what."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from kiosk.domain.queueing import ENDED, MOVES, QueueState

_EDGES = {(of.value, to.value) for (of, _move), to in MOVES.items() if of is not to}
_LOOPS = {(of.value, move.value) for (of, move), to in MOVES.items() if of is to}
"""called again; sent from line to line"""
_SERVED = (QueueState.FINISHED, QueueState.WAITING)
"""states to which whoever is served goes on once it is done"""


def lawful_ends(changes: Iterable[Any]) -> dict[str, str]:
    """Follow every ticket along its rows.

    Args:
        changes: rows of `ticket_change` in their order.

    Returns:
        The state of each ticket after its last row.

    Raises:
        AssertionError: a row does not follow from the one before, a ticket was finished twice, or
            one service was served more often than the ticket was sent to it.
    """
    at: dict[str, str] = {}
    service: dict[str, str] = {}
    finished: Counter[str] = Counter()
    served: Counter[tuple[str, str]] = Counter()
    sent: Counter[tuple[str, str]] = Counter()
    for row in changes:
        ticket_id = row.ticket_id
        if row.line == "paper":
            at.setdefault(ticket_id, QueueState.WAITING)
            service.setdefault(ticket_id, row.service_id)
            continue
        assert row.from_state == at[ticket_id], "a row begins where the one before did not end"
        _lawful(row)
        if row.from_state == QueueState.SERVING and row.to_state in _SERVED:
            served[ticket_id, service[ticket_id]] += 1
        finished[ticket_id] += row.to_state == QueueState.FINISHED
        sent[ticket_id, row.service_id] += row.to_state == QueueState.TRANSFERRED
        at[ticket_id], service[ticket_id] = row.to_state, row.service_id
    assert all(count <= 1 for count in finished.values()), "finished twice"
    for what, count in served.items():
        assert count <= 1 + sent[what], "one service was served twice"
    return at


def _lawful(row: Any) -> None:
    of, to = row.from_state, row.to_state
    if of != to:
        assert (of, to) in _EDGES, f"no move leads from {of} to {to}"
        return
    regraded = of not in ENDED and row.reason.startswith("regraded")
    assert regraded or (of, row.reason) in _LOOPS, f"{of} to {to} for no lawful reason"
