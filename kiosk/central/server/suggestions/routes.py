"""What machines tell of suggestions."""

from fastapi import Request
from fastapi.responses import Response

from kiosk.central.contract.suggestions import SuggestionIn, SuggestionReceipt
from kiosk.central.server.desk import Key, write, writing
from kiosk.central.server.suggestions import box

writes = writing()


@writes.post(
    "/suggestions",
    status_code=201,
    response_model=SuggestionReceipt,
    responses={200: {"model": SuggestionReceipt, "description": "Kept already."}},
)
async def put(http: Request, key: Key, sent: SuggestionIn) -> Response:
    """What somebody wrote at a machine; may come late."""
    return await write(http, key, lambda tx, office: box.put(tx, office, sent))
