"""What machines and displays read of the notices."""

from fastapi import Request

from kiosk.central.contract import Id
from kiosk.central.contract.notices import Notices
from kiosk.central.server.desk import read, reading
from kiosk.central.server.notices import board

reads = reading()


@reads.get("/notices")
async def notices(http: Request, hall_id: Id) -> Notices:
    """What a hall tells today, most important first."""
    return await read(http, lambda tx, office: board.today(tx, office, hall_id))
