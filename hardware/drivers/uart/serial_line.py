"""A serial port, with everything it can throw turned into one fact: the port is gone.

Modem lines are not touched: cheap adapters and pseudo-terminals have none (hardware facts 9a).
"""

import contextlib
import termios
from collections.abc import Iterator, Sequence
from typing import Self

import serial

from hardware.errors import NotConnectedError
from hardware.settings import OptionReader

SLICE_S = 0.02
"""Longest single wait inside the port; a deadline is kept to within this."""
WRITE_LIMIT_S = 2.0


class SerialLine:
    """A port that is opened, used and let go by one thread.

    Args:
        device: name for errors.
        port: path such as `/dev/ttyUSB0`.
        baudrate: bit/s, eight data bits, one stop bit.
        even_parity: whether a parity bit follows the data. It cannot be changed once a port is
            open (hardware facts 9a).
    """

    def __init__(self, device: str, port: str, baudrate: int, *, even_parity: bool = False) -> None:
        self._device = device
        self._path = port
        self._baudrate = baudrate
        self._parity = serial.PARITY_EVEN if even_parity else serial.PARITY_NONE
        self._port: serial.Serial | None = None

    @classmethod
    def configured(
        cls,
        device: str,
        table: OptionReader,
        baudrates: Sequence[int],
        *,
        even_parity: bool = False,
    ) -> Self:
        """A port as the options `port` and `baudrate` name it; the first of the rates is usual."""
        port = table.text("port")
        baudrate = table.one_of("baudrate", baudrates[0], baudrates)
        return cls(device, port, baudrate, even_parity=even_parity)

    def open(self) -> None:
        """Take the port for this process alone.

        Raises:
            NotConnectedError: it is not there, or another process has it.
        """
        self.close()
        with self._losing("cannot open the port"):
            self._port = serial.Serial(
                self._path,
                self._baudrate,
                parity=self._parity,
                timeout=SLICE_S,
                write_timeout=WRITE_LIMIT_S,
                exclusive=True,
            )

    def close(self) -> None:
        """Let go; harmless when it is not open."""
        port, self._port = self._port, None
        if port is not None:
            # A port that has vanished may refuse even this.
            with contextlib.suppress(serial.SerialException, OSError, termios.error):
                port.close()

    @property
    def is_open(self) -> bool:
        """Whether the port is held; it may have vanished all the same."""
        return self._port is not None

    def write(self, data: bytes) -> None:
        """Send bytes, after dropping whatever came in unasked since the last answer.

        Raises:
            NotConnectedError: the port is gone.
        """
        port = self._opened()
        with self._losing("the port went away while writing"):
            port.reset_input_buffer()
            port.write(data)

    def send(self, data: bytes) -> None:
        """Send bytes and keep what has come in; for receipts and for devices that speak unasked.

        Raises:
            NotConnectedError: the port is gone.
        """
        port = self._opened()
        with self._losing("the port went away while writing"):
            port.write(data)

    def read(self, most: int) -> bytes:
        """Up to `most` bytes, after at most `SLICE_S` seconds.

        Raises:
            NotConnectedError: the port is gone.
        """
        port = self._opened()
        with self._losing("the port went away while reading"):
            return port.read(most)

    def _opened(self) -> serial.Serial:
        if self._port is None:
            raise NotConnectedError(self._device, "the port is not open")
        return self._port

    @contextlib.contextmanager
    def _losing(self, fact: str) -> Iterator[None]:
        try:
            yield
        # A vanished port shows as any of these three, depending on the call (hardware facts 9a).
        except (serial.SerialException, OSError, termios.error) as error:
            self.close()
            raise NotConnectedError(self._device, fact) from error
