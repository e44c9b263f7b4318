"""A simulated cabinet: its lamps, doors, key switch and mains as bits of a relay board."""

from hardware.codecs.panel_wiring import NOT_WIRED, Wiring, decode_mode
from hardware.interfaces.panel_io import Flash, Lamp, LampState, OperatorSwitch
from hardware.simulators.modbus_board import ModbusBoard


class Cabinet:
    """What a person sees and turns.

    Args:
        board: its bits.
        wiring: what hangs where.
    """

    def __init__(self, board: ModbusBoard, wiring: Wiring) -> None:
        self.board = board
        self.wiring = wiring
        for name in wiring.doors:
            self.turn_door(name, is_open=False)
        self.turn_mains(good=True)

    def turn_door(self, name: str, *, is_open: bool) -> None:
        """Open or close a door."""
        self.board.inputs[self.wiring.doors[name]] = is_open != self.wiring.closed_is_on

    def door_open(self, name: str) -> bool:
        """Whether a door is open."""
        return self.board.inputs[self.wiring.doors[name]] != self.wiring.closed_is_on

    def turn_switch(self, position: OperatorSwitch) -> None:
        """Turn the operator's key."""
        for one, place in self._contacts():
            self.board.inputs[place] = one is position

    @property
    def switch(self) -> OperatorSwitch:
        """How the operator's key stands."""
        turned = (one for one, place in self._contacts() if self.board.inputs[place])
        return next(turned, OperatorSwitch.RUN)

    def turn_mains(self, *, good: bool) -> None:
        """Power from outside comes or goes."""
        if self.wiring.mains != NOT_WIRED:
            self.board.inputs[self.wiring.mains] = good

    @property
    def mains_lost(self) -> bool:
        """Whether there is no power from outside."""
        place = self.wiring.mains
        return place != NOT_WIRED and not self.board.inputs[place]

    def lamps(self) -> dict[Lamp, LampState]:
        """How every lamp shines now, in the order of coils."""
        wired = sorted(self.wiring.lamps.items(), key=lambda one: one[1])
        return {lamp: self._shining(coil) for lamp, coil in wired}

    def _contacts(self) -> list[tuple[OperatorSwitch, int]]:
        wired = (
            (OperatorSwitch.MAINTENANCE, self.wiring.maintenance),
            (OperatorSwitch.SUPERVISOR, self.wiring.supervisor),
        )
        return [(one, place) for one, place in wired if place != NOT_WIRED]

    def _shining(self, coil: int) -> LampState:
        if not self.board.coils[coil]:
            return LampState(Flash.OFF)
        if self.wiring.mode_registers == NOT_WIRED:
            return LampState(Flash.CONTINUOUS)
        return decode_mode(self.board.registers[self.wiring.mode_registers + coil])
