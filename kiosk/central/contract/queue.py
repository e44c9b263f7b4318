"""The queue: who waits, who is called where, and what a clerk does at a window.

What machines and displays read is not personal: numbers, counts, windows. What a clerk does goes
through the window's page, for signed-in clerks only; these are its values.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from kiosk.central.contract.base import Id, Model, ShortText
from kiosk.domain.queueing import Move, Need, QueueState, TicketClass

WindowName = Annotated[str, Field(pattern=r"^[A-Za-z0-9]{1,8}$")]
"""as called: 3, A2"""
Minutes = Annotated[int, Field(ge=0)]


class ServiceQueue(Model):
    """The queue of one service, now."""

    service_id: Id
    waiting: Annotated[int, Field(ge=0)]
    windows: tuple[WindowName, ...]
    """open now and serving it; empty when none is"""
    wait_min: Minutes
    """what an ordinary visitor who comes now may expect"""
    longest_min: Minutes
    """how long the one who waits longest has waited; 0 when nobody waits"""


class Call(Model):
    """One ticket called to a window."""

    number: ShortText
    window: WindowName
    service_id: Id
    called_at: AwareDatetime
    """of the newest call or recall"""
    times: Annotated[int, Field(ge=1)]
    """1 for the first call, one more for each recall"""
    state: QueueState
    """`called` while the person is awaited"""


class QueueNow(Model):
    """A hall's queue for its display and its machines."""

    hall_id: Id
    day: date
    at: AwareDatetime
    event_id: int
    """newest event that this picture includes; listen from here"""
    services: tuple[ServiceQueue, ...]
    calls: tuple[Call, ...]
    """today's newest, newest first, at most 20; whoever stands in line again is not among them"""


class TicketPlace(Model):
    """Where one ticket stands: what a waiting person may expect."""

    ticket_id: Id
    number: ShortText
    hall_id: Id
    day: date
    state: QueueState
    ticket_class: TicketClass
    service_id: Id
    """whose queue it is in, or whose window it is at"""
    services_left: tuple[Id, ...]
    """to be visited after this one, in order"""
    ahead: Annotated[int, Field(ge=0)]
    """called before it as things stand; 0 when it does not wait"""
    wait_min: Minutes
    windows: tuple[WindowName, ...]
    """that may call it; where it was called to, once it is"""


class HolderIn(Model):
    """Whose ticket was lost: the card lies on the machine again."""

    hall_id: Id
    holder_number: Annotated[str, Field(pattern=r"^[0-9A-Z]{5,18}$")]


class HolderTickets(Model):
    """Today's tickets that were taken with a card, newest first."""

    tickets: tuple[TicketPlace, ...]


class HallWait(Model):
    """How long one hall lets people wait."""

    hall_id: Id
    names: dict[str, ShortText]
    waiting: Annotated[int, Field(ge=0)]
    wait_min: Minutes
    windows_open: Annotated[int, Field(ge=0)]


class HallsWaiting(Model):
    """The city's halls, shortest wait first; halls without an open window come last."""

    at: AwareDatetime
    service_id: Id | None
    halls: tuple[HallWait, ...]


class WindowState(StrEnum):
    """Whether a window takes people."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class WindowService(Model):
    """A service that a window calls."""

    service_id: Id
    lead_min: Annotated[int, Field(ge=0, le=120)] = 0
    """its tickets are called here as if they had come so much earlier"""


class WindowOpening(Model):
    """A clerk opens a window, or changes what it calls."""

    services: Annotated[tuple[WindowService, ...], Field(min_length=1, max_length=10)]


class TicketAtWindow(Model):
    """A ticket as the clerk sees it."""

    ticket_id: Id
    number: ShortText
    state: QueueState
    ticket_class: TicketClass
    need: Need | None
    service_id: Id
    services_left: tuple[Id, ...]
    taken_at: AwareDatetime
    called_at: AwareDatetime | None
    began_at: AwareDatetime | None
    times_called: Annotated[int, Field(ge=0)]
    may_recall: bool
    may_miss: bool
    """called often enough to be set down as not there"""
    application_id: Id | None


class WindowView(Model):
    """All that a clerk's page shows."""

    hall_id: Id
    window: WindowName
    state: WindowState
    services: tuple[WindowService, ...]
    staff_id: Id | None
    current: TicketAtWindow | None
    held: tuple[TicketAtWindow, ...]
    """put aside at this window"""
    missed: tuple[TicketAtWindow, ...]
    """called at this window today and not there; newest first, at most 20"""
    queues: tuple[ServiceQueue, ...]
    served_today: Annotated[int, Field(ge=0)]
    at: AwareDatetime
    event_id: int


class TicketMove(StrEnum):
    """What a clerk may do with a ticket that needs nothing further said."""

    RECALL = Move.RECALL.value
    BEGIN = Move.BEGIN.value
    MISS = Move.MISS.value
    RETURN = Move.RETURN.value
    HOLD = Move.HOLD.value
    RESUME = Move.RESUME.value
    FINISH = Move.FINISH.value
    """goes to the queue of the next service where one is left"""
    VOID = Move.VOID.value


class TicketAct(Model):
    """A clerk moves a ticket."""

    ticket_id: Id
    move: TicketMove
    reason: ShortText = ""


class Transfer(Model):
    """A clerk sends a ticket to the queue of another service."""

    ticket_id: Id
    service_id: Id
    reason: ShortText = ""


class Regrade(Model):
    """A clerk has seen the proof of a need, or found none."""

    ticket_id: Id
    need: Need | None
    reason: ShortText = ""


class FileError(Model):
    """A clerk has found something wrong in a file; feeds the monthly error rate."""

    ticket_id: Id
    code: Id
    """as policy lists them"""
    note: ShortText = ""


class Acted(Model):
    """A clerk's act was done once."""

    ticket_id: Id | None = None
