"""The hall's notices on a machine that shows them."""

from kiosk.bootstrap.ground import Ground
from kiosk.central.notices_keeper import NoticesKeeper


class HallNotices:
    """Keeps the notices, and has every change shown.

    Args:
        ground: of the machine; its courier keeps them.
    """

    def __init__(self, ground: Ground) -> None:
        clock, link = ground.clock, ground.side.link
        hall_id = ground.config.machine.hall_id
        keeper = NoticesKeeper(ground.keeping, ground.client.transport, hall_id)
        self._ground = ground
        self._keeper = keeper
        ground.later.board = lambda: keeper.board(clock.today(), away=link.away)
        ground.side.courier.add(self._keep)

    def read(self) -> None:
        """There are others by now: have them read at once."""
        self._keeper.ask_anew()
        self._ground.side.courier.wake()

    def _keep(self) -> float:
        before = self._keeper.current()
        pause_s = self._keeper.keep()
        if self._keeper.current() is not before:
            self._ground.later.look()
        return pause_s
