"""A card transport with a rewriting face printer that speaks EasyPrinter S3 (hardware facts 8).

Turns lost links and silence into outcomes; where the card is and what became of a job is asked
from the machine every time, because this process may have been started a moment ago.
"""

import logging
from collections.abc import Callable
from typing import TypeVar

from hardware.codecs.easyprinter import Command
from hardware.codecs.easyprinter_answers import Fault, Report
from hardware.drivers.card_path.card_moves import CardMoves, Look, Pace, within_reach
from hardware.drivers.card_path.face_camera import FaceCamera
from hardware.drivers.card_path.face_printing import FacePrinting, Stay, png
from hardware.drivers.card_path.printer_exchange import Line, Patience, PrinterExchange
from hardware.drivers.card_path.tcp_line import TcpLine
from hardware.drivers.life_cycle import status_behind, taken
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import DeviceError, RefusedError
from hardware.interfaces.card_printer import (
    CardMove,
    CardMoved,
    CardNotMoved,
    CardPosition,
    FaceJob,
    FaceNotPrinted,
    FaceOutcome,
    PathTrouble,
    Probe,
    Whereabouts,
)
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.settings import OptionReader, Options
from hardware.status import Bin, DeviceState, DeviceStatus, Media, Supply
from hardware.timing import Deadline, Monotonic, monotonic_s

BAUDRATES = (115200, 57600, 38400, 19200, 9600)
TCP_PORT = 20007
HEAD_LOW_PERCENT = 10
NO_CAMERA = "none"
_STATIONS = {
    CardPosition.CHIP: Command.MOVE_TO_CHIP,
    CardPosition.PRINT: Command.MOVE_TO_PRINT,
}
_DETAILS = {Fault.JAMMED: "jammed", Fault.NOT_A_CARD: "notACard"}

log = logging.getLogger(__name__)


class EasyPrinterCardPath:
    """Implements `CardPrinter`.

    Args:
        name: of the device in the configuration.
        options: `connection` (`serial` or `network`), `port` and `baudrate` (bit/s), or `host`
            and `tcp_port`; `face_camera`; `answer_timeout_s`, `gap_timeout_s`, `tries`,
            `poll_interval_s`, `move_timeout_s`, `print_timeout_s`, `reboot_timeout_s`,
            `bin_capacity` and `bin_high` (cards).
        monotonic: the clock for deadlines.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options, monotonic: Monotonic = monotonic_s) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._name = name
        self._line = _line(name, table)
        patience = Patience(
            answer_s=table.number("answer_timeout_s", 1.0, 0.01, 10),
            gap_s=table.number("gap_timeout_s", 0.04, 0.01, 1),
            tries=table.one_of("tries", 3, range(1, 11)),
        )
        self._poll_s = table.number("poll_interval_s", 0.1, 0.005, 5)
        move_s = table.number("move_timeout_s", 12.0, 0.05, 60)
        print_s = table.number("print_timeout_s", 40.0, 0.05, 120)
        reboot_s = table.number("reboot_timeout_s", 20.0, 0.05, 120)
        camera = FaceCamera(table.text("face_camera", NO_CAMERA).removeprefix(NO_CAMERA))
        self._full = int(table.number("bin_capacity", 30, 1, 999))
        self._high = int(table.number("bin_high", 24, 1, 999))
        table.end()
        self._monotonic = monotonic
        self._ask = PrinterExchange(name, self._line, patience)
        self._moves = CardMoves(name, self._ask, Pace(self._poll_s, move_s, reboot_s), monotonic)
        self._faces = FacePrinting(
            self._ask, self._moves, camera, (print_s, self._poll_s), monotonic
        )
        self._identity = DeviceIdentity("EasyPrinter S3")

    def open(self) -> None:
        """Take the wire, shut the mouth, and ask who is there.

        Raises:
            DeviceError: the wire is not there or nobody answers.
        """
        with taken(self._line):
            # A process that died while the mouth was open left it open.
            self._ask.send(Command.ABORT_FEED.value)
            self._ask.short_status()
            self._identity = DeviceIdentity(
                "EasyPrinter S3",
                serial=self._ask.text(Command.SERIAL_NUMBER),
                firmware=self._ask.text(Command.FIRMWARE),
            )

    def close(self) -> None:
        """Let go of the wire."""
        self._line.close()

    def identity(self) -> DeviceIdentity:
        """Firmware and serial number as the printer says them."""
        return self._identity

    def status(self) -> DeviceStatus:
        """Sensors, head and bin; a silent printer is offline."""
        try:
            look, report = self._moves.look(), self._ask.report()
        except DeviceError as error:
            return status_behind(error)
        return _in_words(look, report, self._high, self._full)

    def reset(self) -> None:
        """Restart the printer; a card inside stays inside.

        Raises:
            DeviceError: it does not come back, or still reports an error.
        """
        self._moves.reboot()
        if self._moves.look().error:
            raise RefusedError(self._name, f"still {self._moves.cause().value} after a restart")

    def accept(self, cancel: Cancel, on_entering: Callable[[], None]) -> CardMove | None:
        """Open the mouth and take a card in; see `CardPrinter.accept`."""

        def act() -> CardMove | None:
            now = self._moves.look()
            if now.position.inside:
                return CardMoved(now.position)
            if now.error:
                return CardNotMoved(self._moves.cause(), now.position)
            self._faces.clear()
            self._faces.stay = Stay(seen_from_start=True)
            return self._moves.take_in(cancel, on_entering)

        return _outcome(self._name, act)

    def move_to(self, station: CardPosition, cancel: Cancel) -> CardMove:
        """Move the card to the chip or print station; see `CardPrinter.move_to`."""
        command = _STATIONS[station]
        return _outcome(
            self._name, lambda: self._moves.move(command, lambda at: at is station, cancel)
        )

    def print_face(self, job: FaceJob, cancel: Cancel) -> FaceOutcome:
        """Erase and print once; see `CardPrinter.print_face`."""
        moved = self.move_to(CardPosition.PRINT, cancel)
        if isinstance(moved, CardNotMoved):
            return FaceNotPrinted(moved.trouble)
        return self._faces.print_face(job, cancel)

    def probe_face(self, job: FaceJob) -> Probe:
        """Whether the card inside shows the job; see `CardPrinter.probe_face`."""
        return self._faces.probe(job)

    def where(self) -> Whereabouts:
        """Where the card is, asked now."""
        try:
            return self._moves.look().where
        except DeviceError:
            return Whereabouts(CardPosition.UNKNOWN, Media.UNKNOWN)

    def face_picture(self) -> bytes | None:
        """The face of the card at the print station as PNG."""
        picture = self._faces.picture(self.where().position)
        return png(picture) if picture else None

    def eject(self, cancel: Cancel) -> CardMove:
        """Move the card to the mouth; see `CardPrinter.eject`."""
        return _outcome(self._name, lambda: self._moves.move(Command.EJECT, within_reach, cancel))

    def wait_until_taken(self, limit_s: float, cancel: Cancel) -> bool:
        """Wait until nothing is in the mouth; see `CardPrinter.wait_until_taken`."""
        deadline, empty = Deadline(limit_s, self._monotonic), False
        while True:
            gone = self.where().position is CardPosition.NONE
            # A sensor may blink while the card is drawn out: one look alone proves nothing.
            if gone and empty:
                return True
            empty = gone
            if deadline.passed or cancel.wait(self._poll_s):
                return False

    def retain(self, cancel: Cancel) -> CardMove:
        """Move the card into the bin; see `CardPrinter.retain`."""
        return _outcome(self._name, lambda: self._moves.keep(cancel))


Move = TypeVar("Move", CardMove, CardMove | None)


def _outcome(device: str, act: Callable[[], Move]) -> Move:
    """What a move came to; a lost link is an outcome."""
    try:
        return act()
    except DeviceError as error:
        log.warning("%s: %s", device, error.fact)
        return CardNotMoved(PathTrouble.LINK_LOST, CardPosition.UNKNOWN)


def _in_words(look: Look, report: Report, high: int, capacity: int) -> DeviceStatus:
    state, fault = DeviceState.ONLINE, report.fault
    if look.error:
        reachable = fault in (Fault.JAMMED, Fault.NOT_A_CARD, Fault.BIN_FULL)
        state = DeviceState.USER_ERROR if reachable else DeviceState.HARDWARE_ERROR
    head = Supply.LOW if report.head_percent <= HEAD_LOW_PERCENT else Supply.FULL
    kept = Bin.HIGH if report.retained >= high else Bin.OK
    if report.retained >= capacity or fault is Fault.BIN_FULL:
        kept = Bin.FULL
    return DeviceStatus(
        state,
        look.where.media,
        supplies={"head": head if report.head_percent else Supply.OUT},
        bins={"retain": kept},
        detail=_DETAILS.get(fault, "") if look.error else "",
    )


def _line(name: str, table: OptionReader) -> Line:
    connection = table.text("connection", "serial")
    baudrate = table.one_of("baudrate", BAUDRATES[0], BAUDRATES)
    tcp_port = int(table.number("tcp_port", TCP_PORT, 1, 65535))
    if connection == "network":
        return TcpLine(name, table.text("host"), tcp_port)
    if connection != "serial":
        table.reject("connection", f"{connection!r}, must be serial or network")
    return SerialLine(name, table.text("port"), baudrate)
