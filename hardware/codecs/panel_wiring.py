"""Which lamp and which contact hangs where, as the settings say."""

from collections.abc import Mapping
from dataclasses import dataclass

from hardware.interfaces.panel_io import Colour, Flash, Lamp, LampState
from hardware.settings import OptionReader

NOT_WIRED = -1
MOST_ADDRESS = 255
LAMPS = (
    "cardReader:0 idCardReader:1 receiptPrinter:2 billAcceptor:3 pinPad:4 scanner:5 "
    "fingerprint:6 camera:7 statusInService:8 statusBad:9"
)
DOORS = "cabinet:0 safe:1"
DOOR_NAMES = ("cabinet", "safe", "paper", "cards")
_FLASHES = tuple(Flash)
_COLOURS = tuple(Colour)


@dataclass(frozen=True, slots=True)
class Wiring:
    """Addresses.

    Args:
        lamps: coil of each lamp.
        doors: input of each door.
        closed_is_on: whether an input is on while its door is closed.
        maintenance: input of the key switch's first position.
        supervisor: input of its second position.
        mains: input that is on while there is power from outside.
        mode_registers: register of the lamp on coil 0; the others follow.
    """

    lamps: Mapping[Lamp, int]
    doors: Mapping[str, int]
    closed_is_on: bool
    maintenance: int
    supervisor: int
    mains: int
    mode_registers: int

    @property
    def inputs(self) -> int:
        """How many inputs must be read to see every contact."""
        return 1 + max(*self.doors.values(), self.maintenance, self.supervisor, self.mains, -1)


def wiring_of(table: OptionReader) -> Wiring:
    """Read the wiring.

    Args:
        table: `lamps` and `doors` as `name:address` separated by spaces (doors are `cabinet`,
            `safe`, `paper`, `cards`); `closed_is_on`; `maintenance_input`, `supervisor_input`,
            `mains_input` and `mode_registers`, each -1 where nothing is wired.
    """
    lamps = _places(table, "lamps", LAMPS, tuple(Lamp))
    doors = _places(table, "doors", DOORS, DOOR_NAMES)
    return Wiring(
        lamps={Lamp(name): place for name, place in lamps.items()},
        doors=doors,
        closed_is_on=table.flag("closed_is_on", default=True),
        maintenance=_place(table, "maintenance_input", 2),
        supervisor=_place(table, "supervisor_input", 3),
        mains=_place(table, "mains_input", NOT_WIRED),
        mode_registers=_place(table, "mode_registers", NOT_WIRED),
    )


def encode_mode(state: LampState) -> int:
    """How a lamp shines as the value of its register: flash in the low byte, colour in the high."""
    return _FLASHES.index(state.flash) | _COLOURS.index(state.colour) << 8


def decode_mode(value: int) -> LampState:
    """How a lamp with this value in its register shines; what means nothing is dark."""
    flash, colour = value & 0xFF, value >> 8
    if flash >= len(_FLASHES) or colour >= len(_COLOURS):
        return LampState(Flash.OFF)
    return LampState(_FLASHES[flash], _COLOURS[colour])


def _place(table: OptionReader, key: str, default: int) -> int:
    return int(table.number(key, default, NOT_WIRED, MOST_ADDRESS))


def _places(table: OptionReader, key: str, default: str, names: tuple[str, ...]) -> dict[str, int]:
    places: dict[str, int] = {}
    for pair in table.text(key, default).split():
        name, _, place = pair.partition(":")
        good = name in names and place.isdecimal() and int(place) <= MOST_ADDRESS
        if not good or name in places or int(place) in places.values():
            known = ", ".join(names)
            table.reject(key, f"{pair!r}, must be name:address, each once; names are {known}")
            continue
        places[name] = int(place)
    return places
