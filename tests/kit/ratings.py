"""Windows, terminals and citizens who rate, against the real central."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection

from kiosk.central.contract.queue import TicketAct, TicketMove, WindowOpening, WindowService
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.endorsements.tables import endorsement_order
from kiosk.central.server.queue import acts, calling, windows
from kiosk.central.server.queue.windows import Desk
from kiosk.central.server.ratings import requests, tables
from kiosk.central.server.served import ServedCase
from kiosk.central.server.tables import ticket_change
from kiosk.domain.rating import Level
from tests.kit.central import HALL, Caller, Reply, RunningCentral, new_id, ticket_request

T = TypeVar("T")
SECRET = "s" * 32
CLERK = "s-clerk"


def hello(caller: Caller, machine_id: str = "e-1", window: str = "1", **changes: Any) -> Reply:
    """A terminal takes its place."""
    said = {"machine_id": machine_id, "hall_id": HALL, "window": window, "secret": SECRET}
    return caller.post("/v1/evaluators", {**said, **changes})


def look(caller: Caller, machine_id: str = "e-1", secret: str = SECRET) -> Reply:
    """A terminal asks what to show."""
    return caller.post(f"/v1/evaluators/{machine_id}/view", {"secret": secret}, key=None)


def finish(
    central: RunningCentral, ticket_id: str = "t-1", window: str = "1", **changes: str
) -> str | None:
    """A window finishes a case; the id of the request, if somebody is asked."""
    named = {"clerk_id": CLERK, "service_id": "passport", **changes}
    case = ServedCase(hall_id=HALL, window=window, ticket_id=ticket_id, **named)
    with central.office.database.transaction() as connection:
        return requests.ask(connection, central.office, case)


def reopen(central: RunningCentral, ticket_id: str = "t-1", service_id: str = "passport") -> None:
    """A window takes a finished case up again."""
    again = ServedCase(HALL, "1", CLERK, ticket_id, service_id)
    with central.office.database.transaction() as connection:
        requests.begin_next(connection, central.office, again)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as a machine holds it."""

    body: dict[str, Any]

    def answer(self, level: str = "satisfied", **changes: Any) -> dict[str, Any]:
        """What its machine sends when the citizen has touched a face."""
        base = {
            "request_id": self.body["request_id"],
            "token": self.body["token"],
            "machine_id": self.body["machine_id"],
            "level": level,
            "reasons": [],
            "options_version": self.body["options_version"],
            "given_at": self.body["asked_at"],
            "given_after_s": 4.2,
            "language": "zh_CN",
        }
        return {**base, **changes}


def asked(
    central: RunningCentral, caller: Caller, ticket_id: str = "t-1", window: str = "1"
) -> Asked:
    """A case is finished and its terminal sees the request."""
    request_id = finish(central, ticket_id, window)
    seen = look(caller, f"e-{window}").body["request"]
    assert seen["request_id"] == request_id
    return Asked(seen)


def own_request(**changes: Any) -> dict[str, Any]:
    """The request of a kiosk that has served somebody itself."""
    base = {
        "request_id": new_id("own"),
        "token": "o" * 32,
        "machine_id": "kiosk-1",
        "hall_id": HALL,
        "case_kind": "application",
        "case_id": new_id("a"),
        "services": ["passport"],
        "asked_at": "2026-11-24T09:30:00+08:00",
    }
    return {**base, **changes}


def rate(caller: Caller, body: dict[str, Any], key: str = "") -> Reply:
    """A machine hands in an answer."""
    return caller.post("/v1/ratings", body, key)


def rate_many(central: RunningCentral, caller: Caller, window: str, level: str, n: int) -> None:
    """So many citizens in turn rate at a window, all alike."""
    hello(caller, f"e-{window}", window)
    for number in range(n):
        answer = asked(central, caller, f"t-{window}-{number}", window).answer(level)
        assert rate(caller, answer).status == 201
        later(central, seconds=61)


def later(central: RunningCentral, **time: float) -> None:
    """Time passes, or jumps back."""
    central.clock.moment += timedelta(**time)


def counted(central: RunningCentral) -> dict[str, int]:
    """All counts of all spots, added up, those that are nought left out."""
    total: dict[str, int] = {}
    for row in central.rows(tables.rating_day):
        for name, n in row.items():
            if isinstance(n, int):
                total[name] = total.get(name, 0) + n
    return {name: n for name, n in total.items() if n}


_LIVE = ("open", "rated", "silent")


def recounted(central: RunningCentral) -> dict[str, int]:
    """The same counts from the rows behind them: the queue's, the papers', requests, ratings."""
    changes = central.rows(ticket_change)
    total = Counter(one["state"] for one in central.rows(tables.request))
    visits = [
        one
        for one in changes
        if one["from_state"] == "serving" and one["to_state"] in ("finished", "waiting")
    ]
    papers = {one["ticket_id"] for one in changes if one["to_state"] in ("issued", "shown")}
    cases = [one["case_id"] for one in central.rows(tables.request) if not one["window_name"]]
    orders = {
        one["order_id"] for one in central.rows(endorsement_order) if one["state"] == "confirmed"
    }
    counts = Counter(
        served=len(visits) + len(papers | orders | set(cases)),
        asked=sum(total[state] for state in _LIVE),
        silent=total["silent"],
    )
    counts.update(f"stars_{Level(one['level']).stars}" for one in central.rows(tables.rating))
    return {name: n for name, n in counts.items() if n}


class ClerkAtWindow:
    """A clerk who works through the queue at window 1.

    Args:
        central: the server.
        account_id: of the clerk.
    """

    def __init__(self, central: RunningCentral, account_id: str = CLERK) -> None:
        self._central = central
        self._desk = Desk(Actor(account_id, "测试员", "4201", Role.CLERK, HALL, "token"), "1")
        opening = WindowOpening(services=(WindowService(service_id="passport"),))
        self._do(lambda tx: windows.open_window(tx, central.office, self._desk, opening))

    def call(self) -> str:
        """Call the next ticket."""
        return self._do(lambda tx: calling.call_next(tx, self._central.office, self._desk))

    def move(self, ticket_id: str, move: TicketMove) -> None:
        """Move a ticket."""
        act = TicketAct(ticket_id=ticket_id, move=move)
        self._do(lambda tx: acts.act(tx, self._central.office, self._desk, act))

    def pause(self) -> None:
        """Call nobody for a while."""
        self._do(lambda tx: windows.pause(tx, self._central.office, self._desk))

    def close(self) -> None:
        """End the window's work."""
        self._do(lambda tx: windows.close(tx, self._central.office, self._desk))

    def begin(self, caller: Caller, ticket_id: str) -> None:
        """Take up the case of somebody who has just come."""
        assert caller.post("/v1/tickets", ticket_request(ticket_id)).status == 201
        self.move(self.call(), TicketMove.BEGIN)

    def _do(self, work: Callable[[Connection], T]) -> T:
        with self._central.office.database.transaction() as connection:
            return work(connection)
