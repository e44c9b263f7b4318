"""A card terminal's driver and the simulator at its far end, as tests stand between them."""

import threading
from dataclasses import dataclass

from hardware.drivers.uart.card_terminal import MisPosCardTerminal
from hardware.interfaces.card_terminal import Approved, CardOrder
from hardware.interfaces.device import Cancel
from hardware.settings import Options
from hardware.simulators.card_terminal import CardTerminalSimulator

QUICK: Options = {
    "receipt_timeout_s": 0.3,
    "answer_timeout_s": 0.6,
    "bank_timeout_s": 1.0,
    "customer_timeout_s": 1.0,
    "gap_timeout_s": 0.05,
}
"""Patience that keeps tests short."""
NEVER = threading.Event()
"""A cancel that nobody uses."""


@dataclass
class TerminalBed:
    """A terminal and its far end.

    Args:
        terminal: the driver, open.
        peer: the simulator; it lives through restarts.
        options: of the driver.
    """

    terminal: MisPosCardTerminal
    peer: CardTerminalSimulator
    options: Options

    def order(self, key: str = "order-1", amount_fen: int = 1500) -> CardOrder:
        """Open an order."""
        order = self.terminal.open_order(key, amount_fen, NEVER)
        assert isinstance(order, CardOrder), order
        return order

    def sold(self, key: str = "order-1", cancel: Cancel = NEVER) -> Approved:
        """Open an order and sell it."""
        outcome = self.terminal.sale(self.order(key), cancel)
        assert isinstance(outcome, Approved), outcome
        return outcome

    def restart(self) -> None:
        """The machine was killed; terminal and customer know nothing of it."""
        self.terminal.close()
        self.terminal = MisPosCardTerminal("terminal", self.options)
        self.terminal.open()
