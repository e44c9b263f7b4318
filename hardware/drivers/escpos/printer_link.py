"""The wire to a printer: python-escpos opens it, the bytes are ours.

python-escpos's own reading helpers ask for sixteen bytes where a printer sends one, and take
silence for plenty of paper (hardware facts 3.2); so this module reads the port or socket itself.
"""

import contextlib
import os
import socket
import termios
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import serial

# python-escpos reads its tables of printer models when it is imported, half a second of YAML that
# this driver, which makes its own bytes, has no use for.
os.environ.setdefault("ESCPOS_CAPABILITIES_FILE", str(Path(__file__).with_name("models.json")))

# isort: split - the variable above is read while it is imported
from escpos.exceptions import DeviceNotFoundError
from escpos.printer import Network, Serial

from hardware.errors import NotConnectedError
from hardware.settings import OptionReader, Options

# A serial port that vanished throws termios' own error when it is flushed.
_BROKEN = (OSError, serial.SerialException, DeviceNotFoundError, termios.error)


class PrinterLink(ABC):
    """One wire, opened and closed many times.

    Args:
        device: name for errors.
        timeout_s: longest wait for one byte.
    """

    def __init__(self, device: str, timeout_s: float) -> None:
        self._device = device
        self._timeout_s = timeout_s
        self._printer: Any = None

    @property
    def is_open(self) -> bool:
        """Whether the wire is held; it may be broken all the same."""
        return self._printer is not None

    def open(self) -> None:
        """Take the wire.

        Raises:
            NotConnectedError: it is not there.
        """
        self.close()
        printer = self._make()
        try:
            self._connect(printer)
        except _BROKEN as error:
            raise NotConnectedError(self._device, "the printer's wire cannot be opened") from error
        self._printer = printer

    def close(self) -> None:
        """Let go; harmless when it is not open."""
        printer, self._printer = self._printer, None
        if printer is not None:
            # Its own close flushes first, which a vanished port refuses, and once more in __del__.
            wire, printer._device = printer._device, False  # noqa: SLF001 - the only way past that
            if wire:
                with contextlib.suppress(*_BROKEN):
                    wire.close()

    def write(self, data: bytes) -> None:
        """Send bytes.

        Raises:
            NotConnectedError: the wire broke.
        """
        with self._losing():
            self._wire._raw(data)  # noqa: SLF001 - python-escpos's name for sending bytes as they are

    def read(self) -> int | None:
        """One byte, None when none came in time.

        Raises:
            NotConnectedError: the wire broke.
        """
        with self._losing():
            return self._read()

    def drop_input(self) -> None:
        """Forget what came in unasked.

        Raises:
            NotConnectedError: the wire broke.
        """
        with self._losing():
            self._drop_input()

    @property
    def _wire(self) -> Any:
        if self._printer is None:
            raise NotConnectedError(self._device, "the printer's wire is not open")
        return self._printer

    @contextlib.contextmanager
    def _losing(self) -> Any:
        try:
            yield
        except _BROKEN as error:
            self.close()
            raise NotConnectedError(self._device, "the printer's wire broke") from error

    def _connect(self, printer: Any) -> None:
        printer.open()

    @abstractmethod
    def _make(self) -> Any:
        """The python-escpos printer, closed."""

    @abstractmethod
    def _read(self) -> int | None:
        """One byte or None."""

    @abstractmethod
    def _drop_input(self) -> None:
        """Empty the input."""


class SerialLink(PrinterLink):
    """A serial port.

    Args:
        device: name for errors.
        timeout_s: longest wait for one byte.
        port: path.
        baudrate: bit/s, 8N1.
    """

    def __init__(self, device: str, timeout_s: float, port: str, baudrate: int) -> None:
        super().__init__(device, timeout_s)
        self._port = port
        self._baudrate = baudrate

    def _make(self) -> Any:
        # Cheap adapters have no modem lines, so none is asked for.
        return Serial(self._port, baudrate=self._baudrate, timeout=self._timeout_s, dsrdtr=False)

    def _read(self) -> int | None:
        data: bytes = self._wire.device.read(1)
        return data[0] if data else None

    def _drop_input(self) -> None:
        self._wire.device.reset_input_buffer()


class NetworkLink(PrinterLink):
    """A TCP connection.

    Args:
        device: name for errors.
        timeout_s: longest wait for one byte.
        host: address.
        tcp_port: most often 9100.
    """

    def __init__(self, device: str, timeout_s: float, host: str, tcp_port: int) -> None:
        super().__init__(device, timeout_s)
        self._host = host
        self._tcp_port = tcp_port

    def _make(self) -> Any:
        return Network(self._host, self._tcp_port, timeout=self._timeout_s)

    def _connect(self, printer: Any) -> None:
        # Its own open leaves a socket behind that could not be connected.
        printer.device = socket.create_connection((self._host, self._tcp_port), self._timeout_s)

    def _read(self) -> int | None:
        try:
            data: bytes = self._wire.device.recv(1)
        except TimeoutError:
            return None
        if not data:
            # The peer has closed; the next write would vanish without a word.
            raise ConnectionResetError
        return data[0]

    def _drop_input(self) -> None:
        wire: socket.socket = self._wire.device
        wire.setblocking(False)
        try:
            while wire.recv(256):
                pass
            raise ConnectionResetError
        except BlockingIOError:
            pass
        finally:
            wire.settimeout(self._timeout_s)


def link_for(device: str, options: Options) -> PrinterLink:
    """The wire that the options name.

    Args:
        device: name of the printer in the configuration.
        options: `connection` (`serial` or `network`), `port` and `baudrate`, or `host` and
            `tcp_port`; `answer_timeout_s`.

    Raises:
        SettingsError: lists every mistake.
    """
    reader = OptionReader(f"devices.{device}", options)
    connection = reader.text("connection", "serial")
    timeout_s = reader.number("answer_timeout_s", 1.0, 0.01, 30)
    reader.number("confirm_timeout_s", 8.0, 0.05, 60)
    reader.one_of("width_dots", 576, (384, 576))
    baudrate = reader.one_of("baudrate", 115200, (9600, 19200, 38400, 57600, 115200))
    link: PrinterLink
    if connection == "network":
        port = int(reader.number("tcp_port", 9100, 1, 65535))
        link = NetworkLink(device, timeout_s, reader.text("host"), port)
    else:
        if connection != "serial":
            reader.reject("connection", f"{connection!r}, must be serial or network")
        link = SerialLink(device, timeout_s, reader.text("port"), baudrate)
    reader.end()
    return link
