"""A chip reader with somebody's permit at it, on the wire of vpcd.

The chip stands where the card transport's simulator says; without one, where the tester puts it.
It speaks to Debian's pcscd through vpcd, or to a slot of our own on machines without that service.

Not modelled: radio and contact springs (a chip is in contact or it is not), a reader that is
unplugged (stop pcscd instead), speeds and protocols below commands, and what `permit_chip` says.
"""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol, runtime_checkable

from hardware.settings import Options
from hardware.simulators.base import Knob, Picture, Simulator
from hardware.simulators.chip_peer import PCSCD_NOTICES_S, VPCD_PORT, ChipPeer
from hardware.simulators.chip_position import OWN_CARD, ChipFaults, ChipPosition
from hardware.simulators.chip_slots import free_port
from hardware.simulators.document_signer import imagined_country
from hardware.simulators.knob_board import KnobBoard
from hardware.simulators.people.permits import (
    WRONG_DOCUMENTS,
    PermitCard,
    make_permit,
    make_wrong_document,
    permits,
)
from hardware.simulators.permit_chip import Chip

WIRE_SLOT, WIRE_PCSCD = "slot", "pcscd"
NOBODY = "none"
VPCD_READER = "Virtual PCD 00 00"


@runtime_checkable
class ChipCarrier(Protocol):
    """A simulator that moves cards, chips included."""

    def chip_at_station(self) -> Chip | None:
        """The chip of the card that stands at the chip station."""


class _Tray:
    """Where a tester puts a card by hand; each citizen has one card, which keeps its state."""

    def __init__(self) -> None:
        self.card = NOBODY
        self._cards: dict[str, PermitCard] = {}

    def chip(self) -> Chip | None:
        """The chip of the card that lies here."""
        if self.card == NOBODY:
            return None
        if self.card not in self._cards:
            self._cards[self.card] = make_permit(self.card)
        return self._cards[self.card].chip


class ChipReaderSimulator:
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: `wire`: `slot` or `pcscd`; `vpcd_port` of the latter.
        present: the chip at the chip position, when somebody else decides which.
    """

    def __init__(
        self,
        key: str,
        options: Options,
        present: Callable[[], Chip | None] | None = None,
    ) -> None:
        self.key = key
        self._through_pcscd = options.get("wire", WIRE_SLOT) == WIRE_PCSCD
        self._port = int(options.get("vpcd_port", VPCD_PORT)) if self._through_pcscd else 0
        self._tray = _Tray()
        self._present = present or self._tray.chip
        stand_ins = {name: partial(make_wrong_document, name) for name in WRONG_DOCUMENTS}
        self._position = ChipPosition(self._chip, stand_ins, self._pause)
        self._peer: ChipPeer | None = None
        self._trust: Path | None = None

    def start(self) -> Mapping[str, str | int | float]:
        """Begin to answer; the driver finds the slot and what it may trust."""
        self._trust = Path(tempfile.mkdtemp(prefix="imagined-country-"))
        (self._trust / "country.pem").write_bytes(imagined_country().country_pem)
        leads = {"csca_folder": str(self._trust)}
        self._port = self._port or free_port()
        away_s = PCSCD_NOTICES_S if self._through_pcscd else 0.0
        self._peer = ChipPeer(self._position, self._port, away_s)
        self._peer.start()
        if self._through_pcscd:
            return {**leads, "reader": VPCD_READER}
        return {**leads, "slot_port": self._port}

    def stop(self) -> None:
        """Stop answering."""
        if self._peer:
            self._peer.stop()
        if self._trust:
            shutil.rmtree(self._trust, ignore_errors=True)

    def meet(self, others: Mapping[str, Simulator]) -> None:
        """Take the chip from whoever of the same machine moves cards."""
        for one in others.values():
            if isinstance(one, ChipCarrier):
                self._present = one.chip_at_station

    def put(self, citizen: str) -> None:
        """Put a citizen's permit at the chip position by hand, or `none`."""
        self._tray.card = citizen

    @property
    def position(self) -> ChipPosition:
        """Where the chip stands; tests pull it there."""
        return self._position

    @property
    def faults(self) -> ChipFaults:
        """What is wrong with chip and contact; tests set it directly."""
        return self._position.faults

    def knobs(self) -> tuple[Knob, ...]:
        """The card first, then everything that can be wrong."""
        board, tray = KnobBoard("chip_reader", self.faults), KnobBoard("chip_reader", self._tray)
        return (
            tray.choice("card", (NOBODY, *permits())),
            board.choice("document", (OWN_CARD, *WRONG_DOCUMENTS)),
            board.action("pull", self._position.pull),
            board.action("put_back", self._position.put_back),
            board.number("delay_ms", "ms"),
            board.number("retry_delay_ms", "ms"),
            board.number("pull_at_command"),
            board.switch("pull_keeps_effect"),
            board.number("broken_answers"),
            board.switch("dead"),
            board.switch("silent"),
            board.switch("refuses_keys"),
            board.switch("forged"),
        )

    def pictures(self) -> tuple[Picture, ...]:
        """Nothing comes out of a reader."""
        return ()

    def _chip(self) -> Chip | None:
        """Whoever decides this may change after the position was made."""
        return self._present()

    def _pause(self, seconds: float) -> bool:
        return self._peer is None or self._peer.pause(seconds)
