"""The bank terminal over its real driver and serial line."""

from typing import ClassVar

from hardware.drivers.uart.card_terminal import MisPosCardTerminal
from hardware.interfaces.device import Device
from hardware.simulators.card_terminal import CardTerminalSimulator
from tests.kit.card_terminal_bed import QUICK
from tests.kit.saga_world.terminal import WorldTerminal
from tests.kit.saga_world.wired import WiredHall


class _Bank(WorldTerminal):
    """What the bank holds."""

    peer: CardTerminalSimulator

    def net_fen(self, _order_key: str) -> int:
        """One key is all there is."""
        return self.peer.book.taken_fen


class WiredTerminalHall(WiredHall):
    """A hall whose terminal is a driver, a serial line and a machine at its far end."""

    name: ClassVar = "card_terminal"

    def plug_in(self) -> CardTerminalSimulator:
        """A terminal whose customer loses no time."""
        peer = CardTerminalSimulator(self.name, {}, paced=False)
        peer.misbehaviour.customer_delay_ms = 0
        self._options = {**QUICK, **peer.start()}
        bank = self.terminal = _Bank(self.world)
        bank.peer = peer
        return peer

    def driver(self) -> Device:
        """A new driver, not open."""
        return MisPosCardTerminal(self.name, self._options)
