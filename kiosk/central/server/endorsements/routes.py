"""Endpoints for endorsement machines."""

from collections.abc import Callable
from typing import TypeVar

from fastapi import Request
from fastapi.responses import Response
from sqlalchemy import Connection

from kiosk.central.contract import Accepted, ErrorCode, Id, orders, payments, permits
from kiosk.central.server.desk import Key, asking, hash_of, office_of, read, write, writing
from kiosk.central.server.endorsements import cases, eligibility, faces, register
from kiosk.central.server.endorsements import orders as ordering
from kiosk.central.server.endorsements import payments as paying
from kiosk.central.server.endorsements.gateway import Gateway
from kiosk.central.server.endorsements.outside import Outside
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError, documented

T = TypeVar("T")

endorsement_reads = asking()
endorsement_writes = writing()


@endorsement_reads.post("/permit-queries", responses=documented(400, 413))
async def permit(http: Request, query: permits.PermitQuery) -> permits.PermitOnFile:
    """The permit on file of the person whose identity card was read."""
    return await read(http, lambda tx, office: register.look_up(tx, office, query))


@endorsement_reads.post("/eligibility-queries", responses=documented(400, 413))
async def may_have(http: Request, query: permits.EligibilityQuery) -> permits.Eligibility:
    """What the machine may make for this person today, or where they are sent."""
    return await read(http, lambda tx, office: eligibility.ask(tx, office, query))


@endorsement_reads.post("/face-comparisons", responses=documented(400, 413))
async def compare_faces(http: Request, query: permits.FaceQuery) -> permits.FaceAnswer:
    """Whether two pictures show one person; neither is kept."""
    outside = _outside(http)
    return await office_of(http).database.run(lambda: faces.answer(outside.faces, query))


@endorsement_reads.get("/orders/{order_id}")
async def order_state(http: Request, order_id: Id) -> orders.OrderOut:
    """An order as it stands."""
    return await read(http, lambda tx, office: ordering.show(tx, office, order_id))


@endorsement_reads.get("/payments/{payment_id}")
async def payment_state(http: Request, payment_id: Id) -> payments.PaymentOut:
    """A payment as it stands; the gateway is asked where it still has to say."""
    return await _with_gateway(
        http, lambda tx, office, gateway: paying.show(tx, office, gateway, payment_id)
    )


@endorsement_reads.post("/slip-queries", responses=documented(400, 413))
async def slips(http: Request, query: orders.SlipQuery) -> orders.Slips:
    """Slips of a person's last orders."""
    return await read(http, lambda tx, office: ordering.slips(tx, office, query))


@endorsement_writes.post(
    "/orders",
    status_code=201,
    response_model=orders.OrderOut,
    responses={
        200: {"model": orders.OrderOut, "description": "Decided already."},
        **documented(404),
    },
)
async def order(http: Request, key: Key, sent: orders.OrderIn) -> Response:
    """Approve a choice, or refuse it in the order's state."""
    sent_hash = await hash_of(http)
    return await write(http, key, lambda tx, office: ordering.order(tx, office, sent, sent_hash))


@endorsement_writes.post(
    "/orders/{order_id}/confirmation",
    response_model=orders.OrderOut,
    responses=documented(404),
)
async def confirm(http: Request, key: Key, order_id: Id, sent: orders.ConfirmationIn) -> Response:
    """The card was made: the endorsements are issued."""
    return await write(http, key, lambda tx, office: ordering.confirm(tx, office, order_id, sent))


@endorsement_writes.post(
    "/orders/{order_id}/void", response_model=orders.OrderOut, responses=documented(404)
)
async def void(http: Request, key: Key, order_id: Id, sent: orders.VoidIn) -> Response:
    """Nothing was made; what was taken is owed back."""
    return await write(http, key, lambda tx, office: ordering.void(tx, office, order_id, sent))


@endorsement_writes.post(
    "/payments",
    status_code=201,
    response_model=payments.PaymentOut,
    responses={
        200: {"model": payments.PaymentOut, "description": "Known already."},
        **documented(404),
    },
)
async def pay(http: Request, key: Key, sent: payments.PaymentIn) -> Response:
    """Begin to charge a payment code, or keep what a device has taken.

    A code's payment is durable and answered as `pending` before the gateway is asked.
    """
    if sent.means in paying.CODES and _outside(http).gateway is None:
        raise RefusalError(409, ErrorCode.NO_GATEWAY)
    answer = await write(http, key, lambda tx, office: paying.pay(tx, office, sent))
    await _with_gateway(http, lambda _tx, _office, gateway: _charge(gateway, sent))
    return answer


@endorsement_writes.post(
    "/payments/{payment_id}/cancellation",
    response_model=payments.PaymentOut,
    responses=documented(404),
)
async def cancel(http: Request, key: Key, payment_id: Id, sent: payments.CancelIn) -> Response:
    """Close a key for ever; what was charged under it goes back."""
    return await write(http, key, lambda tx, office: paying.cancel(tx, office, payment_id, sent))


@endorsement_writes.post(
    "/payments/{payment_id}/refund",
    response_model=payments.PaymentOut,
    responses=documented(404),
)
async def refund(http: Request, key: Key, payment_id: Id, sent: payments.RefundIn) -> Response:
    """Give back what was taken."""
    return await write(http, key, lambda tx, office: paying.refund(tx, office, payment_id, sent))


@endorsement_writes.post("/cases", status_code=201, response_model=Accepted)
async def tell_case(http: Request, key: Key, sent: orders.CaseIn) -> Response:
    """A machine has something that only a person can bring to its end."""
    return await write(http, key, lambda tx, office: cases.tell(tx, office, sent))


@endorsement_writes.post(
    "/cases/{case_id}/closing", response_model=Accepted, responses=documented(404)
)
async def close_case(http: Request, key: Key, case_id: Id, sent: orders.CaseClosed) -> Response:
    """Staff at the machine closed a case."""
    return await write(http, key, lambda tx, office: cases.close(tx, office, case_id, sent))


def _outside(http: Request) -> Outside:
    outside: Outside = http.app.state.outside
    return outside


def _charge(gateway: Gateway | None, sent: payments.PaymentIn) -> None:
    if gateway is not None:
        paying.charge(gateway, sent)


async def _with_gateway(
    http: Request, work: Callable[[Connection, Office, Gateway | None], T]
) -> T:
    office, outside = office_of(http), _outside(http)

    def run() -> T:
        with office.database.transaction() as connection:
            gateway = outside.gateway(connection, office.clock.now()) if outside.gateway else None
            return work(connection, office, gateway)

    return await office.database.run(run)
