"""Banknote acceptor that speaks CCNET on a serial line (hardware facts 5.2).

Opening it asks and moves nothing: a note that a power cut left inside stays where it is, and the
validator goes on telling of it, until `finish_note`.
"""

from collections.abc import Callable, Mapping

from hardware.codecs.ccnet import (
    BadFrameError,
    Command,
    State,
    decode_bill_table,
    enable,
    request,
)
from hardware.drivers.life_cycle import status_behind, taken
from hardware.drivers.uart.ccnet_exchange import CcnetExchange
from hardware.drivers.uart.ccnet_intake import UNFINISHED, CcnetIntake, Pace
from hardware.drivers.uart.ccnet_recovery import CcnetRecovery
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import DeviceError, NoAnswerError, RefusedError
from hardware.interfaces.cash_acceptor import CashDesk, CashEnd, CashIn, UnfinishedNote
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.settings import OptionReader, Options
from hardware.status import Bin, DeviceState, DeviceStatus
from hardware.timing import Deadline

BAUDRATES = (9600, 19200)
CASH_BOX = "cash_box"

_TROUBLES: Mapping[int, DeviceStatus] = {
    State.CASSETTE_FULL: DeviceStatus(
        DeviceState.USER_ERROR, bins={CASH_BOX: Bin.FULL}, detail="cashBoxFull"
    ),
    State.CASSETTE_OUT: DeviceStatus(DeviceState.USER_ERROR, detail="cashBoxRemoved"),
    State.VALIDATOR_JAMMED: DeviceStatus(DeviceState.USER_ERROR, detail="jammed"),
    State.CASSETTE_JAMMED: DeviceStatus(DeviceState.USER_ERROR, detail="cashBoxJammed"),
    State.CHEATED: DeviceStatus(DeviceState.FRAUD_ATTEMPT, detail="cheated"),
    State.FAILURE: DeviceStatus(DeviceState.HARDWARE_ERROR, detail="failure"),
}


class CcnetCashAcceptor:
    """Implements `CashAcceptor`.

    Args:
        name: of the device in the configuration.
        options: `port`, `baudrate` (bit/s), `currency` (three letters of the bill table),
            `poll_interval_s`, `answer_timeout_s`, `settle_timeout_s` for a note to come to rest,
            `tries`.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._line = SerialLine.configured(name, table, BAUDRATES)
        self._currency = table.text("currency", "CHN")
        if len(self._currency) != 3 or not self._currency.isascii():
            table.reject("currency", "must be three letters")
        self._pace = Pace(
            poll_s=table.number("poll_interval_s", 0.1, 0.001, 1),
            settle_s=table.number("settle_timeout_s", 15.0, 0.1, 60),
        )
        answer_s = table.number("answer_timeout_s", 0.5, 0.01, 5)
        tries = table.one_of("tries", 5, range(1, 21))
        table.end()
        self._name = name
        self._exchange = CcnetExchange(name, self._line, answer_s, tries)
        self._values: dict[int, int] = {}
        self._identity = DeviceIdentity("CCNET")

    def open(self) -> None:
        """Take the port, ask who it is and which notes it knows; disable it when it is idle.

        Raises:
            DeviceError: the port is not there, nobody answers, or it knows no note of the currency.
        """
        with taken(self._line):
            self._say_hello()

    def close(self) -> None:
        """Let go of the port."""
        self._line.close()

    def status(self) -> DeviceStatus:
        """Poll once; a note that is told of stays told of."""
        try:
            state = self._exchange.poll().state
        except DeviceError as error:
            return status_behind(error)
        if state in _TROUBLES:
            return _TROUBLES[state]
        bins = {CASH_BOX: Bin.OK}
        detail = "unfinishedNote" if state in UNFINISHED else ""
        return DeviceStatus(DeviceState.ONLINE, bins=bins, detail=detail)

    def reset(self) -> None:
        """Restart the validator.

        Raises:
            DeviceError: it does not come back, or a note has not been brought to its end.
        """
        if self._exchange.poll().state in UNFINISHED:
            raise RefusedError(self._name, "a note has not been brought to its end")
        self._restart()

    def identity(self) -> DeviceIdentity:
        """Part and serial number."""
        return self._identity

    def denominations(self) -> tuple[int, ...]:
        """From its bill table."""
        return tuple(sorted(set(self._values.values())))

    def accept_cash(self, rest_fen: int, desk: CashDesk, cancel: Cancel) -> CashIn:
        """Take notes until the sum is reached; see `CashAcceptor.accept_cash`."""
        assert rest_fen > 0, "there is nothing to pay"
        try:
            state = self._exchange.poll().state
            if state in UNFINISHED:
                return CashIn(CashEnd.UNFINISHED_NOTE, 0)
            if state == State.RETURNED:
                self._exchange.ack()
            elif state == State.POWER_UP:
                self._restart()
        except DeviceError:
            return CashIn(CashEnd.LINK_LOST, 0)
        intake = CcnetIntake(self._exchange, self._values, self._pace, rest_fen, desk)
        return intake.run(cancel)

    def unfinished_note(self, cancel: Cancel) -> UnfinishedNote:
        """Ask for the last note; see `CashAcceptor.unfinished_note`."""
        return self._recovery().ask(cancel)

    def finish_note(self, book: Callable[[UnfinishedNote], None], cancel: Cancel) -> UnfinishedNote:
        """Bring the last note to its end; see `CashAcceptor.finish_note`."""
        return self._recovery().finish(book, cancel)

    def _recovery(self) -> CcnetRecovery:
        return CcnetRecovery(self._exchange, self._values, self._pace)

    def _say_hello(self) -> None:
        shown = self._exchange.read(Command.IDENTIFICATION).decode("ascii", errors="replace")
        self._identity = DeviceIdentity(shown[:15].strip(), serial=shown[15:27].strip())
        try:
            data = self._exchange.read(Command.GET_BILL_TABLE)
            self._values = decode_bill_table(data, self._currency)
        except BadFrameError as error:
            raise RefusedError(self._name, str(error)) from None
        if not self._values:
            raise RefusedError(self._name, f"it knows no note of {self._currency}")
        # A machine that died while accepting left it enabled.
        if self._exchange.poll().state in (State.IDLING, State.REJECTING):
            self._exchange.tell(enable(()))

    def _restart(self) -> None:
        self._exchange.tell(request(Command.RESET))
        limit = Deadline(self._pace.settle_s)
        while not limit.passed:
            reply = self._exchange.poll()
            self._exchange.ack()
            if reply.state in (State.DISABLED, State.IDLING) or reply.state in _TROUBLES:
                return
        raise NoAnswerError(self._name, "it does not come back after a reset")
