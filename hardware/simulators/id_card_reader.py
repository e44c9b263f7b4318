"""An identity card reader at the far end of a serial line, with somebody's card on it.

Not modelled: radio (a card lies there or it does not; no two cards at once), the cards' own
cryptography and status words (SW1 SW2 are zero), the closed picture format (pictures carry a mark
of their own), a module that finds a card only once until it is lifted, the time a real module needs
to look for a card, fingerprints (their block is empty), the extra address and the card management
number, and changing the speed of the line.
"""

from collections.abc import Mapping

from hardware.interfaces.id_card_reader import IdCard
from hardware.settings import Options
from hardware.simulators.base import Knob
from hardware.simulators.cable import OnCable
from hardware.simulators.id_card_reader_knobs import reader_knobs
from hardware.simulators.people import people
from hardware.simulators.samv_module import Misbehaviour, SamVModule
from hardware.simulators.wire import PtyPeer


class IdCardReaderSimulator(OnCable[PtyPeer]):
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: the device's options; `baudrate` (bit/s) paces the line, 115200 when absent.
        paced: whether bytes take their time on the line.
    """

    def __init__(self, key: str, options: Options, *, paced: bool = True) -> None:
        self.key = key
        self._module = SamVModule(self._pause)
        baud = int(options.get("baudrate", 115200)) if paced else None
        self._peer = PtyPeer(self._module.answer, baud=baud, name="id-card-reader")

    def start(self) -> Mapping[str, str | int | float]:
        """Begin to answer; the port is where the driver finds it."""
        return {"port": self._peer.start()}

    def lay(self, who: str | IdCard) -> None:
        """Lay a card on the reader, instead of any that lies there.

        Args:
            who: key of a synthetic person, or a card of the test's own.
        """
        self._module.put(people()[who].card if isinstance(who, str) else who)

    def pull(self) -> None:
        """Take the card away, at any moment."""
        self._module.put(None)

    @property
    def misbehaviour(self) -> Misbehaviour:
        """What is wrong with card, module and line; tests set it directly."""
        return self._module.misbehaviour

    def knobs(self) -> tuple[Knob, ...]:
        """The card first, then everything that can be wrong."""
        return reader_knobs(self._module, self._peer)

    def _pause(self, seconds: float) -> bool:
        return self._peer.pause(seconds)
