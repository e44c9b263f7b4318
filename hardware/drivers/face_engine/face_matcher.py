"""A vendor's face library in a helper program of its own, spoken to over loopback.

Vendor libraries crash, hang and want 32 bits (vision facts 12.9); none is loaded into this process.
Pictures of faces leave this process unencrypted, therefore only to this very machine.
"""

import ipaddress
import socket

from hardware.codecs.face_engine import (
    LONGEST_LINE,
    BadLineError,
    compare,
    hello,
    read_engine,
    read_result,
)
from hardware.drivers.life_cycle import status_behind
from hardware.errors import (
    DeviceError,
    NoAnswerError,
    NotConnectedError,
    ProtocolError,
)
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.interfaces.face_matcher import Absence, MatchResult, Unavailable
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus
from hardware.timing import Deadline


class HelperFaceMatcher:
    """Implements `FaceMatcherDevice`.

    Args:
        name: of the device in the configuration.
        options: `host` (a loopback address) and `tcp_port` of the helper, `answer_timeout_s` of one
            answer.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        table = OptionReader(f"devices.{name}", options)
        host = table.text("host", "127.0.0.1")
        port = int(table.number("tcp_port", 0, 1, 65535))
        self._answer_s = table.number("answer_timeout_s", 5.0, 0.05, 30)
        if not _is_loopback(host):
            table.reject("host", "must be a loopback address")
        table.end()
        self._name = name
        self._address = (host, port)
        self._identity = DeviceIdentity("face engine")

    def open(self) -> None:
        """Ask the helper who it is.

        Raises:
            DeviceError: it is not there, or does not answer.
        """
        line = self._ask(hello())
        try:
            self._identity = DeviceIdentity(read_engine(line))
        except BadLineError as error:
            raise ProtocolError(self._name, str(error)) from None

    def close(self) -> None:
        """Nothing is held between two questions."""

    def status(self) -> DeviceStatus:
        """Ask the helper again who it is."""
        try:
            self.open()
        except DeviceError as error:
            return status_behind(error)
        return DeviceStatus(DeviceState.ONLINE)

    def reset(self) -> None:
        """Ask anew; the helper's own supervisor restarts it.

        Raises:
            DeviceError: it does not answer.
        """
        self.open()

    def identity(self) -> DeviceIdentity:
        """Name and version of the engine."""
        return self._identity

    def compare(self, live: bytes, reference: bytes, cancel: Cancel) -> MatchResult | None:
        """Ask the helper; see `FaceMatcher.compare`."""
        if cancel.is_set():
            return None
        try:
            return read_result(self._ask(compare(live, reference)))
        except (DeviceError, BadLineError):
            return Unavailable(Absence.NO_ANSWER)

    def _ask(self, line: bytes) -> bytes:
        deadline = Deadline(self._answer_s)
        try:
            with socket.create_connection(self._address, self._answer_s) as connection:
                connection.sendall(line)
                return self._line(connection, deadline)
        except TimeoutError:
            raise NoAnswerError(self._name, f"silence for {self._answer_s:g} s") from None
        except OSError as error:
            raise NotConnectedError(self._name, "no helper answers") from error

    def _line(self, connection: socket.socket, deadline: Deadline) -> bytes:
        received = bytearray()
        while not received.endswith(b"\n"):
            connection.settimeout(max(0.001, deadline.left_s))
            data = connection.recv(65536)
            if not data or len(received) + len(data) > LONGEST_LINE:
                raise ProtocolError(self._name, "the answer is cut off or does not end")
            received += data
        return bytes(received)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
