"""The same transaction over a real driver and its wire: the bank terminal, where the money is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.drivers.uart.card_terminal import MisPosCardTerminal
from hardware.simulators.card_terminal import CardTerminalSimulator
from kiosk.domain.payment import Means
from kiosk.saga.desk import EndorsementDesk
from tests.kit.card_terminal_bed import QUICK
from tests.kit.saga_world.citizen import WorldCitizen
from tests.kit.saga_world.hall import Hall
from tests.kit.saga_world.laws import broken_laws
from tests.kit.saga_world.runs import quick_folder

WRONGS = (
    "",
    "silent_after_ack",
    "lost_replies",
    "lost_acks",
    "double_charges",
    "garbage_replies",
    "cut_replies",
    "stale_replies",
    "wrong_amounts",
)


class WiredHall(Hall):
    """A hall whose terminal is a driver, a serial line and a machine at its far end."""

    def plug_in(self) -> None:
        self.peer = CardTerminalSimulator("card_terminal", {}, paced=False)
        self.peer.misbehaviour.customer_delay_ms = 0
        self.options = {**QUICK, **self.peer.start()}
        self.driver: MisPosCardTerminal | None = None
        self.start()

    def start(self) -> None:
        """A process starts: it opens the port anew and knows nothing."""
        if self.driver:
            self.driver.close()
        self.driver = MisPosCardTerminal("card_terminal", self.options)
        self.driver.open()
        self.devices["card_terminal"] = self.driver
        self.terminal = self

    def net_fen(self, _order_key: str) -> int:
        """What the bank holds; one key is all there is."""
        return self.peer.book.taken_fen

    def unplug(self) -> None:
        assert self.driver is not None
        self.driver.close()
        self.peer.stop()


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as one:
        yield one


def live_through(folder: Path, wrong: str, kill_at: int | None) -> WiredHall:
    hall = WiredHall(folder, WorldCitizen("a", means=(Means.BANK_CARD,)))
    hall.plug_in()
    try:
        if wrong:
            setattr(hall.peer.misbehaviour, wrong, 1)
        if hall.live(hall.serve, kill_at) != "ended":
            hall.start()
            assert hall.live(hall.recover) == "ended"
        hall.start()
        assert hall.live(settle) == "ended"
        hall.found = broken_laws(hall, settled=True)
    finally:
        hall.unplug()
    return hall


def settle(desk: EndorsementDesk) -> None:
    desk.recover()
    for _ in range(5):
        if desk.pay_debts():
            break


def test_with_nothing_wrong_the_card_is_made(folder: Path) -> None:
    hall = live_through(folder, "", None)
    assert hall.path.taken[0].writes == ["order1"]
    assert hall.peer.book.taken_fen == hall.central.fee_fen


@pytest.mark.parametrize("wrong", WRONGS)
def test_whatever_the_terminal_does_no_law_is_broken(folder: Path, wrong: str) -> None:
    hall = live_through(folder, wrong, None)
    assert hall.found == [], "\n".join(hall.world.trace)
    assert hall.peer.book.taken_fen in (0, hall.central.fee_fen)


@pytest.mark.parametrize("wrong", ["", "lost_replies"])
@pytest.mark.parametrize("kill_at", [38, 39, 40, 41, 42, 43, 44, 46, 50])
def test_a_machine_that_dies_over_the_sale_breaks_no_law(
    folder: Path, wrong: str, kill_at: int
) -> None:
    hall = live_through(folder, wrong, kill_at)
    assert hall.found == [], "\n".join(hall.world.trace)
    assert hall.peer.book.taken_fen in (0, hall.central.fee_fen)
