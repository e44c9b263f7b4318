"""What the transaction works with; tests hand in a simulated world."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar

from hardware.interfaces.card_printer import FaceJob
from hardware.interfaces.device import Cancel
from hardware.interfaces.ticket_printer import Paper
from hardware.outcome import Outcome as DeviceOutcome
from kiosk.central.answer import Outcome
from kiosk.central.contract import Accepted, orders, payments, permits
from kiosk.clock import Clock
from kiosk.domain.transaction.progress import Progress
from kiosk.saga.inbox import Inbox
from kiosk.saga.journal import Journal
from kiosk.saga.limits import Limits
from kiosk.saga.state import State

T = TypeVar("T")

CARD_PRINTER = "card_printer"
CHIP_READER = "chip_reader"
CARD_TERMINAL = "card_terminal"
CASH_ACCEPTOR = "cash_acceptor"
CODE_SCANNER = "code_scanner"
TICKET_PRINTER = "ticket_printer"


class Never:
    """A call that nobody withdraws: after its first irreversible byte it is driven to its end."""

    def is_set(self) -> bool:
        """Not."""
        return False

    def wait(self, timeout: float | None = None) -> bool:
        """Nobody may wait for what never happens."""
        raise NotImplementedError


NEVER = Never()


class Devices(Protocol):
    """The machine's devices, used one call at a time."""

    def call(
        self, name: str, fn: Callable[[Any, Cancel], T], limit_s: float, cancel: Cancel
    ) -> DeviceOutcome[T]:
        """Use a device and wait for what becomes of it.

        Args:
            name: of the device.
            fn: gets the driver and a cancel of its own.
            limit_s: after so many seconds it is overdue.
            cancel: withdraws it.
        """

    def usable(self, name: str) -> bool:
        """Whether the device is there and well, as far as is known; asks nobody."""


class Central(Protocol):
    """Calls whose trouble is a value; `EndorsementsClient` is one."""

    def permit(self, query: permits.PermitQuery) -> Outcome[permits.PermitOnFile]:
        """The permit on file of a person."""

    def eligibility(self, query: permits.EligibilityQuery) -> Outcome[permits.Eligibility]:
        """What the machine may make for this person today."""

    def order(self, order: orders.OrderIn, key: str) -> Outcome[orders.OrderOut]:
        """Have a choice approved."""

    def order_state(self, order_id: str) -> Outcome[orders.OrderOut]:
        """An order as it stands."""

    def confirm(
        self, order_id: str, confirmation: orders.ConfirmationIn, key: str
    ) -> Outcome[orders.OrderOut]:
        """The card was made."""

    def void(self, order_id: str, void: orders.VoidIn, key: str) -> Outcome[orders.OrderOut]:
        """Nothing was made."""

    def pay(self, payment: payments.PaymentIn, key: str) -> Outcome[payments.PaymentOut]:
        """Charge a payment code, or report what a device has taken."""

    def payment_state(self, payment_id: str) -> Outcome[payments.PaymentOut]:
        """A payment as it stands."""

    def cancel(
        self, payment_id: str, cancel: payments.CancelIn, key: str
    ) -> Outcome[payments.PaymentOut]:
        """Close a payment's key."""

    def refund(
        self, payment_id: str, refund: payments.RefundIn, key: str
    ) -> Outcome[payments.PaymentOut]:
        """Give back what was taken."""

    def open_case(self, case: orders.CaseIn, key: str) -> Outcome[Accepted]:
        """Tell staff of a case."""

    def close_case(self, case_id: str, closed: orders.CaseClosed, key: str) -> Outcome[Accepted]:
        """Tell central that a case was closed."""


class Papers(Protocol):
    """Composes what is printed."""

    def face(self, order: orders.OrderOut) -> FaceJob:
        """The face of the card for an approved order; the same order gives the same job."""

    def slip(self, state: State) -> Paper:
        """The slip: what was made, given back, owed, or kept, and the number of the case."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything a transaction needs.

    Args:
        machine_id: of this machine.
        hall_id: its hall.
        journal: where every row goes.
        devices: the machine's.
        central: asked and told.
        papers: composes face and slip.
        inbox: what the citizen does.
        tell: takes every report; it must not wait.
        clock: the hall's time.
        pause: waits so many seconds.
        new_id: makes the id of a transaction; letters and digits, at most 40.
        limits: every time limit and number of tries.
    """

    machine_id: str
    hall_id: str
    journal: Journal
    devices: Devices
    central: Central
    papers: Papers
    inbox: Inbox
    tell: Callable[[Progress], None]
    clock: Clock
    pause: Callable[[float], None]
    new_id: Callable[[], str]
    limits: Limits = field(default_factory=Limits)
