"""The page on which a tester decides what becomes of a charge of the gateway's stand-in."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import Row

from kiosk.central.contract import ErrorCode, Id
from kiosk.central.server.actor import Actor, Role
from kiosk.central.server.desk import office_of
from kiosk.central.server.endorsements import gateway
from kiosk.central.server.endorsements.gateway import Mode, Said
from kiosk.central.server.endorsements.outside import Outside
from kiosk.central.server.pages import page
from kiosk.central.server.problems import RefusalError
from kiosk.central.server.staff.guard import Submission, posted, signed_in

HERE = "/staff/gateway"
pages = APIRouter(prefix=HERE, include_in_schema=False)

_TONES = {Said.TAKEN: "good", Said.DECLINED: "bad", Said.WAITING: "warn"}
_ACTS: dict[str, dict[str, Any]] = {
    "approve": {"state": Said.TAKEN},
    "decline": {"state": Said.DECLINED},
    "reverse": {"state": Said.REFUNDED},
    "silence": {"silent": True},
    "speak": {"silent": False},
}


def _there(http: Request) -> None:
    """Only where the stand-in is: a hall with a real gateway has no such page."""
    outside: Outside = http.app.state.outside
    if outside.gateway is None:
        raise RefusalError(404, ErrorCode.NOT_FOUND)


@pages.get("", dependencies=[Depends(_there)])
async def charges(
    http: Request, actor: Annotated[Actor, Depends(signed_in(Role.ADMINISTRATOR))]
) -> Response:
    """The newest charges and what may become of each."""
    del actor
    office = office_of(http)

    def look() -> tuple[Mode, list[Row[Any]]]:
        with office.database.transaction() as connection:
            return gateway.mode_of(connection), gateway.charges(connection)

    mode, found = await office.database.run(look)
    shown = [_shown(one) for one in found]
    return page.show(
        http,
        "gateway/charges.html",
        {"mode": mode.value, "modes": [one.value for one in Mode], "charges": shown},
    )


@pages.post("/mode", dependencies=[Depends(_there)])
async def change_mode(
    http: Request, sent: Annotated[Submission, Depends(posted(Role.ADMINISTRATOR))]
) -> Response:
    """What becomes of the next charges."""
    office = office_of(http)
    wanted = sent.field("mode")
    if wanted not in {one.value for one in Mode}:
        raise RefusalError(422, ErrorCode.BAD_REQUEST)

    def change() -> None:
        with office.database.transaction() as connection:
            gateway.set_mode(connection, Mode(wanted))

    await office.database.run(change)
    return RedirectResponse(HERE, 303)


@pages.post("/charges/{payment_id}", dependencies=[Depends(_there)])
async def decide(
    http: Request,
    payment_id: Id,
    sent: Annotated[Submission, Depends(posted(Role.ADMINISTRATOR))],
) -> Response:
    """What becomes of this one."""
    values = _ACTS.get(sent.field("act"))
    if values is None:
        raise RefusalError(422, ErrorCode.BAD_REQUEST)
    office = office_of(http)

    def turn() -> None:
        with office.database.transaction() as connection:
            gateway.turn(connection, payment_id, values)

    await office.database.run(turn)
    return RedirectResponse(HERE, 303)


def _shown(row: Row[Any]) -> dict[str, Any]:
    state = Said(row.state)
    return {
        "payment_id": row.payment_id,
        "amount_fen": row.amount_fen,
        "state": state.value,
        "silent": row.silent,
        "tone": _TONES.get(state, ""),
        "acts": _possible(state, silent=row.silent),
    }


def _possible(state: Said, *, silent: bool) -> tuple[str, ...]:
    voice = ("speak",) if silent else ("silence",)
    if state is Said.WAITING:
        return ("approve", "decline", *voice)
    return ("reverse", *voice) if state is Said.TAKEN else voice if silent else ()
