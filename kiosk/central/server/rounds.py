"""What the server does again and again by itself while it runs."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from kiosk.central.server.database import Database

log = logging.getLogger(__name__)


@asynccontextmanager
async def rounds(
    database: Database, every_s: float, work: Callable[[], None], name: str
) -> AsyncIterator[None]:
    """Do some blocking work every so many seconds as long as the block runs.

    Args:
        database: on whose threads it is done.
        every_s: seconds between one end and the next beginning.
        work: one round; one that fails is reported, and the next may do better.
        name: of the work, for the log.
    """

    async def turn() -> None:
        while True:
            await asyncio.sleep(every_s)
            try:
                await database.run(work)
            except Exception as error:  # noqa: BLE001 - the next round may do better
                log.error("%s failed: %s", name, type(error).__name__)

    task = asyncio.create_task(turn())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
