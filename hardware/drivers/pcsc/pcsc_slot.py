"""A PC/SC reader, with everything its service can say turned into few facts.

The C interface is used as it is: pyscard's classes share one hidden context, which a restart of
the service leaves dead, and hide which of the many codes came.
"""

import logging

from smartcard import scard

from hardware.errors import DeviceError, NotConnectedError, RefusedError
from hardware.interfaces.chip_reader import ChipTrouble
from hardware.status import Media

_CLASS = scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1
_GONE = frozenset(
    {scard.SCARD_W_REMOVED_CARD, scard.SCARD_E_NO_SMARTCARD, scard.SCARD_W_RESET_CARD}
)
_MUTE = frozenset(
    {
        scard.SCARD_W_UNRESPONSIVE_CARD,
        scard.SCARD_W_UNPOWERED_CARD,
        scard.SCARD_W_UNSUPPORTED_CARD,
        scard.SCARD_E_PROTO_MISMATCH,
    }
)
_BROKEN_OFF = frozenset(
    {scard.SCARD_E_NOT_TRANSACTED, scard.SCARD_F_COMM_ERROR, scard.SCARD_E_TIMEOUT}
)
_SERVICE_AWAY = frozenset(
    {
        scard.SCARD_E_NO_SERVICE,
        scard.SCARD_E_SERVICE_STOPPED,
        scard.SCARD_E_INVALID_HANDLE,
        scard.SCARD_F_COMM_ERROR,
        scard.SCARD_F_INTERNAL_ERROR,
    }
)
_NOTICING_MS = 1000
"""Readers that are polled notice a card that went only at the next poll, pcscd's every 0.4 s."""
_SHARING = scard.SCARD_E_SHARING_VIOLATION

log = logging.getLogger(__name__)


class PcscSlot:
    """Implements `ChipSlot`.

    Args:
        device: name for errors.
        reader: a part of the reader's PC/SC name; the first reader that has it is taken.
    """

    def __init__(self, device: str, reader: str) -> None:
        self._device = device
        self._wanted = reader
        self._context: int | None = None
        self._reader = ""

    def open(self) -> str:
        """Take the reader; its whole name.

        Raises:
            NotConnectedError: the service does not run, or has no such reader.
        """
        self.close()
        code, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_SYSTEM)
        if code != scard.SCARD_S_SUCCESS:
            raise self._lost("the PC/SC service does not answer", code)
        self._context = context
        try:
            self._reader = self._find()
        except DeviceError:
            self.close()
            raise
        return self._reader

    def close(self) -> None:
        """Let go of the service."""
        context, self._context = self._context, None
        if context is not None:
            scard.SCardReleaseContext(context)

    def media(self) -> Media:
        """Whether a card stands there; a chip that does not wake is a card all the same.

        Raises:
            DeviceError: the reader itself failed.
        """
        return Media.PRESENT if self._state() & scard.SCARD_STATE_PRESENT else Media.NOT_PRESENT

    def connect(self) -> "PcscChannel | ChipTrouble":
        """Wake the chip; see `ChipSlot.connect`."""
        code, card, protocol = self._connect()
        if code in _SERVICE_AWAY:
            # The service was started again since we opened: take it anew, once.
            log.info("%s: PC/SC service was away, code %08X", self._device, _plain(code))
            self.open()
            code, card, protocol = self._connect()
        if code == scard.SCARD_S_SUCCESS:
            return PcscChannel(self, card, protocol)
        if code in _GONE:
            return ChipTrouble.NO_CARD
        if code in _MUTE:
            # A card that is just leaving does not wake either.
            return ChipTrouble.NO_CARD if self._goes_soon() else ChipTrouble.DEAD
        if code == _SHARING:
            raise RefusedError(self._device, "another program holds the card")
        raise self._lost("the reader cannot be used", code)

    def broken_off(self, code: int) -> ChipTrouble:
        """What a command that did not come through means.

        Raises:
            DeviceError: the reader itself failed.
        """
        if code in _GONE:
            return ChipTrouble.PULLED
        if code in _MUTE or code in _BROKEN_OFF:
            return ChipTrouble.PULLED if self._goes_soon() else ChipTrouble.SILENT
        raise self._lost("a command did not come through", code)

    def _goes_soon(self) -> bool:
        """Whether no card is there, or the reader notices within a moment that it went."""
        state = self._state()
        if state & scard.SCARD_STATE_PRESENT:
            scard.SCardGetStatusChange(self._context, _NOTICING_MS, [(self._reader, state)])
        return self.media() is Media.NOT_PRESENT

    def _find(self) -> str:
        code, readers = scard.SCardListReaders(self._context, [])
        for name in readers if code == scard.SCARD_S_SUCCESS else ():
            if self._wanted in name:
                return str(name)
        raise self._lost("no such reader", code)

    def _connect(self) -> tuple[int, int, int]:
        if self._context is None:
            return scard.SCARD_E_INVALID_HANDLE, 0, 0
        code, card, protocol = scard.SCardConnect(
            self._context, self._reader, scard.SCARD_SHARE_EXCLUSIVE, _CLASS
        )
        return int(code), int(card), int(protocol)

    def _state(self) -> int:
        if self._context is None:
            raise NotConnectedError(self._device, "the reader is not open")
        asked = [(self._reader, scard.SCARD_STATE_UNAWARE)]
        code, states = scard.SCardGetStatusChange(self._context, 0, asked)
        if code not in (scard.SCARD_S_SUCCESS, scard.SCARD_E_TIMEOUT):
            raise self._lost("the reader does not say how it is", code)
        state = int(states[0][1])
        if state & (scard.SCARD_STATE_UNKNOWN | scard.SCARD_STATE_UNAVAILABLE):
            raise self._lost("the reader was unplugged", code)
        return state

    def _lost(self, fact: str, code: int) -> NotConnectedError:
        return NotConnectedError(self._device, f"{fact}, code {_plain(code):08X}")


class PcscChannel:
    """Implements `ChipChannel`.

    Args:
        slot: the reader the chip stands at.
        card: handle of the connection.
        protocol: T=0 or T=1, as agreed.
    """

    def __init__(self, slot: PcscSlot, card: int, protocol: int) -> None:
        self._slot = slot
        self._card: int | None = card
        one = protocol == scard.SCARD_PROTOCOL_T1
        self._framing = scard.SCARD_PCI_T1 if one else scard.SCARD_PCI_T0

    def transmit(self, command: bytes) -> bytes | ChipTrouble:
        """Send a command; see `ChipChannel.transmit`."""
        code, answer = scard.SCardTransmit(self._card, self._framing, list(command))
        # Some readers, vpcd too, report a card that went away as a success with no answer.
        if code == scard.SCARD_S_SUCCESS and answer:
            return bytes(one & 0xFF for one in answer)
        failed = scard.SCARD_E_NOT_TRANSACTED if code == scard.SCARD_S_SUCCESS else int(code)
        return self._slot.broken_off(failed)

    def close(self) -> None:
        """Power the chip down, so that the next conversation begins anew."""
        card, self._card = self._card, None
        if card is not None:
            scard.SCardDisconnect(card, scard.SCARD_UNPOWER_CARD)


def _plain(code: int) -> int:
    """A code as PC/SC prints it: pyscard gives it with a sign."""
    return code & 0xFFFFFFFF
