"""Orders: approved once, paid, confirmed when the card was made, or voided."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Integer, Row, bindparam, insert, select, text, update

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.orders import (
    ConfirmationIn,
    FeeItem,
    Granted,
    OrderIn,
    OrderOut,
    OrderState,
    SlipQuery,
    Slips,
    VoidIn,
)
from kiosk.central.contract.permits import Guidance, Turned
from kiosk.central.server.endorsements import eligibility, payments, register
from kiosk.central.server.endorsements.order_rows import change, find, out, present
from kiosk.central.server.endorsements.tables import (
    endorsement,
    endorsement_counter,
    endorsement_order,
)
from kiosk.central.server.keys import Done
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.served import ServedErrand
from kiosk.domain.endorsement import NotServed, Offer
from kiosk.domain.rating import CaseKind
from kiosk.policy.machine import MachineRules

_SLIP_DAYS = 30
_COUNT = (
    text(
        "INSERT INTO endorsement_counter (day, n) VALUES (:day, 1) ON CONFLICT (day)"
        " DO UPDATE SET n = endorsement_counter.n + 1 RETURNING n"
    )
    .bindparams(bindparam("day", type_=endorsement_counter.c.day.type))
    .columns(n=Integer)
)


def order(connection: Connection, office: Office, sent: OrderIn, sent_hash: bytes) -> Done:
    """Decide on an order once; the same order again gets the same decision.

    Raises:
        RefusalError: hall or permit unknown, another order has this id, a wish is no option, or an
            endorsement would be cancelled that the citizen was not warned of.
    """
    office.offers.of(sent.hall_id)
    known = find(connection, sent.order_id)
    if known is not None:
        if known.request_hash != sent_hash:
            raise RefusalError(409, ErrorCode.ALREADY_EXISTS)
        return Done(out(connection, office, known), 200)
    row = register.find(connection, office, sent.id_number, sent.permit_number)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_PERMIT)
    decided = _decide(connection, office, sent, row)
    now = office.clock.now()
    columns = {
        "order_id": sent.order_id,
        "request_hash": sent_hash,
        "machine_id": sent.machine_id,
        "hall_id": sent.hall_id,
        "permit_id": row.permit_id,
        "proofs": sorted(sent.proofs),
        "asked_at": sent.asked_at,
        "decided_at": now,
        "void_reason": "",
        **decided,
    }
    connection.execute(insert(endorsement_order), columns)
    return Done(out(connection, office, present(connection, sent.order_id)))


def show(connection: Connection, office: Office, order_id: str) -> OrderOut:
    """An order as it stands: what recovery asks after a restart.

    Raises:
        RefusalError: there is no such order.
    """
    return out(connection, office, present(connection, order_id))


def confirm(connection: Connection, office: Office, order_id: str, sent: ConfirmationIn) -> Done:
    """Issue what was made; an unused endorsement for the same place ends here.

    The chip decides: once it carries the record the endorsement exists (design 8), so a face that
    could not be verified is noted and does not hold it up.

    Raises:
        RefusalError: no such order, the chip was not verified, or the order is not paid.
    """
    row = present(connection, order_id, lock=True)
    if row.state != OrderState.CONFIRMED:
        if row.state != OrderState.PAID or not sent.chip_verified:
            raise RefusalError(409, ErrorCode.WRONG_STATE)
        _issue(connection, row)
        now = office.clock.now()
        change(
            connection,
            order_id,
            state=OrderState.CONFIRMED,
            confirmed_at=now,
            face_verified=sent.face_verified,
        )
        case = (CaseKind.ENDORSEMENT, order_id)
        done = ServedErrand(row.hall_id, row.machine_id, *case, now.date(), now)
        office.serving.errand(connection, office, done)
    return Done(out(connection, office, present(connection, order_id)), 200)


def void(connection: Connection, office: Office, order_id: str, sent: VoidIn) -> Done:
    """Nothing was made: whatever was taken is owed back.

    Raises:
        RefusalError: no such order, or it is already issued.
    """
    row = present(connection, order_id, lock=True)
    if row.state == OrderState.CONFIRMED:
        raise RefusalError(409, ErrorCode.WRONG_STATE)
    if row.state not in (OrderState.VOIDED, OrderState.REFUSED):
        change(connection, order_id, state=OrderState.VOIDED, void_reason=sent.reason)
        payments.give_back(connection, order_id, office.clock.now())
    return Done(out(connection, office, present(connection, order_id)), 200)


def slips(connection: Connection, office: Office, query: SlipQuery) -> Slips:
    """Confirmed orders of a person's permit in the last days.

    Raises:
        RefusalError: the permit is not this person's.
    """
    row = register.find(connection, office, query.id_number, query.permit_number)
    if row is None:
        raise RefusalError(404, ErrorCode.UNKNOWN_PERMIT)
    since = office.clock.now() - timedelta(days=_SLIP_DAYS)
    found = connection.execute(
        select(endorsement_order)
        .where(
            endorsement_order.c.permit_id == row.permit_id,
            endorsement_order.c.state == OrderState.CONFIRMED,
            endorsement_order.c.decided_at >= since,
        )
        .order_by(endorsement_order.c.confirmed_at.desc())
        .limit(20)
    ).all()
    return Slips(orders=tuple(out(connection, office, one) for one in found))


def lapse(connection: Connection, now: datetime) -> int:
    """Void approvals that nobody paid in time; returns how many."""
    late = connection.execute(
        select(endorsement_order.c.order_id).where(
            endorsement_order.c.state == OrderState.APPROVED,
            endorsement_order.c.approved_until < now,
        )
    ).scalars()
    count = 0
    for order_id in list(late):
        if not payments.any_open(connection, order_id):
            change(connection, order_id, state=OrderState.VOIDED, void_reason="lapsed")
            count += 1
    return count


def _decide(connection: Connection, office: Office, sent: OrderIn, row: Row[Any]) -> dict[str, Any]:
    rules = eligibility.rules_on(office.clock.today())
    judged = eligibility.judge(connection, office, row)
    if isinstance(judged, NotServed):
        return _refused(eligibility.turned(office, sent.hall_id, Guidance(judged.value)))
    if not rules.proven(sent.proofs):
        return _refused(eligibility.turned(office, sent.hall_id, Guidance.WINDOW))
    chosen = _chosen(judged, sent)
    cancels = sorted({number for one in chosen for number in one.cancels})
    if not set(cancels) <= set(sent.accepted_cancels):
        raise RefusalError(409, ErrorCode.WRONG_STATE)
    return _approved(connection, office, rules, chosen, cancels)


def _chosen(offers: tuple[Offer, ...], sent: OrderIn) -> list[Offer]:
    by_wish = {(one.destination.value, one.kind, one.grant): one for one in offers}
    places = [wish.destination for wish in sent.wishes]
    wanted = [by_wish.get((one.destination, one.kind, one.grant)) for one in sent.wishes]
    chosen = [one for one in wanted if one is not None]
    if len(set(places)) < len(places) or len(chosen) < len(wanted):
        raise RefusalError(422, ErrorCode.BAD_REQUEST)
    return chosen


def _refused(turned: Turned) -> dict[str, Any]:
    said = {"turned": turned.model_dump(), "fee_items": [], "granted": [], "cancels": []}
    return {"state": OrderState.REFUSED, "amount_fen": 0, "said": {**said, "slip": ""}}


def _approved(
    connection: Connection,
    office: Office,
    rules: MachineRules,
    chosen: list[Offer],
    cancels: list[str],
) -> dict[str, Any]:
    now = office.clock.now()
    day = f"{now:%y%m%d}"
    fees = [_fee(rules, one) for one in chosen]
    granted = [
        Granted(
            number=f"Q{day}{_next(connection, now):05d}",
            destination=one.destination.value,
            kind=one.kind,
            entries=one.entries,
            valid_from=now.date(),
            valid_until=one.valid_until,
            authority=rules.issuer,
        )
        for one in chosen
    ]
    return {
        "state": OrderState.APPROVED,
        "amount_fen": sum(one.amount_fen for one in fees),
        "approved_until": now + timedelta(minutes=rules.limit("approved_minutes")),
        "said": {
            "turned": None,
            "fee_items": [one.model_dump(mode="json") for one in fees],
            "granted": [one.model_dump(mode="json") for one in granted],
            "cancels": cancels,
            "slip": f"S{day}{_next(connection, now):05d}",
        },
    }


def _fee(rules: MachineRules, offer: Offer) -> FeeItem:
    return FeeItem(
        code=rules.fee_code(offer.entries, offer.months),
        destination=offer.destination.value,
        entries=offer.entries,
        months=offer.months,
        amount_fen=offer.fee_fen,
    )


def _next(connection: Connection, now: datetime) -> int:
    return int(connection.execute(_COUNT, {"day": now.date()}).scalar_one())


def _issue(connection: Connection, row: Row[Any]) -> None:
    if row.said["cancels"]:
        connection.execute(
            update(endorsement)
            .where(endorsement.c.number.in_(row.said["cancels"]))
            .values(cancelled_by=row.order_id)
        )
    for said in row.said["granted"]:
        one = Granted.model_validate(said)
        connection.execute(
            insert(endorsement),
            {
                **one.model_dump(exclude={"authority"}),
                "permit_id": row.permit_id,
                "entries_left": one.entries or None,
                "used": False,
                "order_id": row.order_id,
                "cancelled_by": None,
            },
        )
