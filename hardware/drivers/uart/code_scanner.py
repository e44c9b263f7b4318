"""Scanner that sends the text of every code it sees on a serial line (hardware facts 7).

The scanner itself is never told anything: it scans all the time, and arming means to listen. What
was scanned before is dropped, and so is the rest of a code that was on the line at that moment.
"""

import hashlib
import logging

from hardware.codecs.scan_line import ScanLineParser
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import NotConnectedError
from hardware.interfaces.code_scanner import ScannedCode, ScanTrouble
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus
from hardware.timing import Deadline

BAUDRATES = (115200, 57600, 38400, 19200, 9600)
_PIECE_BYTES = 64

log = logging.getLogger(__name__)


class SerialCodeScanner:
    """Implements `CodeScanner`.

    Args:
        name: of the device in the configuration.
        options: `port`, `baudrate` (bit/s), `quiet_s` of silence after which the line is taken for
            empty when arming, `gap_timeout_s` of silence that ends a line without its end,
            `repeat_s` during which the same code, still held there, is not read again.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._line = SerialLine.configured(name, table, BAUDRATES)
        self._quiet_s = table.number("quiet_s", 0.1, 0.001, 2)
        self._gap_s = table.number("gap_timeout_s", 0.3, 0.01, 5)
        self._repeat_s = table.number("repeat_s", 2.0, 0.0, 60)
        table.end()
        self._name = name
        self._last_seen = b""
        self._forgotten = Deadline(0)

    def open(self) -> None:
        """Take the port; a scanner has no hello.

        Raises:
            NotConnectedError: the port is not there.
        """
        self._line.open()

    def close(self) -> None:
        """Let go of the port."""
        self._line.close()

    def status(self) -> DeviceStatus:
        """Whether the port is there; whether the scanner behind it sees is not known."""
        try:
            # Read, because only that notices a port that went away; nobody waits for what came.
            self._line.read(_PIECE_BYTES)
        except NotConnectedError:
            return DeviceStatus(DeviceState.NO_DEVICE)
        return DeviceStatus(DeviceState.ONLINE)

    def reset(self) -> None:
        """Drop what came in.

        Raises:
            NotConnectedError: the port is gone.
        """
        self._line.read(_PIECE_BYTES)

    def identity(self) -> DeviceIdentity:
        """The way it speaks; it does not say who it is."""
        return DeviceIdentity("serial scanner")

    def read_code(self, cancel: Cancel) -> ScannedCode | ScanTrouble | None:
        """Arm, wait for one code, disarm; see `CodeScanner.read_code`."""
        self._drop_stale(cancel)
        parser, gap = ScanLineParser(), Deadline(0)
        while not cancel.is_set():
            data = self._line.read(_PIECE_BYTES)
            if data:
                gap = Deadline(self._gap_s)
                parser.feed(data)
            found = parser.next()
            if found is None and parser.begun and gap.passed:
                found = ScanTrouble.NOT_TEXT
            if isinstance(found, ScannedCode) and self._seen_again(found):
                continue
            if found is not None:
                log.info("%s: %s", self._name, found)
                return found
        return None

    def _drop_stale(self, cancel: Cancel) -> None:
        """Wait until nothing comes any more, so that no tail of an older code is left."""
        quiet = Deadline(self._quiet_s)
        while not (quiet.passed or cancel.is_set()):
            if self._line.read(_PIECE_BYTES):
                quiet = Deadline(self._quiet_s)

    def _seen_again(self, code: ScannedCode) -> bool:
        """Whether it is the code that was seen last and has not been taken away since."""
        seen = hashlib.sha256(code.text.encode("ascii")).digest()
        again = seen == self._last_seen and not self._forgotten.passed
        self._last_seen, self._forgotten = seen, Deadline(self._repeat_s)
        return again
