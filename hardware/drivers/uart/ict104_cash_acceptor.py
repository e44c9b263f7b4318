"""Banknote acceptor that speaks ICT-104 on a serial line with even parity (hardware facts 5.3).

The second driver behind `CashAcceptor`. Its protocol tells of a note once: after a lost line or a
restart it cannot say what became of the last one, and `UNKNOWN` is then the truth.
"""

from collections.abc import Callable, Mapping

from hardware.codecs.ict104 import CHANNELS, Notice, Order
from hardware.drivers.life_cycle import status_behind, taken
from hardware.drivers.uart.ict104_intake import ENDS, Ict104Intake
from hardware.drivers.uart.ict104_line import Ict104Line
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import DeviceError, RefusedError
from hardware.interfaces.cash_acceptor import (
    CashDesk,
    CashEnd,
    CashIn,
    NoteFate,
    UnfinishedNote,
)
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.settings import OptionReader, Options
from hardware.status import Bin, DeviceState, DeviceStatus

BAUDRATES = (9600,)
PARITIES = ("even", "none")
CASH_BOX = "cash_box"
FEN_PER_YUAN = 100

_TROUBLES: Mapping[CashEnd, DeviceStatus] = {
    CashEnd.CASH_BOX_FULL: DeviceStatus(
        DeviceState.USER_ERROR, bins={CASH_BOX: Bin.FULL}, detail="cashBoxFull"
    ),
    CashEnd.CASH_BOX_REMOVED: DeviceStatus(DeviceState.USER_ERROR, detail="cashBoxRemoved"),
    CashEnd.JAMMED: DeviceStatus(DeviceState.USER_ERROR, detail="jammed"),
    CashEnd.FRAUD_ATTEMPT: DeviceStatus(DeviceState.FRAUD_ATTEMPT, detail="cheated"),
    CashEnd.FAILURE: DeviceStatus(DeviceState.HARDWARE_ERROR, detail="failure"),
}


class Ict104CashAcceptor:
    """Implements `CashAcceptor`.

    Args:
        name: of the device in the configuration.
        options: `port`, `baudrate` (bit/s), `channels_yuan` (values of the channels, for example
            `5,10,20,50,100`), `parity` (`even`, or `none` for a line that has none),
            `answer_timeout_s`, `settle_timeout_s` for a note to come to rest,
            `alive_interval_s` of silence after which it is asked whether it is there, `tries`.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        table = OptionReader(f"devices.{name}", options)
        channels = table.text("channels_yuan", "5,10,20,50,100")
        try:
            self._channels = _values(channels)
        except ValueError:
            table.reject(
                "channels_yuan",
                f"{channels!r}, must be up to {CHANNELS} whole yuan with commas between them",
            )
        answer_s = table.number("answer_timeout_s", 0.5, 0.01, 5)
        self._settle_s = table.number("settle_timeout_s", 15.0, 0.1, 60)
        self._alive_s = table.number("alive_interval_s", 1.0, 0.01, 30)
        tries = table.one_of("tries", 3, range(1, 21))
        parity = table.text("parity", PARITIES[0])
        if parity not in PARITIES:
            table.reject("parity", f"{parity!r}, must be even or none")
        self._port = SerialLine.configured(
            name, table, BAUDRATES, even_parity=parity == PARITIES[0]
        )
        table.end()
        self._name = name
        self._line = Ict104Line(name, self._port, answer_s, tries)
        self._note = UnfinishedNote(NoteFate.UNKNOWN)
        self._in_doubt_fen = 0

    def open(self) -> None:
        """Take the port and ask how it is; a note in its escrow goes back by itself.

        Raises:
            DeviceError: the port is not there, or nobody answers.
        """
        with taken(self._port):
            self._line.ask(Order.STATUS)
            self._line.ask(Order.INHIBIT)

    def close(self) -> None:
        """Let go of the port."""
        self._port.close()

    def status(self) -> DeviceStatus:
        """Ask how it is."""
        try:
            answer = self._ask_how()
        except DeviceError as error:
            return status_behind(error)
        if answer in ENDS:
            return _TROUBLES[ENDS[answer]]
        detail = "unfinishedNote" if self._in_doubt_fen else ""
        return DeviceStatus(DeviceState.ONLINE, bins={CASH_BOX: Bin.OK}, detail=detail)

    def reset(self) -> None:
        """Restart the acceptor.

        Raises:
            DeviceError: it does not come back, or a note has not been brought to its end.
        """
        if self._in_doubt_fen:
            raise RefusedError(self._name, "a note has not been brought to its end")
        self._line.say(Order.RESET)
        self._line.ask(Order.STATUS)

    def identity(self) -> DeviceIdentity:
        """The protocol only; it does not say who it is."""
        return DeviceIdentity("ICT-104")

    def denominations(self) -> tuple[int, ...]:
        """As configured; the protocol knows only channels."""
        return tuple(sorted(self._channels))

    def accept_cash(self, rest_fen: int, desk: CashDesk, cancel: Cancel) -> CashIn:
        """Take notes until the sum is reached; see `CashAcceptor.accept_cash`."""
        assert rest_fen > 0, "there is nothing to pay"
        if self._in_doubt_fen:
            return CashIn(CashEnd.UNFINISHED_NOTE, 0)
        # Until it ends as it should, nothing is known of a note that was on its way.
        self._note = UnfinishedNote(NoteFate.UNKNOWN)
        intake = Ict104Intake(self._line, self._channels, self._settle_s, rest_fen, desk)
        result = intake.run(cancel, self._alive_s)
        self._in_doubt_fen = result.in_doubt_fen
        if not result.in_doubt_fen and result.end is not CashEnd.LINK_LOST:
            self._note = UnfinishedNote(NoteFate.NONE)
        return result

    def unfinished_note(self, cancel: Cancel) -> UnfinishedNote:
        """Hear whether it still tells of the note; see `CashAcceptor.unfinished_note`."""
        del cancel
        self._ask_how()
        return self._note

    def finish_note(self, book: Callable[[UnfinishedNote], None], cancel: Cancel) -> UnfinishedNote:
        """Say what is known, once; see `CashAcceptor.finish_note`."""
        note = self.unfinished_note(cancel)
        book(note)
        self._note, self._in_doubt_fen = UnfinishedNote(NoteFate.NONE), 0
        return note

    def _ask_how(self) -> Notice:
        """How it is; what it says of a note in doubt is kept."""
        answer, aside = self._line.ask(Order.STATUS)
        for heard in aside:
            if heard is Notice.STACKED and self._in_doubt_fen:
                self._note = UnfinishedNote(NoteFate.STACKED, self._in_doubt_fen)
            elif heard is Notice.RETURNED and self._in_doubt_fen:
                self._note = UnfinishedNote(NoteFate.RETURNED, self._in_doubt_fen)
        return answer


def _values(text: str) -> tuple[int, ...]:
    """Fen by channel.

    Raises:
        ValueError: not up to five whole yuan above zero.
    """
    values = tuple(int(one) * FEN_PER_YUAN for one in text.split(","))
    if not 1 <= len(values) <= CHANNELS or min(values) <= 0:
        raise ValueError(text)
    return values
