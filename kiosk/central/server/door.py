"""The door: what only a machine on file may ask and tell.

Public keys are looked up once and then believed for some seconds: a machine that is shut out hears
so from every process of the server before long, and nobody waits for the database.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from fastapi import Request
from sqlalchemy import Connection

from kiosk.central.contract import ErrorCode
from kiosk.central.server.office import Office
from kiosk.central.server.problems import RefusalError
from kiosk.central.signing import CENTRAL_TIME, Claim, Signable, claim_of

BELIEVED_S = 5.0


@dataclass(slots=True)
class Door:
    """Public keys as this process knows them.

    Args:
        office: the server's parts.
        look_up: finds the public key of a machine that is in.
        guarded: whether machines must prove who they are; only tests leave it open.
        own_code: hash of a demonstration's code, empty for none.
    """

    office: Office
    look_up: Callable[[Connection, str], bytes | None]
    guarded: bool
    own_code: bytes = b""
    _known: dict[str, tuple[float, bytes | None]] = field(default_factory=dict)

    async def key_of(self, machine_id: str) -> bytes | None:
        """The public key of a machine that is in."""
        office = self.office
        now_s = office.clock.monotonic_s()
        until_s, known = self._known.get(machine_id, (0.0, None))
        if now_s < until_s:
            return known

        def ask() -> bytes | None:
            with office.database.transaction() as connection:
                return self.look_up(connection, machine_id)

        found = await office.database.run(ask)
        if found is not None:
            # Strangers' names are not remembered: they could be any number.
            self._known[machine_id] = (now_s + BELIEVED_S, found)
        return found

    def forget(self, machine_id: str) -> None:
        """Look it up anew next time: it has a new key, or is shut out."""
        self._known.pop(machine_id, None)


def door_of(http: Request) -> Door:
    """The door of the server that got a request."""
    door: Door = http.app.state.door
    return door


async def proven(http: Request) -> None:
    """A dependency: the request was signed by a machine that is in, and speaks for itself.

    Raises:
        RefusalError: 401 `not_admitted`, 401 `proof_stale` with central's time, or 403
            `not_this_machine` where it speaks for another.
    """
    door = door_of(http)
    if not door.guarded:
        return
    claim = claim_of(http.headers)
    public_key = await door.key_of(claim.machine_id) if claim else None
    if claim is None or public_key is None:
        raise RefusalError(401, ErrorCode.NOT_ADMITTED)
    await require(http, claim, public_key)
    if await _speaks_for(http) not in ("", claim.machine_id):
        raise RefusalError(403, ErrorCode.NOT_THIS_MACHINE)


async def require(http: Request, claim: Claim, public_key: bytes) -> None:
    """Refuse a request that the owner of a key has not signed just now.

    Raises:
        RefusalError: 401 `not_admitted` or `proof_stale`.
    """
    if not claim.holds(await _as_sent(http), public_key):
        raise RefusalError(401, ErrorCode.NOT_ADMITTED)
    now_s = door_of(http).office.clock.now().timestamp()
    if not claim.fresh(now_s):
        headers = {CENTRAL_TIME: str(int(now_s))}
        raise RefusalError(401, ErrorCode.PROOF_STALE, headers=headers)


async def _as_sent(http: Request) -> Signable:
    path = http.scope.get("raw_path") or quote(http.scope["path"]).encode()
    query = http.scope["query_string"]
    target = (path.split(b"?")[0] + (b"?" + query if query else b"")).decode("latin-1")
    key = http.headers.get("idempotency-key", "")
    return Signable(http.method, target, await http.body(), key)


async def _speaks_for(http: Request) -> str:
    """The machine that path and body name, empty where they name none."""
    if named := http.path_params.get("machine_id"):
        return str(named)
    body = await http.body()
    try:
        said = json.loads(body) if body else None
    except ValueError:
        return ""
    named = said.get("machine_id", "") if isinstance(said, dict) else ""
    return named if isinstance(named, str) else ""
