"""A fingerprint module at the far end of a serial line, with somebody's finger on it.

Not modelled: images and ridges (a finger is a row of bits), the module's flash (commands for it are
counted and refused), its security levels, changing the speed of the line, temperature and wear of
the sensor, and fakes made of silicone.
"""

from collections.abc import Mapping

from hardware.settings import Options
from hardware.simulators.base import Knob
from hardware.simulators.cable import OnCable
from hardware.simulators.fingerprint_reader_knobs import finger_knobs
from hardware.simulators.r30x_module import R30xModule
from hardware.simulators.wire import PtyPeer


class FingerprintReaderSimulator(OnCable[PtyPeer]):
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: the device's options; `baudrate` (bit/s) paces the line, 57600 when absent.
        paced: whether bytes take their time on the line.
    """

    def __init__(self, key: str, options: Options, *, paced: bool = True) -> None:
        self.key = key
        self.module = R30xModule(self._pause)
        baud = int(options.get("baudrate", 57600)) if paced else None
        self._peer = PtyPeer(self.module.answer, baud=baud, name="fingerprint-reader")

    def start(self) -> Mapping[str, str | int | float]:
        """Begin to answer; the port is where the driver finds it."""
        return {"port": self._peer.start()}

    def place(self, owner: str, condition: str = "good") -> None:
        """Put somebody's right thumb on the sensor; an empty key for nobody's."""
        self.module.touch.owner = owner
        self.module.touch.condition = condition

    def unplug(self) -> None:
        """Pull the cable: the port vanishes, and power with it."""
        self._peer.unplug()
        self.module.power_on()

    def knobs(self) -> tuple[Knob, ...]:
        """The finger first, then everything that can be wrong."""
        return finger_knobs(self.module, self._peer, self.unplug)

    def _pause(self, seconds: float) -> bool:
        return self._peer.pause(seconds)
