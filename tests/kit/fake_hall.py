"""A hall's books in memory: numbers, leases, applications and papers, as the contract wants."""

import hashlib
import json
import threading
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from kiosk.central import contract
from kiosk.central.contract import ErrorCode, Problem
from kiosk.clock import Clock

PREFIXES = {"passport": "A", "hk_macao_permit": "B", "enquiry": "D"}


@dataclass
class FakeTicket:
    """A ticket as the fake knows it."""

    number: str
    request: dict[str, Any]
    state: str = "numbered"
    superseded: list[str] = field(default_factory=list)


class FakeHall:
    """Acts on what is delivered, and counts everything.

    Args:
        clock: central's own time.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.RLock()
        self.refuse_with: dict[str, tuple[int, ErrorCode]] = {}
        self.answers: dict[str, tuple[bytes, int, bytes]] = {}
        self.counter: dict[tuple[str, str], int] = {}
        self.leases: dict[str, tuple[str, str, range]] = {}
        self.epochs: dict[str, int] = {}
        self.applications: dict[str, dict[str, Any]] = {}
        self.tickets: dict[str, FakeTicket] = {}
        self.deliveries: list[tuple[str, str]] = []
        self.order: list[tuple[str, str]] = []
        self.problems: list[str] = []

    def handle(self, path: str, body: bytes, key: str) -> tuple[int, bytes]:
        """One delivery that reached central: the same key always gets the same answer."""
        with self._lock:
            digest = hashlib.sha256(path.encode() + b"\0" + body).digest()
            self.deliveries.append((path, key))
            known = self.answers.get(key)
            if known:
                if known[0] != digest:
                    self.problems.append(f"{path}: key used for another body")
                    return _refusal(422, ErrorCode.KEY_REUSED)
                return known[1], known[2]
            status, answer = self._act(path, json.loads(body))
            if status < 400:
                self.answers[key] = digest, status, answer
            return status, answer

    def _act(self, path: str, body: dict[str, Any]) -> tuple[int, bytes]:
        if path in self.refuse_with:
            return _refusal(*self.refuse_with[path])
        if path.endswith("/paper"):
            return self._paper(path.split("/")[3], body)
        return {
            "/v1/boots": self._boot,
            "/v1/leases": self._lease,
            "/v1/applications": self._application,
            "/v1/tickets": self._ticket,
            "/v1/staff-calls": self._staff_call,
        }[path](body)

    def _boot(self, body: dict[str, Any]) -> tuple[int, bytes]:
        epoch = self.epochs.get(body["machine_id"], 0) + 1
        self.epochs[body["machine_id"]] = epoch
        now = self._clock.now()
        return 201, _json(contract.Boot(epoch=epoch, server_time=now, business_day=now.date()))

    def _lease(self, body: dict[str, Any]) -> tuple[int, bytes]:
        if self.epochs.get(body["machine_id"]) != body["epoch"]:
            return _refusal(409, ErrorCode.LEASE_INVALID)
        prefix, day = PREFIXES[body["service_id"]], self._clock.today()
        first = self._count(prefix, body["count"]) - body["count"] + 1
        last = first + body["count"] - 1
        lease_id = f"lease-{len(self.leases) + 1}"
        self.leases[lease_id] = day.isoformat(), prefix, range(first, last + 1)
        answer = contract.NumberLease(
            lease_id=lease_id,
            hall_id=body["hall_id"],
            service_id=body["service_id"],
            prefix=prefix,
            day=day,
            first=first,
            last=last,
            epoch=body["epoch"],
        )
        return 201, _json(answer)

    def _application(self, body: dict[str, Any]) -> tuple[int, bytes]:
        application_id = body["application_id"]
        if application_id in self.applications:
            self.problems.append(f"application {application_id} came twice")
        self.applications[application_id] = body
        self.order.append((application_id, "application"))
        answer = contract.ApplicationReceipt(
            application_id=application_id, received_at=self._clock.now()
        )
        return 201, _json(answer)

    def _ticket(self, body: dict[str, Any]) -> tuple[int, bytes]:
        if body["application_id"] and body["application_id"] not in self.applications:
            return _refusal(422, ErrorCode.UNKNOWN_APPLICATION)
        known = self.tickets.get(body["ticket_id"])
        leased = body["leased"]
        if known and not leased:
            return 200, self._out(known)
        day = self._clock.today().isoformat()
        if leased:
            day, prefix, numbers = self.leases[leased["lease_id"]]
            assert leased["n"] in numbers
            number = f"{prefix}{leased['n']:03d}"
        else:
            prefix = PREFIXES[body["services"][0]]
            number = f"{prefix}{self._count(prefix, 1):03d}"
        if any(one.number == number and one.request["day"] == day for one in self._others(body)):
            self.problems.append(f"number {number} was given twice")
            return _refusal(409, ErrorCode.LEASE_NUMBER_USED)
        ticket = FakeTicket(number, {**body, "day": day})
        if known:
            # The number on the paper wins (decision 11).
            ticket.superseded = [*known.superseded, known.number]
        self.tickets[body["ticket_id"]] = ticket
        self.order.append((body["ticket_id"], "ticket"))
        return 201, self._out(ticket)

    def _paper(self, ticket_id: str, body: dict[str, Any]) -> tuple[int, bytes]:
        ticket = self.tickets.get(ticket_id)
        if ticket is None:
            return _refusal(404, ErrorCode.UNKNOWN_TICKET)
        ticket.state = "issued" if body["outcome"] == "printed" else body["outcome"]
        self.order.append((ticket_id, "paper"))
        return 200, self._out(ticket)

    def _staff_call(self, body: dict[str, Any]) -> tuple[int, bytes]:
        self.order.append((body["subject"], "staff"))
        return 201, _json(contract.Accepted(at=self._clock.now()))

    def _others(self, body: dict[str, Any]) -> list[FakeTicket]:
        return [one for key, one in self.tickets.items() if key != body["ticket_id"]]

    def _count(self, prefix: str, by: int) -> int:
        place = prefix, self._clock.today().isoformat()
        self.counter[place] = self.counter.get(place, 0) + by
        return self.counter[place]

    def _out(self, ticket: FakeTicket) -> bytes:
        request = ticket.request
        answer = contract.TicketOut(
            ticket_id=request["ticket_id"],
            number=ticket.number,
            hall_id=request["hall_id"],
            day=request["day"],
            services=request["services"],
            windows=("1", "2"),
            ahead=3,
            estimate_min=12,
            taken_at=datetime.fromisoformat(request["taken_at"]),
            state=contract.TicketState(ticket.state),
            application_id=request["application_id"],
        )
        return _json(answer)

    def offer(self, hall_id: str) -> contract.Catalogue:
        """Two services and the enquiry desk."""
        return contract.Catalogue(
            version="1",
            hall=contract.Hall(hall_id=hall_id, names={"zh_CN": "大厅"}),
            services=tuple(
                contract.Service(
                    service_id=service_id,
                    prefix=prefix,
                    names={"zh_CN": service_id},
                    windows=("1", "2"),
                    minutes_per_visit=8,
                    order=order,
                )
                for order, (service_id, prefix) in enumerate(PREFIXES.items())
            ),
            server_time=self._clock.now(),
            business_day=self._clock.today(),
        )


def _json(model: contract.Model) -> bytes:
    return model.model_dump_json().encode()


def _refusal(status: int, code: ErrorCode) -> tuple[int, bytes]:
    return status, _json(Problem(code=code))
