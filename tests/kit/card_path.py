"""A card path, its far end, and a second process where a story needs one."""

import threading

from hardware.drivers.card_path.card_printer import EasyPrinterCardPath
from hardware.interfaces.card_printer import (
    CardMoved,
    CardPosition,
    FaceArea,
    FaceJob,
    FaceLine,
)
from hardware.settings import Options
from hardware.simulators.card_face import PlainCard
from hardware.simulators.card_printer import CardPrinterSimulator

NEVER = threading.Event()
QUICK: dict[str, str | int | float] = {
    "connection": "network",
    "answer_timeout_s": 0.1,
    "gap_timeout_s": 0.01,
    "poll_interval_s": 0.005,
    "move_timeout_s": 0.6,
    "print_timeout_s": 0.6,
    "reboot_timeout_s": 0.3,
    "tries": 2,
}
AREA = FaceArea(0, 80, 360, 64)
JOB = FaceJob("K1-1", AREA, (FaceLine("澳门 L 3个月1次", 36),))
OTHER = FaceJob("K1-2", AREA, (FaceLine("澳门 L 3个月2次", 36),))


class PathBed:
    """Driver and simulator.

    Args:
        wire: options beside the quick ones.
    """

    def __init__(self, wire: Options) -> None:
        self.options: dict[str, str | int | float | bool] = {**QUICK, **wire}
        self.peer = CardPrinterSimulator("card_printer", self.options)
        self.options |= self.peer.start()
        self.path = EasyPrinterCardPath("card_printer", self.options)
        self.path.open()

    def with_card(self) -> PlainCard:
        """A card that the path has taken in."""
        card = PlainCard()
        assert self.peer.machine.insert(card)
        assert self.path.accept(NEVER, lambda: None) == CardMoved(CardPosition.PRINT)
        return card

    def restarted(self) -> EasyPrinterCardPath:
        """The kiosk's process died; a new one asks the same machine."""
        self.path.close()
        self.path = EasyPrinterCardPath("card_printer", self.options)
        self.path.open()
        return self.path

    def stop(self) -> None:
        """Close both ends."""
        self.path.close()
        self.peer.stop()
