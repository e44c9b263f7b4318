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

DEAD_ATR = b"\x00"
"""No answer to reset at all would look like an empty place to vpcd."""
PCSCD_NOTICES_S = 0.6
"""pcscd looks for cards every 0.4 s, and one that goes and comes back in between it never finds
again, though vpcd has it."""

_LOOK_EVERY_S = 0.02
_SILENCE_S = 6.0
"""vpcd waits for an answer for ever; a silent chip then loses its contact."""


class ChipPeer:
    """Connects whatever chip stands at a position to a slot, for as long as it stands there.

    Args:
        position: where the chip stands.
        port: of the slot, on loopback.
        away_s: shortest time between going and coming back.
    """

    def __init__(self, position: ChipPosition, port: int, away_s: float = PCSCD_NOTICES_S) -> None:
        self._position = position
        self._port = port
        self._away_s = away_s
        self._stays_mute = False
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
            self._stopped.wait(self._away_s)

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
            if answer is ChipTrouble.SILENT:
                self._keep_silent(slot)
            if isinstance(answer, ChipTrouble):
                return
            if answer is not None:
                slot.sendall(struct.pack(">H", len(answer)) + answer)

    def _answer(self, message: bytes) -> bytes | ChipTrouble | None:
        """What to send back: nothing for most orders, and a trouble ends the connection."""
        if message in (POWER_ON, RESET):
            self._stays_mute = self._position.power_on() is ChipTrouble.DEAD
            return None
        if message == SEND_ATR:
            # vpcd asks for this also to see whether a card is there: only the answer to a power-on
            # tells a dead chip from an empty place.
            mute, self._stays_mute = self._stays_mute, False
            return DEAD_ATR if mute else ATR
        return self._position.answer(message) if len(message) > 1 else None

    def _keep_silent(self, slot: socket.socket) -> None:
        for _ in range(int(_SILENCE_S / _LOOK_EVERY_S)):
            if self._stopped.is_set() or select.select([slot], [], [], _LOOK_EVERY_S)[0]:
                return

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
