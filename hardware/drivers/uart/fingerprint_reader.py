"""Fingerprint module of the R30x / ZFM family on a serial line (hardware facts 6.1).

Prints and templates pass through the module's two feature buffers, which are working memory. None
of the commands that write its flash is ever sent, and both buffers are overwritten after each use.
"""

from collections.abc import Callable
from typing import TypeVar

from hardware.drivers.life_cycle import status_behind, taken
from hardware.drivers.uart.r30x_exchange import Patience, R30xExchange
from hardware.drivers.uart.r30x_sensor import LIVE, REFERENCE, R30xSensor
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import DeviceError, NoAnswerError, NotConnectedError
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.interfaces.fingerprint_reader import (
    FingerCaptured,
    FingerCompared,
    FingerGuidance,
    FingerTemplate,
    FingerTrouble,
    OnFinger,
)
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus
from hardware.timing import Deadline

BAUDRATES = (57600, 115200, 38400, 19200, 9600)
FORMAT = "zfm"
TEMPLATE_BYTES = range(128, 2049)

T = TypeVar("T")


class R30xFingerprintReader:
    """Implements `FingerprintReader`.

    Args:
        name: of the device in the configuration.
        options: `port`, `baudrate` (bit/s), `password` of the module (0 as delivered),
            `threshold` that a score must reach, `poll_interval_s` between two looks for a finger,
            `answer_timeout_s`, `gap_timeout_s` of silence inside an answer, `tries` per command.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._line = SerialLine.configured(name, table, BAUDRATES)
        self._password = int(table.number("password", 0, 0, 2**32 - 1))
        self._threshold = int(table.number("threshold", 50, 1, 2**16 - 1))
        poll_s = table.number("poll_interval_s", 0.1, 0.01, 5)
        patience = Patience(
            answer_s=table.number("answer_timeout_s", 2.0, 0.01, 10),
            gap_s=table.number("gap_timeout_s", 0.25, 0.01, 5),
            tries=table.one_of("tries", 3, range(1, 11)),
        )
        table.end()
        exchange = R30xExchange(name, self._line, patience)
        self._sensor = R30xSensor(name, exchange, poll_s, patience.tries)
        self._identity = DeviceIdentity("R30x")

    def open(self) -> None:
        """Take the port, unlock the module, read what it is, and forget what it may still hold.

        Raises:
            DeviceError: the port is not there, nobody answers, or the password is wrong.
        """
        with taken(self._line):
            self.reset()

    def close(self) -> None:
        """Let go of the port."""
        self._line.close()

    def status(self) -> DeviceStatus:
        """Ask the module for its parameters; looks at no finger."""
        try:
            self._sensor.parameters()
        except DeviceError as error:
            return status_behind(error)
        return DeviceStatus(DeviceState.ONLINE)

    def reset(self) -> None:
        """Say hello again and forget; the family has no reset command.

        Raises:
            DeviceError: it does not answer, or the password is wrong.
        """
        self._sensor.unlock(self._password)
        system_id = self._sensor.parameters().system_id
        self._identity = DeviceIdentity(f"R30x system {system_id:04X}")
        self.forget()

    def identity(self) -> DeviceIdentity:
        """Its system id; the family has no serial number."""
        return self._identity

    def capture(
        self, within_s: float, cancel: Cancel, on_finger: OnFinger
    ) -> FingerCaptured | FingerTrouble | None:
        """Try one print; see `FingerprintReader.capture`."""

        def run() -> FingerCaptured | FingerTrouble | None:
            on_finger(FingerGuidance.PLACE)
            return self._print(LIVE, Deadline(within_s), cancel, on_finger)

        return self._forgetting(run)

    def enrol(
        self, within_s: float, cancel: Cancel, on_finger: OnFinger
    ) -> FingerTemplate | FingerTrouble | None:
        """Make a template from two prints; see `FingerprintReader.enrol`."""

        def run() -> FingerTemplate | FingerTrouble | None:
            deadline = Deadline(within_s)
            on_finger(FingerGuidance.PLACE)
            first = self._print(LIVE, deadline, cancel, on_finger)
            if not isinstance(first, FingerCaptured):
                return first
            on_finger(FingerGuidance.LIFT)
            if not self._sensor.wait_for_lift(deadline, cancel):
                return None if cancel.is_set() else FingerTrouble.NO_FINGER
            on_finger(FingerGuidance.PLACE_AGAIN)
            second = self._print(REFERENCE, deadline, cancel, on_finger)
            if not isinstance(second, FingerCaptured):
                return second
            return self._sensor.merge() or FingerTemplate(FORMAT, self._sensor.upload(LIVE))

        return self._forgetting(run)

    def compare(
        self, template: FingerTemplate, within_s: float, cancel: Cancel, on_finger: OnFinger
    ) -> FingerCompared | FingerTrouble | None:
        """Compare a live print with a template; see `FingerprintReader.compare`."""
        if template.format != FORMAT or len(template.data) not in TEMPLATE_BYTES:
            return FingerTrouble.FOREIGN_TEMPLATE

        def run() -> FingerCompared | FingerTrouble | None:
            if not self._sensor.load(REFERENCE, template.data):
                return FingerTrouble.FOREIGN_TEMPLATE
            on_finger(FingerGuidance.PLACE)
            live = self._print(LIVE, Deadline(within_s), cancel, on_finger)
            if not isinstance(live, FingerCaptured):
                return live
            score = self._sensor.match()
            matched = score is not None and score >= self._threshold
            return FingerCompared(matched, score or 0, self._threshold)

        return self._forgetting(run)

    def forget(self) -> None:
        """Overwrite both buffers and see that it happened; see `FingerprintReader.forget`."""
        self._sensor.overwrite()

    def _forgetting(self, run: Callable[[], T]) -> T:
        """Use the buffers, and overwrite them whatever came of it.

        After an error that means the link is lost, the module is opened anew before it is used
        again, and that forgets too; after any other the buffers are overwritten here.
        """
        try:
            result = run()
        except (NotConnectedError, NoAnswerError):
            raise
        except DeviceError:
            self.forget()
            raise
        self.forget()
        return result

    def _print(
        self, buffer: int, deadline: Deadline, cancel: Cancel, on_finger: OnFinger
    ) -> FingerCaptured | FingerTrouble | None:
        """Wait for one print and put its features into a buffer."""
        if not self._sensor.find(deadline, cancel):
            return None if cancel.is_set() else FingerTrouble.NO_FINGER
        on_finger(FingerGuidance.HOLD)
        return self._sensor.extract(buffer) or FingerCaptured()
