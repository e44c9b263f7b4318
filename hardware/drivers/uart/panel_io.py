"""Lamps, door contacts and the operator's key switch behind a Modbus relay board.

Which lamp hangs on which coil, and which contact on which input, is wiring and stands in the
settings. Blinking and colour need a board with a register for each lamp; plain relays only shine.
"""

import logging
from collections.abc import Mapping

from hardware.codecs.modbus import Function, ReadBits, Request, WriteBits, WriteRegisters
from hardware.codecs.panel_wiring import NOT_WIRED, Wiring, encode_mode, wiring_of
from hardware.drivers.life_cycle import status_behind, taken
from hardware.drivers.uart.modbus_exchange import ModbusExchange
from hardware.drivers.uart.serial_line import SerialLine
from hardware.errors import DeviceError
from hardware.interfaces.device import DeviceIdentity
from hardware.interfaces.panel_io import (
    Door,
    Flash,
    Lamp,
    LampState,
    Mains,
    OperatorSwitch,
    PanelState,
)
from hardware.settings import OptionReader, Options
from hardware.status import DeviceState, DeviceStatus

BAUDRATES = (9600, 19200, 38400, 57600, 115200)
MOST_READINGS = 4
"""A contact that has not come to rest after so many readings is unknown for now."""
DARK = LampState(Flash.OFF)

log = logging.getLogger(__name__)


class ModbusPanel:
    """Implements `PanelIo`.

    Args:
        name: of the device in the configuration.
        options: `port`, `baudrate` (bit/s, 8N1), `unit`, `answer_timeout_s`, `tries`, and the
            wiring, see `panel_wiring.wiring_of`.

    Raises:
        SettingsError: an option is wrong.
    """

    def __init__(self, name: str, options: Options) -> None:
        table = OptionReader(f"devices.{name}", options)
        self._name = name
        self._line = SerialLine.configured(name, table, BAUDRATES)
        self._unit = int(table.number("unit", 1, 1, 247))
        answer_s = table.number("answer_timeout_s", 0.3, 0.01, 5)
        tries = table.one_of("tries", 3, range(1, 11))
        self._wiring = wiring_of(table)
        table.end()
        self._bus = ModbusExchange(name, self._line, self._unit, answer_s, tries)
        self._lamps = dict.fromkeys(self._wiring.lamps, DARK)

    def open(self) -> None:
        """Take the port and set every lamp as it was last asked for; dark at first.

        Raises:
            DeviceError: the port is not there or the board does not answer.
        """
        with taken(self._line):
            self._set(self._lamps)

    def close(self) -> None:
        """Let go of the port; the lamps stay as they are."""
        self._line.close()

    def identity(self) -> DeviceIdentity:
        """The unit; Modbus boards say no more."""
        return DeviceIdentity("Modbus panel", serial=str(self._unit))

    def status(self) -> DeviceStatus:
        """Ask the contacts; an open door or lost mains is a detail, the panel itself is well."""
        try:
            state = self._read()
        except DeviceError as error:
            return status_behind(error)
        return DeviceStatus(DeviceState.ONLINE, detail=_detail(state))

    def reset(self) -> None:
        """Darken every lamp.

        Raises:
            DeviceError: the board does not confirm.
        """
        self._set(dict.fromkeys(self._lamps, DARK))

    def light(self, lamps: Mapping[Lamp, LampState]) -> bool:
        """Set some lamps; see `PanelIo.light`."""
        known = {lamp: state for lamp, state in lamps.items() if lamp in self._lamps}
        self._lamps |= known
        try:
            self._set(known)
        except DeviceError as error:
            log.info("%s: lamps not set: %s", self._name, error.fact)
            return False
        return True

    def read_panel(self) -> PanelState:
        """What the contacts say; see `PanelIo.read_panel`."""
        try:
            return self._read()
        except DeviceError:
            return PanelState(dict.fromkeys(self._wiring.doors, Door.UNKNOWN))

    def _set(self, lamps: Mapping[Lamp, LampState]) -> None:
        """Modes first, so that no lamp flashes up in the colour of an earlier state."""
        wiring = self._wiring
        if wiring.mode_registers != NOT_WIRED:
            modes = {
                wiring.mode_registers + wiring.lamps[lamp]: encode_mode(state)
                for lamp, state in lamps.items()
            }
            for start, values in _runs(modes):
                self._bus.ask(WriteRegisters(start, values))
        coils = {wiring.lamps[lamp]: state.flash is not Flash.OFF for lamp, state in lamps.items()}
        for start, bits in _runs(coils):
            self._bus.ask(WriteBits(start, tuple(bool(bit) for bit in bits)))

    def _read(self) -> PanelState:
        if not self._wiring.inputs:
            return PanelState()
        question: Request = ReadBits(Function.READ_INPUTS, 0, self._wiring.inputs)
        readings = [self._bus.ask(question)]
        # A contact bounces while a door moves: what two readings in a row say counts.
        while len(readings) < MOST_READINGS:
            readings.append(self._bus.ask(question))
            if readings[-1] == readings[-2]:
                break
        settled = tuple(a if a == b else None for a, b in zip(*readings[-2:], strict=True))
        return _state(self._wiring, settled)


def _runs(values: Mapping[int, int]) -> list[tuple[int, tuple[int, ...]]]:
    """Addresses that follow each other, with their values, each run for one request."""
    runs: list[tuple[int, tuple[int, ...]]] = []
    for address in sorted(values):
        if runs and runs[-1][0] + len(runs[-1][1]) == address:
            start, before = runs.pop()
            runs.append((start, (*before, values[address])))
        else:
            runs.append((address, (values[address],)))
    return runs


def _state(wiring: Wiring, inputs: tuple[bool | None, ...]) -> PanelState:
    """The meaning of inputs; None is a contact that has not come to rest."""

    def read(place: int) -> bool | None:
        return None if place == NOT_WIRED else inputs[place]

    doors = {
        name: Door.UNKNOWN if (there := read(place)) is None else _door(wiring, there)
        for name, place in wiring.doors.items()
    }
    mains = {None: Mains.UNKNOWN, True: Mains.GOOD, False: Mains.LOST}[read(wiring.mains)]
    switch = (read(wiring.maintenance), read(wiring.supervisor))
    return PanelState(doors, _switch(wiring, switch), mains)


def _door(wiring: Wiring, there: bool) -> Door:
    return Door.CLOSED if there == wiring.closed_is_on else Door.OPEN


def _switch(wiring: Wiring, contacts: tuple[bool | None, bool | None]) -> OperatorSwitch:
    wired = {place for place in (wiring.maintenance, wiring.supervisor) if place != NOT_WIRED}
    if not wired or contacts.count(None) > 2 - len(wired):
        return OperatorSwitch.UNKNOWN
    match tuple(bool(contact) for contact in contacts):
        case (False, False):
            return OperatorSwitch.RUN
        case (True, False):
            return OperatorSwitch.MAINTENANCE
        case (False, True):
            return OperatorSwitch.SUPERVISOR
        case _:
            return OperatorSwitch.UNKNOWN


def _detail(state: PanelState) -> str:
    if state.mains is Mains.LOST:
        return "mainsLost"
    return "doorOpen" if Door.OPEN in state.doors.values() else ""
