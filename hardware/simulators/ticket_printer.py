"""A simulated ticket printer at the other end of a serial line or a TCP connection.

See `hardware.simulators.escpos_machine` for what is not modelled inside; on the wire, handshake
lines and wrong baud rates are not.
"""

import threading
from collections.abc import Mapping

from hardware.settings import Options
from hardware.simulators.base import Knob, Picture
from hardware.simulators.escpos_machine import EscPosMachine
from hardware.simulators.knob_board import KnobBoard
from hardware.simulators.tcp_peer import TcpPeer
from hardware.simulators.wire import PtyPeer

_SWITCHES = ("cover_open", "jammed", "broken", "silent", "noisy")


class TicketPrinterSimulator:
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: of the driver; `connection` decides the wire, `baudrate` its pace.
    """

    def __init__(self, key: str, options: Options) -> None:
        self.key = key
        self.machine = EscPosMachine(self._send)
        self._network = options.get("connection") == "network"
        baud = options.get("baudrate")
        self._pty = PtyPeer(self._heard, baud=int(baud) if baud else None, name=key)
        self._tcp = TcpPeer(self._heard, name=key)
        self._lock = threading.Lock()
        self._cut_after_bytes: int | None = None
        self._lose_before_answer = False
        self.machine.swallow_barrier = self._swallow

    @property
    def wire(self) -> PtyPeer | TcpPeer:
        """The wire in use."""
        return self._tcp if self._network else self._pty

    def start(self) -> Mapping[str, str | int | float]:
        """Switch on; returns the options that lead here."""
        self.machine.start()
        if self._network:
            host, port = self._tcp.start()
            return {"host": host, "tcp_port": port}
        return {"port": self._pty.start()}

    def stop(self) -> None:
        """Switch off."""
        self.wire.stop()
        self.machine.stop()

    def lose_link_after(self, job_bytes: int) -> None:
        """Pull the plug when so many more bytes have arrived."""
        with self._lock:
            self._cut_after_bytes = job_bytes

    def lose_link_before_answer(self) -> None:
        """Pull the plug once, just before the next job is confirmed."""
        self._lose_before_answer = True

    def take_paper(self) -> None:
        """Take everything out of the slot."""
        self.machine.record.in_slot = 0

    def pictures(self) -> tuple[Picture, ...]:
        """Every piece of paper that came out."""
        return tuple(
            Picture(f"paper-{number:03d}.png", sheet.png(), "\n".join((*sheet.lines, *sheet.codes)))
            for number, sheet in enumerate(tuple(self.machine.record.sheets), 1)
        )

    def knobs(self) -> tuple[Knob, ...]:
        """What a tester can turn."""
        machine = self.machine
        board = KnobBoard("ticket_printer", machine.condition)
        return (
            board.pick(
                "paper",
                ("full", "low", "out"),
                lambda: machine.condition.paper,
                lambda value: machine.change(paper=value),
            ),
            *(self._switch(board, key) for key in _SWITCHES),
            board.cable(self.wire, self._pull),
            board.lever(
                "slow",
                lambda: machine.condition.line_s > 0,
                lambda on: machine.change(line_s=0.2 if on else 0.0),
            ),
            board.action("lose_before_answer", self.lose_link_before_answer),
            board.action("take_paper", self.take_paper),
        )

    def _switch(self, board: KnobBoard, key: str) -> Knob:
        return board.lever(
            key,
            lambda: bool(getattr(self.machine.condition, key)),
            lambda on: self.machine.change(**{key: on}),
        )

    def _pull(self) -> None:
        self.machine.link_lost()
        self.wire.unplug()

    def _send(self, data: bytes) -> None:
        self.wire.send(data)

    def _heard(self, data: bytes) -> bytes:
        with self._lock:
            left = self._cut_after_bytes
            if left is not None:
                data = data[:left]
                self._cut_after_bytes = left - len(data) or None
            cut = left is not None and self._cut_after_bytes is None
        self.machine.feed(data)
        if cut:
            # The wire's own thread may not pull its own plug and wait for itself.
            threading.Thread(target=self._pull, daemon=True).start()
        return b""

    def _swallow(self) -> bool:
        if not self._lose_before_answer:
            return False
        self._lose_before_answer = False
        self._pull()
        return True
