"""Identity card reader with a SAM_V module on a serial line (hardware facts 1).

Finds, selects and reads one card; decides which trouble a status means. It does not decode the
closed picture format: a plug-in may, and without one the picture stays as it came.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace

from hardware.codecs.samv import (
    BadFrameError,
    Command,
    Reply,
    Sw3,
    parse_sam_number,
    unpack_blocks,
)
from hardware.codecs.samv_text import BadCardTextError, parse_text
from hardware.drivers.life_cycle import status_behind, taken
from hardware.drivers.uart.samv_exchange import Broken, Patience, SamVExchange
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import DeviceError, NoAnswerError, RefusedError
from hardware.interfaces.device import Cancel, DeviceIdentity
from hardware.interfaces.id_card_reader import CardTrouble, IdCard
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus

BAUDRATES = (115200, 57600, 38400, 19200, 9600)
MAX_RF_BYTES = b"\x50"
"""What one public daemon sets at its start (hardware facts 1.3)."""

PhotoDecoder = Callable[[bytes], bytes]
"""Turns the 1024 picture bytes of a card into JPEG or PNG; empty when it cannot."""

_TROUBLES: Mapping[int, CardTrouble] = {
    Sw3.CARD_REJECTS_READER: CardTrouble.NOT_AUTHENTIC,
    Sw3.READER_REJECTS_CARD: CardTrouble.NOT_AUTHENTIC,
    Sw3.VERIFICATION_FAILED: CardTrouble.NOT_AUTHENTIC,
    Sw3.WRONG_CARD_TYPE: CardTrouble.NOT_AN_ID_CARD,
}
_REFUSALS: Mapping[int, str] = {
    Sw3.COMMAND_WRONG: "unknownCommand",
    Sw3.NOT_PERMITTED: "notPermitted",
    Sw3.SELF_TEST_FAILED: "selfTestFailed",
    Sw3.NOT_AUTHORISED: "notAuthorised",
}

log = logging.getLogger(__name__)


class SamVIdCardReader:
    """Implements `IdCardReader`.

    Args:
        name: of the device in the configuration.
        options: `port`, `baudrate` (bit/s), `poll_interval_s` between two looks for a card,
            `answer_timeout_s`, `read_timeout_s`, `gap_timeout_s` of silence inside an answer,
            `tries` per card and command.
        photo_decoder: turns picture bytes into a picture.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(
        self,
        name: str,
        options: Options,
        photo_decoder: PhotoDecoder | None = None,
    ) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._line = SerialLine.configured(name, table, BAUDRATES)
        patience = Patience(
            answer_s=table.number("answer_timeout_s", 1.0, 0.01, 10),
            read_s=table.number("read_timeout_s", 3.0, 0.01, 20),
            gap_s=table.number("gap_timeout_s", 0.25, 0.01, 5),
            tries=table.one_of("tries", 3, range(1, 11)),
        )
        self._poll_s = table.number("poll_interval_s", 0.2, 0.01, 5)
        table.end()
        self._name = name
        self._tries = patience.tries
        self._reader = SamVExchange(name, self._line, patience)
        self._decode_photo = photo_decoder
        self._identity = DeviceIdentity("SAM_V")

    def open(self) -> None:
        """Take the port, ask for the self test and the module's number.

        Raises:
            DeviceError: the port is not there, nobody answers, or the module refuses.
        """
        with taken(self._line):
            self._say_hello()

    def close(self) -> None:
        """Let go of the port."""
        self._line.close()

    def status(self) -> DeviceStatus:
        """Ask the module for its self test; looks at no card."""
        try:
            reply = self._reader.ask_patiently(Command.STATUS)
        except DeviceError as error:
            return status_behind(error)
        if reply.sw3 == Sw3.SUCCESS:
            return DeviceStatus(DeviceState.ONLINE)
        return DeviceStatus(DeviceState.HARDWARE_ERROR, detail=_cause(reply.sw3))

    def reset(self) -> None:
        """Restart the module.

        Raises:
            DeviceError: it does not come back.
        """
        self._expect_success(Command.RESET)

    def identity(self) -> DeviceIdentity:
        """The module's number."""
        return self._identity

    def read_card(
        self, cancel: Cancel, on_found: Callable[[], None]
    ) -> IdCard | CardTrouble | None:
        """Wait for a card, then read it; see `IdCardReader.read_card`."""
        failures = 0
        announced = False
        while not cancel.is_set():
            if not self._find():
                if announced:
                    return CardTrouble.MOVED
                cancel.wait(self._poll_s)
                continue
            if not announced:
                announced = True
                on_found()
            result = self._read_found(cancel)
            if not isinstance(result, Broken):
                return result
            failures += 1
            log.info("%s: card not read, try %d: %s", self._name, failures, result.fact)
            if failures == self._tries:
                return self._give_up(result)
            cancel.wait(self._poll_s)
        return None

    def wait_for_removal(self, cancel: Cancel) -> bool:
        """Look for the card until it is gone; see `IdCardReader.wait_for_removal`."""
        while not cancel.is_set():
            if not self._find():
                return True
            cancel.wait(self._poll_s)
        return False

    def _say_hello(self) -> None:
        self._expect_success(Command.STATUS)
        reply = self._expect_success(Command.READ_SAM_NUMBER)
        try:
            self._identity = DeviceIdentity("SAM_V", serial=parse_sam_number(reply.data))
        except BadFrameError as error:
            raise RefusedError(self._name, str(error)) from None
        # Older modules do not know this command and work without it.
        reply = self._reader.ask_patiently(Command.SET_MAX_RF_BYTES, MAX_RF_BYTES)
        if reply.sw3 != Sw3.SUCCESS:
            log.info("%s: keeps its own radio frame size, 0x%02X", self._name, reply.sw3)

    def _expect_success(self, command: Command) -> Reply:
        reply = self._reader.ask_patiently(command)
        if reply.sw3 != Sw3.SUCCESS:
            raise RefusedError(self._name, f"{command.name}: {_cause(reply.sw3)}")
        return reply

    def _find(self) -> bool:
        for _ in range(self._tries):
            reply = self._reader.ask_patiently(Command.FIND_CARD)
            self._refuse(reply)
            # Anything else is a late answer to an earlier command.
            if reply.sw3 in (Sw3.CARD_FOUND, Sw3.FIND_FAILED):
                return reply.sw3 == Sw3.CARD_FOUND
        return False

    def _read_found(self, cancel: Cancel) -> IdCard | CardTrouble | Broken | None:
        """Select and read the card that lies there; None when cancelled between the two."""
        selected = self._step(Command.SELECT_CARD)
        if not isinstance(selected, Reply):
            return selected
        if cancel.is_set():
            return None
        reading = self._step(Command.READ_TEXT_AND_PHOTO)
        if not isinstance(reading, Reply):
            return reading
        try:
            text, photo = unpack_blocks(reading.data, 2)
            card = parse_text(text)
        except (BadFrameError, BadCardTextError) as error:
            return Broken(str(error))
        picture = self._decode_photo(photo) if self._decode_photo else b""
        return replace(card, portrait_raw=photo, portrait=picture)

    def _step(self, command: Command) -> Reply | CardTrouble | Broken:
        """One step with a card: a reply that is a success, or what stands in its way."""
        try:
            reply = self._reader.ask(command)
        except NoAnswerError as error:
            # A card pulled away can silence one step; the next look for a card will tell whether
            # the reader itself is silent.
            return Broken(error.fact)
        if isinstance(reply, Broken) or reply.sw3 == Sw3.SUCCESS:
            return reply
        self._refuse(reply)
        trouble = _TROUBLES.get(reply.sw3)
        if trouble:
            log.warning("%s: %s, status 0x%02X", self._name, trouble.value, reply.sw3)
            return trouble
        return Broken(f"{command.name}: status 0x{reply.sw3:02X}", reply.sw3)

    def _refuse(self, reply: Reply) -> None:
        if reply.sw3 in _REFUSALS:
            raise RefusedError(self._name, _cause(reply.sw3))

    def _give_up(self, last: Broken) -> CardTrouble:
        if last.sw3 == Sw3.NOT_RECOGNISED:
            raise RefusedError(self._name, "an error the module does not recognise, again")
        return CardTrouble.UNREADABLE


def _cause(sw3: int) -> str:
    return _REFUSALS.get(sw3, f"status{sw3:02X}")
