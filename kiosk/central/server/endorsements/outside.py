"""What central itself asks: a payment gateway and a face service; stand-ins in demos only."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from kiosk.central.server.endorsements import orders, payments
from kiosk.central.server.endorsements.faces import FaceService, NoFaceService, StandInFaceService
from kiosk.central.server.endorsements.gateway import Gateway, StandInGateway
from kiosk.central.server.office import Office
from kiosk.central.server.rounds import rounds

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


def settling(office: Office, others: Outside) -> AbstractAsyncContextManager[None]:
    """Do so again and again while the server runs."""
    return rounds(office.database, SETTLE_EVERY_S, lambda: settle(office, others), "settling")
