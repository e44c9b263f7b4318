"""`POST /v1/enrolments`: a machine comes with its code and leaves its key."""

import base64

from fastapi import APIRouter, Request

from kiosk.central.contract import ErrorCode
from kiosk.central.contract.admission import Enrolled, EnrolmentIn
from kiosk.central.server.admission import register
from kiosk.central.server.door import door_of, require
from kiosk.central.server.problems import RefusalError, documented
from kiosk.central.signing import claim_of

writes = APIRouter(prefix="/v1", responses=documented(400, 401, 405, 413, 422, 500, 503))


@writes.post("/enrolments")
async def enrol(http: Request, sent: EnrolmentIn) -> Enrolled:
    """Let a machine in; the same key again is answered alike, so it needs no other."""
    door = door_of(http)
    claim = claim_of(http.headers)
    if claim is None or claim.machine_id != sent.machine_id:
        raise RefusalError(401, ErrorCode.NOT_ADMITTED)
    await require(http, claim, base64.b64decode(sent.public_key))

    def take() -> Enrolled | None:
        with door.office.database.transaction() as connection:
            return register.enrol(connection, door.office, sent, door.own_code)

    # The try that a wrong code costs is committed before anybody is told that it was wrong.
    entered = await door.office.database.run(take)
    if entered is None:
        raise RefusalError(401, ErrorCode.NOT_ADMITTED)
    door.forget(sent.machine_id)
    return entered
