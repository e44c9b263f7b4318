"""Lamps, doors, key switch and mains of a simulated cabinet at the far end of a Modbus line.

See `modbus_board` for what is not modelled. Its wiring is what the driver's settings say, so a
wrong wiring in a real cabinet is not found here.
"""

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw

from hardware.codecs.panel_wiring import wiring_of
from hardware.interfaces.panel_io import Colour, Flash, LampState
from hardware.settings import OptionReader, Options
from hardware.simulators.base import Knob, Picture
from hardware.simulators.cabinet import Cabinet
from hardware.simulators.cable import OnCable
from hardware.simulators.modbus_board import Misbehaviour, ModbusBoard
from hardware.simulators.panel_io_knobs import panel_knobs
from hardware.simulators.wire import PtyPeer

LENS_PX = 40
_DARK = "#39424c"
_PAINT = {
    Colour.DEFAULT: "#ffd27a",
    Colour.RED: "#e5484d",
    Colour.GREEN: "#46a758",
    Colour.YELLOW: "#ffc53d",
    Colour.BLUE: "#3e7bfa",
    Colour.WHITE: "#ffffff",
}


class PanelIoSimulator(OnCable[PtyPeer]):
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: of the driver; `baudrate` (bit/s) paces the line, 9600 when absent.
        paced: whether bytes take their time on the line.
    """

    def __init__(self, key: str, options: Options, *, paced: bool = True) -> None:
        self.key = key
        # The driver reports what is wrong with the settings; here only what is right counts.
        wiring = wiring_of(OptionReader(f"devices.{key}", options))
        self.board = ModbusBoard(int(options.get("unit", 1)))
        self.cabinet = Cabinet(self.board, wiring)
        baud = int(options.get("baudrate", 9600)) if paced else None
        self._peer = PtyPeer(self.board.answer, baud=baud, name=key)

    @property
    def misbehaviour(self) -> Misbehaviour:
        """What is wrong with board and line; tests set it directly."""
        return self.board.misbehaviour

    def start(self) -> Mapping[str, str | int | float]:
        """Begin to answer; the port is where the driver finds it."""
        return {"port": self._peer.start()}

    def knobs(self) -> tuple[Knob, ...]:
        """Doors, key and mains first, then everything that can be wrong."""
        return panel_knobs(self.cabinet, self._peer)

    def pictures(self) -> tuple[Picture, ...]:
        """The lamps in a row, in the order of their coils."""
        lamps = self.cabinet.lamps()
        picture = Image.new("RGB", (LENS_PX * len(lamps), LENS_PX), "#20252b")
        pen = ImageDraw.Draw(picture)
        for place, state in enumerate(lamps.values()):
            box = (place * LENS_PX + 6, 6, (place + 1) * LENS_PX - 6, LENS_PX - 6)
            pen.ellipse(box, fill=_paint(state), outline="#59636e", width=2)
        out = io.BytesIO()
        picture.save(out, "PNG")
        said = "\n".join(f"{lamp.value}: {state.flash.value}" for lamp, state in lamps.items())
        return (Picture("lamps.png", out.getvalue(), said),)


def _paint(state: LampState) -> str:
    return _DARK if state.flash is Flash.OFF else _PAINT[state.colour]
