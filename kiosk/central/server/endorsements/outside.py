"""What central itself asks: a payment gateway and a face service; stand-ins in demos only."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from kiosk.central.server.endorsements import orders, payments
from kiosk.central.server.endorsements.faces import FaceService, NoFaceService, StandInFaceService
from kiosk.central.server.endorsements.gateway import Gateway, StandInGateway
from kiosk.central.server.office import Office

log = logging.getLogger(__name__)

SETTLE_EVERY_S = 5.0
OpenGateway = Callable[[Connection, datetime], Gateway]
"""makes the gateway for one transaction"""


@dataclass(frozen=True, slots=True)
class Outside:
    """What central asks.

    Args:
        faces: compares pictures.
        gateway: charges payment codes; None where there is none: codes are then refused.
    """

    faces: FaceService
    gateway: OpenGateway | None = None


def outside(*, stand_ins: bool) -> Outside:
    """What is there: nothing, unless a demo wants the stand-ins."""
    if stand_ins:
        return Outside(StandInFaceService(), StandInGateway)
    return Outside(NoFaceService())


def settle(office: Office, others: Outside) -> None:
    """One round: ask about open payments and refunds, let unpaid approvals lapse."""
    now = office.clock.now()
    with office.database.transaction() as connection:
        if others.gateway is not None:
            payments.settle_due(connection, others.gateway(connection, now), now)
        orders.lapse(connection, now)


@asynccontextmanager
async def settling(office: Office, others: Outside) -> AsyncIterator[None]:
    """Do so again and again while the server runs."""

    async def rounds() -> None:
        while True:
            await asyncio.sleep(SETTLE_EVERY_S)
            try:
                await office.database.run(lambda: settle(office, others))
            except Exception as error:  # noqa: BLE001 - the next round may do better
                log.error("settling failed: %s", type(error).__name__)

    task = asyncio.create_task(rounds())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
