"""The hall's notices as central last gave them."""

from datetime import date
from urllib.parse import quote

from kiosk.central.contract.notices import Notices
from kiosk.central.last_good import Keeping, LastGood
from kiosk.central.transport import Transport
from kiosk.domain.notice_board import HallNotice, NoticeBoard


class NoticesKeeper(LastGood[Notices]):
    """Keeps the last notices.

    Args:
        keeping: what it takes.
        transport: to central.
        hall_id: whose notices.
    """

    def __init__(self, keeping: Keeping, transport: Transport, hall_id: str) -> None:
        path = f"/v1/notices?hall_id={quote(hall_id)}"
        super().__init__("notices", Notices, lambda: transport.get(path, Notices), keeping)

    def board(self, today: date, *, away: bool) -> NoticeBoard:
        """What is to be shown.

        Args:
            today: the hall's date; what has ended by then is left out.
            away: whether central is; the board then says from when it is.
        """
        kept = self.current()
        if kept is None:
            return NoticeBoard()
        valid = (one for one in kept.notices if one.valid_to is None or one.valid_to >= today)
        shown = tuple(HallNotice(one.titles, one.texts, one.kind) for one in valid)
        return NoticeBoard(shown, kept.at if away and shown else None)
