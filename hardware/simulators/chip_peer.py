"""A simulated chip on the wire of vpcd, the slot without a reader (hardware facts 2.2).

The slot listens, the chip connects: connected means that a card stands there. Messages are a
length of two bytes and their content; one byte is an order to the chip, anything longer a command.
"""

import contextlib
import select
import socket
import struct
import threading

from hardware.interfaces.chip_reader import ChipTrouble
from hardware.simulators.chip_position import ChipPosition
from hardware.simulators.permit_chip import ATR, Chip

VPCD_PORT = 0x8C7B
"""Debian's configuration of vpcd; its second slot has the next port."""
POWER_OFF, POWER_ON, RESET, SEND_ATR = b"\x00", b"\x01", b"\x02", b"\x04"

_LOOK_EVERY_S = 0.02


class ChipPeer:
    """Connects whatever chip stands at a position to a slot, for as long as it stands there.

    Args:
        position: where the chip stands.
        port: of the slot, on loopback.
    """

    def __init__(self, position: ChipPosition, port: int) -> None:
        self._position = position
        self._port = port
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chip-peer", daemon=True)

    def start(self) -> None:
        """Begin to look for a card."""
        self._thread.start()

    def stop(self) -> None:
        """Take the card away from the slot and end."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def pause(self, seconds: float) -> bool:
        """Let time pass; False when the peer was stopped meanwhile."""
        return not self._stopped.wait(seconds)

    def _run(self) -> None:
        while not self._stopped.is_set():
            chip = self._position.card()
            slot = self._connect() if chip else None
            if slot is None or chip is None:
                self._stopped.wait(_LOOK_EVERY_S)
                continue
            with slot, contextlib.suppress(OSError):
                self._serve(slot, chip)

    def _connect(self) -> socket.socket | None:
        try:
            slot = socket.create_connection(("127.0.0.1", self._port), timeout=1.0)
        except OSError:
            return None
        slot.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return slot

    def _serve(self, slot: socket.socket, chip: Chip) -> None:
        while not self._stopped.is_set() and self._position.card() is chip:
            if not select.select([slot], [], [], _LOOK_EVERY_S)[0]:
                continue
            message = self._receive(slot)
            if message is None:
                return
            answer = self._answer(message)
            if isinstance(answer, ChipTrouble):
                return
            if answer is not None:
                slot.sendall(struct.pack(">H", len(answer)) + answer)

    def _answer(self, message: bytes) -> bytes | ChipTrouble | None:
        """What to send back: nothing for most orders, and a trouble ends the connection."""
        if message in (POWER_ON, RESET):
            self._position.power_on()
            return None
        if message == SEND_ATR:
            return b"" if self._position.faults.dead else ATR
        if len(message) <= 1:
            return None
        answer = self._position.answer(message)
        return None if answer is ChipTrouble.SILENT else answer

    def _receive(self, slot: socket.socket) -> bytes | None:
        head = self._take(slot, 2)
        if head is None:
            return None
        return self._take(slot, struct.unpack(">H", head)[0])

    def _take(self, slot: socket.socket, count: int) -> bytes | None:
        data = b""
        while len(data) < count:
            # Length and content come apart; without this each waits 40 ms for a delayed ACK,
            # and the kernel forgets the option after every use.
            slot.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
            piece = slot.recv(count - len(data))
            if not piece:
                return None
            data += piece
        return data
