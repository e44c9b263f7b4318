"""What a person may have from the machine, judged by the dated tables."""

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Row, select

from kiosk.central.contract.orders import OrderState
from kiosk.central.contract.permits import (
    Eligibility,
    EligibilityQuery,
    Guidance,
    Option,
    Turned,
)
from kiosk.central.server.endorsements import register
from kiosk.central.server.endorsements.tables import endorsement_order
from kiosk.central.server.office import Office
from kiosk.domain.application import Destination
from kiosk.domain.endorsement import Held, Holder, NotServed, Offer
from kiosk.policy.loader import shipped
from kiosk.policy.machine import MachineRules

_WINDOW_SERVICE = "hk_macao_permit"


def rules_on(day: date) -> MachineRules:
    """The rules of a business day."""
    return MachineRules(shipped(), day)


def ask(connection: Connection, office: Office, query: EligibilityQuery) -> Eligibility:
    """What may be chosen today.

    A permit that is not this person's is answered as one that only a window may serve: central
    tells nobody whose permit it is.

    Raises:
        RefusalError: the hall is unknown.
    """
    row = register.find(connection, office, query.id_number, query.permit_number)
    if row is None:
        return Eligibility(turned=turned(office, query.hall_id, Guidance.WINDOW))
    judged = judge(connection, office, row)
    if isinstance(judged, NotServed):
        return Eligibility(turned=turned(office, query.hall_id, Guidance(judged.value)))
    return Eligibility(options=tuple(_option(one) for one in judged))


def judge(connection: Connection, office: Office, row: Row[Any]) -> tuple[Offer, ...] | NotServed:
    """What the tables say of a permit's holder today."""
    rules = rules_on(office.clock.today())
    return rules.offers(_holder(connection, office, row, rules))


def turned(office: Office, hall_id: str, guidance: Guidance) -> Turned:
    """Sent to a window, with the windows that serve this."""
    services = office.offers.of(hall_id).services
    windows = next((one.windows for one in services if one.service_id == _WINDOW_SERVICE), ())
    return Turned(guidance=guidance, windows=windows)


def _holder(connection: Connection, office: Office, row: Row[Any], rules: MachineRules) -> Holder:
    return Holder(
        birth=date.fromisoformat(register.opened(office.sealer, row, "birth")),
        household=register.opened(office.sealer, row, "household"),
        residence=register.opened(office.sealer, row, "residence"),
        permit_until=row.valid_until,
        filed_unit=row.filed_unit,
        restricted=row.restricted,
        held=tuple(
            Held(
                one.number,
                Destination(one.destination),
                one.valid_until,
                used=one.used,
                entries_left=one.entries_left,
            )
            for one in register.held(connection, row.permit_id)
        ),
        recent=_recent(connection, office, row.permit_id, rules),
    )


def _recent(
    connection: Connection, office: Office, permit_id: str, rules: MachineRules
) -> dict[Destination, int]:
    since = office.clock.now() - timedelta(days=rules.limit("recent_days"))
    query = select(endorsement_order.c.said).where(
        endorsement_order.c.permit_id == permit_id,
        endorsement_order.c.state == OrderState.CONFIRMED,
        endorsement_order.c.decided_at >= since,
    )
    counts: dict[Destination, int] = {}
    for said in connection.execute(query).scalars():
        for one in said["granted"]:
            place = Destination(one["destination"])
            counts[place] = counts.get(place, 0) + 1
    return counts


def _option(offer: Offer) -> Option:
    return Option(
        destination=offer.destination.value,
        kind=offer.kind,
        grant=offer.grant,
        months=offer.months,
        entries=offer.entries,
        valid_until=offer.valid_until,
        fee_fen=offer.fee_fen,
        cancels=offer.cancels,
    )
