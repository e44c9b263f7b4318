"""Slots without a PC/SC service, for unit tests and for demos on machines that have none.

`DirectSlot` calls the chip; `VpcdSlot` stands where Debian's vpcd would, on a port the chip
connects to, so that machine and simulator may live in different processes.
"""

import contextlib
import socket
import struct

from hardware.errors import NotConnectedError
from hardware.interfaces.chip_reader import ChipTrouble
from hardware.simulators.chip_peer import DEAD_ATR, POWER_OFF, POWER_ON, SEND_ATR
from hardware.simulators.chip_position import ChipPosition
from hardware.status import Media

_ANSWER_LIMIT_S = 5.0


def free_port() -> int:
    """A loopback port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class DirectSlot:
    """Implements `ChipSlot` by calling a chip in the same process.

    Args:
        position: where the chip stands.
    """

    def __init__(self, position: ChipPosition) -> None:
        self._position = position
        self.plugged = True

    def open(self) -> str:
        """Take the reader."""
        self.check()
        return "in process"

    def close(self) -> None:
        """Nothing to let go of."""

    def media(self) -> Media:
        """Whether a card stands there."""
        self.check()
        return Media.PRESENT if self._position.card() else Media.NOT_PRESENT

    def connect(self) -> "DirectChannel | ChipTrouble":
        """Wake the chip."""
        self.check()
        return self._position.power_on() or DirectChannel(self, self._position)

    def check(self) -> None:
        """Whether the reader is still there.

        Raises:
            NotConnectedError: it was unplugged.
        """
        if not self.plugged:
            raise NotConnectedError("chip_reader", "unplugged")


class DirectChannel:
    """Implements `ChipChannel`.

    Args:
        slot: the reader.
        position: where the chip stands.
    """

    def __init__(self, slot: DirectSlot, position: ChipPosition) -> None:
        self._slot = slot
        self._position = position

    def transmit(self, command: bytes) -> bytes | ChipTrouble:
        """Send a command."""
        self._slot.check()
        return self._position.answer(command)

    def close(self) -> None:
        """The next conversation begins with a power-on anyway."""


class VpcdSlot:
    """Implements `ChipSlot` as the listener that a chip connects to.

    Args:
        device: name for errors.
        port: on loopback; 0 for any free one.
        answer_limit_s: after which a chip counts as silent.
    """

    def __init__(self, device: str, port: int, answer_limit_s: float = _ANSWER_LIMIT_S) -> None:
        self._device = device
        self._wanted_port = port
        self._answer_limit_s = answer_limit_s
        self._listener: socket.socket | None = None
        self._chip: socket.socket | None = None

    @property
    def port(self) -> int:
        """Where it listens; valid after `open`."""
        assert self._listener, "the slot is not open"
        return int(self._listener.getsockname()[1])

    def open(self) -> str:
        """Begin to listen.

        Raises:
            NotConnectedError: the port is taken.
        """
        self.close()
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", self._wanted_port))
        except OSError as error:
            listener.close()
            raise NotConnectedError(self._device, "the slot's port is taken") from error
        listener.listen(1)
        listener.setblocking(False)
        self._listener = listener
        return f"slot at port {self.port}"

    def close(self) -> None:
        """Stop listening, and let go of the chip."""
        for one in (self._listener, self._chip):
            if one is not None:
                one.close()
        self._listener = self._chip = None

    def media(self) -> Media:
        """Whether a card stands there: whether a chip is connected."""
        return Media.PRESENT if self._connected() else Media.NOT_PRESENT

    def connect(self) -> "VpcdChannel | ChipTrouble":
        """Wake the chip: power on, then its answer to reset, which a dead one has not."""
        chip = self._connected()
        if chip is None:
            return ChipTrouble.NO_CARD
        channel = VpcdChannel(self, chip)
        channel.send(POWER_ON)
        answer = channel.transmit(SEND_ATR)
        if isinstance(answer, ChipTrouble):
            return ChipTrouble.NO_CARD if answer is ChipTrouble.PULLED else ChipTrouble.DEAD
        return channel if answer not in (b"", DEAD_ATR) else ChipTrouble.DEAD

    def drop(self, chip: socket.socket) -> None:
        """The chip is gone."""
        chip.close()
        if self._chip is chip:
            self._chip = None

    def _connected(self) -> socket.socket | None:
        if self._listener is None:
            raise NotConnectedError(self._device, "the slot is not open")
        if self._chip is not None and self._is_gone(self._chip):
            self.drop(self._chip)
        if self._chip is None:
            with contextlib.suppress(BlockingIOError):
                self._chip = self._listener.accept()[0]
                self._chip.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._chip.settimeout(self._answer_limit_s)
        return self._chip

    def _is_gone(self, chip: socket.socket) -> bool:
        """Between commands a chip says nothing: readable means closed."""
        try:
            chip.settimeout(0)
            return chip.recv(1, socket.MSG_PEEK) == b""
        except BlockingIOError:
            return False
        except OSError:
            return True
        finally:
            with contextlib.suppress(OSError):
                chip.settimeout(self._answer_limit_s)


class VpcdChannel:
    """Implements `ChipChannel` with vpcd's messages: length, then content (hardware facts 2.2).

    Args:
        slot: the reader.
        chip: the connection.
    """

    def __init__(self, slot: VpcdSlot, chip: socket.socket) -> None:
        self._slot = slot
        self._chip = chip

    def send(self, message: bytes) -> bool:
        """Send without waiting for anything; whether the chip is still there."""
        try:
            self._chip.sendall(struct.pack(">H", len(message)) + message)
        except OSError:
            self._slot.drop(self._chip)
            return False
        return True

    def transmit(self, command: bytes) -> bytes | ChipTrouble:
        """Send a command."""
        if not self.send(command):
            return ChipTrouble.PULLED
        try:
            head = self._receive(2)
            return self._receive(struct.unpack(">H", head)[0])
        except TimeoutError:
            # What comes later must not be taken for another command's answer.
            self._slot.drop(self._chip)
            return ChipTrouble.SILENT
        except OSError:
            self._slot.drop(self._chip)
            return ChipTrouble.PULLED

    def close(self) -> None:
        """Power the chip down."""
        self.send(POWER_OFF)

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = self._chip.recv(count - len(data))
            if not piece:
                raise ConnectionResetError
            data += piece
        return data
