"""A central in memory, at the end of a line that can be made to fail."""

from enum import StrEnum
from typing import TypeVar

from kiosk.central import contract
from kiosk.central.answer import Answered, Cause, Outcome, Refused, Unreachable
from kiosk.central.contract import Problem
from kiosk.clock import Clock
from tests.kit.fake_hall import PREFIXES, FakeHall

__all__ = ["PREFIXES", "FakeCentral", "Line"]

M = TypeVar("M", bound=contract.Model)


class Line(StrEnum):
    """How the line to central is."""

    UP = "up"
    DOWN = "down"
    """nothing gets through"""
    LOST_BEFORE = "lost_before"
    """the question is lost"""
    LOST_AFTER = "lost_after"
    """central acts, its answer is lost"""
    BUSY = "busy"
    """central asks to come back later"""


class FakeCentral(FakeHall):
    """Implements the durable side's `Central`.

    Args:
        clock: central's own time.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.line = Line.UP
        self.wish_s = 7.0

    def catalogue(self, hall_id: str) -> Outcome[contract.Catalogue]:
        """Two services and the enquiry desk."""
        if self.line is not Line.UP:
            return self._lost()
        return Answered(self.offer(hall_id))

    def boot(self, request: contract.BootRequest, key: str) -> Outcome[contract.Boot]:
        """The next epoch."""
        return self._typed("/v1/boots", request, key, contract.Boot)

    def lease(self, request: contract.LeaseRequest, key: str) -> Outcome[contract.NumberLease]:
        """The next numbers."""
        return self._typed("/v1/leases", request, key, contract.NumberLease)

    def take_ticket(self, request: contract.TicketIn, key: str) -> Outcome[contract.TicketOut]:
        """The next number."""
        return self._typed("/v1/tickets", request, key, contract.TicketOut)

    def post(self, path: str, body: bytes, key: str, tries: int = 1) -> Outcome[bytes]:
        """Deliver a kept message; the line decides whether it and its answer get through."""
        if self.line is Line.BUSY:
            return Unreachable(Cause.TROUBLE, self.wish_s)
        if self.line in (Line.DOWN, Line.LOST_BEFORE):
            return self._lost()
        status, answer = self.handle(path, body, key)
        if self.line is Line.LOST_AFTER:
            return self._lost()
        if status >= 400:
            return Refused(status, Problem.model_validate_json(answer))
        return Answered(answer)

    def _lost(self) -> Unreachable:
        return Unreachable(Cause.CONNECT if self.line is Line.DOWN else Cause.LOST)

    def _typed(self, path: str, body: contract.Model, key: str, model: type[M]) -> Outcome[M]:
        outcome = self.post(path, body.model_dump_json().encode(), key)
        if isinstance(outcome, Answered):
            return Answered(model.model_validate_json(outcome.value))
        return outcome
