"""A simulated card path at the other end of a serial line or a TCP connection.

See `card_mechanics` and `card_path_machine` for what is not modelled inside. On the wire: wrong
baud rates and handshake lines are not; the printer's own type (commands 1B 4E to 1B 77) is
unknown to it, because this product never uses it. The camera sees the face exactly as it is:
light, focus and lens are not modelled.
"""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from PIL import Image

from hardware.interfaces.card_printer import CardPosition
from hardware.settings import Options
from hardware.simulators.base import Knob, Picture
from hardware.simulators.card_face import FaceCard, face_png
from hardware.simulators.card_path_machine import CardPathMachine
from hardware.simulators.card_printer_knobs import Wallet, card_printer_knobs
from hardware.simulators.card_printer_wire import CardPrinterProtocol, Misbehaviour
from hardware.simulators.permit_chip import Chip
from hardware.simulators.tcp_peer import TcpPeer
from hardware.simulators.whole_card import WholeCard
from hardware.simulators.wire import PtyPeer


class CardPrinterSimulator:
    """Implements `Simulator`.

    Args:
        key: the device's name in the configuration.
        options: of the driver; `connection` decides the wire, `baudrate` its pace, `face_camera`
            `none` leaves the camera out.
        machine: of an earlier life, or with somebody who watches it; a new one when absent.
    """

    def __init__(self, key: str, options: Options, machine: CardPathMachine | None = None) -> None:
        self.key = key
        self.machine = machine or CardPathMachine()
        self.wallet = Wallet()
        self.camera_blind = False
        self.protocol = CardPrinterProtocol(self.machine, self._show_face, self.unplug)
        self._with_camera = options.get("face_camera") != "none"
        self._network = options.get("connection") == "network"
        heard: Callable[[bytes], bytes] = self.protocol.heard
        baud = options.get("baudrate")
        self._pty = PtyPeer(heard, baud=int(baud) if baud else None, name=key)
        self._tcp = TcpPeer(heard, name=key)
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._shown: Image.Image | None = None

    @property
    def wire(self) -> PtyPeer | TcpPeer:
        """The wire in use."""
        return self._tcp if self._network else self._pty

    @property
    def misbehaviour(self) -> Misbehaviour:
        """What is wrong with the wire; tests set it directly."""
        return self.protocol.misbehaviour

    def start(self) -> Mapping[str, str | int | float]:
        """Switch on; returns the options that lead here."""
        led: dict[str, str | int | float] = {}
        if self._with_camera:
            self._folder = tempfile.TemporaryDirectory(prefix=f"{self.key}-")
            led["face_camera"] = str(Path(self._folder.name) / "face.png")
        if self._network:
            host, port = self._tcp.start()
            return {**led, "host": host, "tcp_port": port}
        return {**led, "port": self._pty.start()}

    def stop(self) -> None:
        """Switch off; the card stays where it is."""
        self.wire.stop()
        folder, self._folder = self._folder, None
        if folder is not None:
            folder.cleanup()

    def at_chip(self) -> FaceCard | None:
        """The card at the chip station; a chip answers only while its card is there."""
        held = self.machine.held
        return held.card if held and self.machine.position is CardPosition.CHIP else None

    def chip_at_station(self) -> Chip | None:
        """The chip of the card at the chip station; the chip reader's simulator asks."""
        card = self.at_chip()
        return card.permit.chip if isinstance(card, WholeCard) else None

    def power_off(self) -> None:
        """The power goes, in the middle of whatever goes on; the card stays where it is."""
        self.misbehaviour.dead = True
        self.protocol.forget_half()
        self.machine.restart()
        if self._network:
            self._tcp.unplug()

    def power_on(self) -> None:
        """The power is back."""
        self.misbehaviour.dead = False
        self.plug()

    def power_cycle(self) -> None:
        """Off and on again."""
        self.power_off()
        self.power_on()

    def unplug(self) -> None:
        """Pull the cable."""
        self.protocol.forget_half()
        self.wire.unplug()

    def plug(self) -> None:
        """Plug the cable in again; harmless when it is."""
        self.wire.plug()

    def knobs(self) -> tuple[Knob, ...]:
        """What a tester can turn."""
        return card_printer_knobs(self)

    def pictures(self) -> tuple[Picture, ...]:
        """The face of the card in the path, and of those in the bin."""
        held = self.machine.held
        there = [("face", held)] if held else []
        kept = [(f"retained-{n:03d}", one) for n, one in enumerate(tuple(self.machine.bin), 1)]
        return tuple(
            Picture(f"{name}.png", face_png(one.card.face), name)
            for name, one in (*there, *kept)
            if one.card is not None
        )

    def _show_face(self) -> None:
        """What the camera sees, before the answer leaves that lets somebody look."""
        if self._folder is None:
            return
        held = self.machine.held if self.machine.position is CardPosition.PRINT else None
        seen = held.card.face if held and held.card and not self.camera_blind else None
        if seen is self._shown:
            return
        self._shown = seen
        path = Path(self._folder.name) / "face.png"
        if seen is None:
            path.unlink(missing_ok=True)
            return
        fresh = path.with_suffix(".new")
        fresh.write_bytes(face_png(seen))
        fresh.replace(path)
